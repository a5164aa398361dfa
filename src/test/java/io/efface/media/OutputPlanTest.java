package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.media.EncoderSettings.Preset;
import io.efface.media.PixelLayout.ColourModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputPlanTest {
  private static OutputPlan plan(String input, int depth, String out, Optional<VideoCodec> codec) {
    MediaInfo.Stream stream =
        new MediaInfo.Stream(0, MediaInfo.Kind.VIDEO, input, new Rational(1, 25));
    MediaInfo info =
        new MediaInfo(
            Path.of("in"),
            "matroska",
            List.of(stream),
            0,
            false,
            OptionalLong.empty(),
            List.of(),
            Optional.empty());
    return OutputPlan.of(
        info,
        new PixelLayout(ColourModel.YUV, 1, 1, depth, false),
        Path.of(out),
        Container.ofName(Path.of(out)).orElseThrow(),
        new EncoderSettings(codec, 60, Preset.FAST, EncoderWish.SOFTWARE),
        true,
        false,
        1);
  }

  @ParameterizedTest
  @CsvSource({
    "av1, 8, o.mov, H264",
    "vp9, 8, o.mov, H264",
    "vp9, 10, o.mov, H264",
    "hevc, 8, o.mov, HEVC",
    "av1, 8, o.mp4, AV1",
    "vp9, 10, o.mp4, AV1",
    "h264, 8, o.webm, VP9",
    "h264, 10, o.webm, AV1",
  })
  void theInputsCodecIsKeptWhereTheContainerHoldsIt(
      String input, int depth, String out, VideoCodec written) {
    assertThat(plan(input, depth, out, Optional.empty()).codec()).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({"o.mov, AV1, MOV holds H.264 or HEVC", "o.webm, H264, WebM holds VP9 or AV1"})
  void whatTheContainerDoesNotHoldIsRefusedByItsName(String out, VideoCodec codec, String words) {
    assertThatThrownBy(() -> plan("h264", 8, out, Optional.of(codec)))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining(words);
  }
}
