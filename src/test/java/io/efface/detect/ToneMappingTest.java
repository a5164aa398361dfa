package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.efface.media.FrameScaler;
import io.efface.media.FrameScaler.BgrPicture;
import io.efface.media.Natives;
import io.efface.media.TransferFunction;
import io.efface.media.VideoReader;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

class ToneMappingTest {
  @TempDir private Path folder;

  @BeforeAll
  static void load() {
    Natives.loadOpenCv();
  }

  /** Of ITU-R BT.2408, table 1. */
  @ParameterizedTest
  @CsvSource({"PQ, 0.58", "HLG, 0.75"})
  void diffuseWhiteIsNearlyTheBrightest(TransferFunction transfer, double code) {
    assertThat(ToneMapping.sdr(code, transfer)).isBetween(0.91, 0.94);
  }

  @ParameterizedTest
  @EnumSource
  void brighterStaysBrighterFromBlackToTheHighestCode(TransferFunction transfer) {
    assertThat(ToneMapping.sdr(0, transfer)).isCloseTo(0, within(1e-9));
    assertThat(ToneMapping.sdr(1, transfer)).isBetween(0.99, 1.0);
    for (int code = 1; code < 256; code++) {
      assertThat(ToneMapping.sdr(code / 255.0, transfer))
          .isGreaterThanOrEqualTo(ToneMapping.sdr((code - 1) / 255.0, transfer));
    }
  }

  /** What FFmpeg's zimg made of standard range becomes what it was. */
  @ParameterizedTest
  @CsvSource({
    "PQ, 282828",
    "PQ, 787878",
    "PQ, c8c8c8",
    "PQ, b4826e",
    "PQ, 503228",
    "HLG, 282828",
    "HLG, 787878",
    "HLG, c8c8c8",
    "HLG, b4826e",
    "HLG, 503228",
  })
  void coloursOfStandardRangeComeBack(TransferFunction transfer, String colour) {
    Path film =
        HighRangeFilm.make(
            transfer,
            folder.resolve("film.mkv"),
            "-f",
            "lavfi",
            "-i",
            "color=0x" + colour + ":s=64x64:d=0.04");
    BgrPicture picture = BgrPicture.allocate(64, 64);
    try (VideoReader reader = VideoReader.open(film, 1);
        FrameScaler scaler = new FrameScaler();
        ToneMapping tones = new ToneMapping()) {
      scaler.scale(reader.next().orElseThrow(), picture);
      Mat[] planes = new Mat[3];
      for (int i = 0; i < 3; i++) {
        planes[i] = new Mat(64, 64, CvType.CV_8U, picture.plane(i), picture.stride());
      }
      tones.apply(planes, transfer);
      for (int i = 0; i < 3; i++) {
        assertThat(picture.plane(2 - i).get(0) & 0xff)
            .as("channel %s", i)
            .isCloseTo(Integer.parseInt(colour, 2 * i, 2 * i + 2, 16), within(6));
      }
    }
  }

  @Test
  void standardRangeStays() {
    Mat plane = new Mat(1, 3, CvType.CV_8U);
    plane.put(0, 0, new byte[] {0, 17, (byte) 255});
    try (ToneMapping tones = new ToneMapping()) {
      tones.apply(new Mat[] {plane, plane, plane}, TransferFunction.SDR);
    }
    assertThat(plane.get(0, 1)[0]).isEqualTo(17);
    assertThat(plane.get(0, 2)[0]).isEqualTo(255);
  }
}
