package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.efface.media.EncoderSettings.Preset;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EncoderChoiceTest {

  /** An option that libav does not know is passed over in silence when an encoder is opened. */
  @ParameterizedTest
  @EnumSource
  void libavKnowsEveryOptionAndItsValue(KnownEncoder encoder) {
    assumeThat(Natives.has(encoder)).as("in this build").isTrue();
    for (Preset preset : Preset.values()) {
      for (int quality : new int[] {0, 50, 100}) {
        AVCodecContext context =
            avcodec.avcodec_alloc_context3(avcodec.avcodec_find_encoder_by_name(encoder.id()));
        try {
          EncoderChoice choice = EncoderChoice.of(encoder, settings(encoder, quality, preset));
          choice
              .options()
              .forEach(
                  (key, value) ->
                      assertThat(
                              avutil.av_opt_set(context, key, value, avutil.AV_OPT_SEARCH_CHILDREN))
                          .as("%s=%s", key, value)
                          .isZero());
        } finally {
          avcodec.avcodec_free_context(context);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LIBX264,crf,40,19,12",
    "LIBX265,crf,42,21,14",
    "LIBSVTAV1,crf,63,26,13",
    "LIBVPX_VP9,crf,60,26,14",
    "H264_NVENC,cq,40,19,12",
    "HEVC_NVENC,cq,42,21,14",
    "AV1_NVENC,cq,63,26,13",
    "H264_VAAPI,global_quality,40,19,12",
    "AV1_VAAPI,global_quality,252,104,52",
    "HEVC_QSV,global_quality,4956,2478,1652",
    "H264_VIDEOTOOLBOX,global_quality,118,8850,11800",
    "HEVC_AMF,qp_p,42,21,14",
  })
  void qualityIsMappedToEachScale(
      KnownEncoder encoder, String option, String worst, String usual, String best) {
    assertThat(options(encoder, 0)).containsEntry(option, worst);
    assertThat(options(encoder, EncoderSettings.DEFAULT_QUALITY)).containsEntry(option, usual);
    assertThat(options(encoder, 100)).containsEntry(option, best);
  }

  /** Faster than 9 it keeps fills of frames before, which the audit takes for a fault. */
  @ParameterizedTest
  @CsvSource({"ULTRAFAST,9", "VERYFAST,9", "FASTER,9", "MEDIUM,7", "VERYSLOW,4"})
  void av1IsNeverInSuchAHurryThatItKeepsOldFills(Preset preset, String step) {
    KnownEncoder encoder = KnownEncoder.LIBSVTAV1;
    assertThat(EncoderChoice.of(encoder, settings(encoder, 75, preset)).options())
        .containsEntry("preset", step);
  }

  @Test
  void hardwareIsAskedForNoMessagesAndNoReordering() {
    assertThat(options(KnownEncoder.H264_VAAPI, 75)).containsEntry("sei", "0");
    for (KnownEncoder encoder : KnownEncoder.values()) {
      assertThat(options(encoder, 75).containsKey("bf")).isEqualTo(encoder.isHardware());
    }
  }

  private static Map<String, String> options(KnownEncoder encoder, int quality) {
    return EncoderChoice.of(encoder, settings(encoder, quality, Preset.FAST)).options();
  }

  private static EncoderSettings settings(KnownEncoder encoder, int quality, Preset preset) {
    return new EncoderSettings(
        Optional.of(encoder.codec()), quality, preset, EncoderWish.of(encoder));
  }
}
