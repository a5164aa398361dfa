package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.pipeline.FfmpegPrograms;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColourMatrixTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "large.jpg, 1280x720, bt470bg, BT601",
    "large.webp, 1280x720, unknown, BT601",
    "large.mkv, 1280x720, unknown, BT709",
    "large-said.mkv, 1280x720, smpte170m, BT601",
    "small.mkv, 320x240, unknown, BT601",
    "small-said.mkv, 320x240, bt709, BT709",
    "wide-said.mkv, 320x240, bt2020nc, BT2020",
  })
  void aPicturesOwnWordCountsMoreThanItsSize(
      String name, String size, String said, ColourMatrix matrix) {
    Path file =
        FfmpegPrograms.make(
            "-f",
            "lavfi",
            "-i",
            "color=red:s=" + size + ":d=0.04",
            "-frames:v",
            "1",
            "-vf",
            "format=yuv" + (name.endsWith("jpg") ? "j" : "") + "420p",
            "-colorspace",
            said,
            folder.resolve(name));
    try (VideoReader reader = VideoReader.open(file, 1)) {
      assertThat(reader.next().orElseThrow().matrix()).isEqualTo(matrix);
    }
  }
}
