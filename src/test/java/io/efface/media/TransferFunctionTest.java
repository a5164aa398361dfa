package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.pipeline.FfmpegPrograms;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferFunctionTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "libx264, film.mkv, smpte2084, PQ",
    "libx264, film.mp4, arib-std-b67, HLG",
    "ffv1, film.mkv, smpte2084, PQ",
    "libx264, film.mp4, bt709, SDR",
    "libx264, film.mp4, bt2020-10, SDR",
    "libx264, film.mkv, unknown, SDR",
  })
  void aPictureSaysHowItsCodesStandForLight(
      String codec, String name, String said, TransferFunction transfer) {
    Path file =
        FfmpegPrograms.make(
            "-f",
            "lavfi",
            "-i",
            "color=red:s=64x64:d=0.04,setparams=color_trc=" + said,
            "-c:v",
            codec,
            "-pix_fmt",
            "yuv420p10le",
            folder.resolve(name));
    try (VideoReader reader = VideoReader.open(file, 1)) {
      VideoFrame frame = reader.next().orElseThrow();
      assertThat(frame.transfer()).isEqualTo(transfer);
      assertThat(frame.withMatrix(ColourMatrix.BT601).transfer()).isEqualTo(transfer);
    }
  }
}
