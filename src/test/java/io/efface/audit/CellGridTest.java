package io.efface.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.geometry.Box;
import io.efface.media.PixelLayout;
import io.efface.media.VideoFrame;
import io.efface.redact.Pictures;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellGridTest {
  private static final int CELLS = 24;

  @ParameterizedTest
  @CsvSource({"8, 7", "8, 8", "8, 29", "10, 29"})
  void everySampleOfACellCounts(int bits, int side) {
    PixelLayout layout = new PixelLayout(PixelLayout.ColourModel.GREY, 0, 0, bits, true);
    VideoFrame frame = VideoFrame.allocate(layout, CELLS * side, CELLS * side);
    Random codes = new Random(1);
    double[] expected = new double[CELLS * CELLS];
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        int code = codes.nextInt(1 << bits);
        Pictures.set(frame, 0, x, y, code);
        expected[y / side * CELLS + x / side] += (double) code / (1 << (bits - 8)) / side / side;
      }
    }
    Box whole = new Box(0, 0, frame.width(), frame.height());
    assertThat(CellGrid.over(whole, frame, CellGrid.LUMA).means(frame, CellGrid.LUMA))
        .containsExactly(expected, Offset.offset(1e-6));
  }
}
