package io.efface.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolygonTest {
  /** Like a U that opens upwards. */
  private static final Polygon CUP =
      polygon(0, 0, 20, 0, 20, 60, 60, 60, 60, 0, 80, 0, 80, 80, 0, 80);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0 9 9 | a polygon has 3 to 100 corners, not 2",
        "0 0 9 0 9 9 0 0 | corners 4 and 1 are the same place",
        "0 0 9 0 9 0 9 9 | corners 2 and 3 are the same place",
        "0 0 9 9 9 0 0 9 | edges 1 and 3 cross or touch",
        "0 0 9 0 9 9 5 0 | edges 1 and 3 cross or touch",
        "0 0 9 0 5 0 5 9 | edges 1 and 2 cross or touch",
        "0 0 5 5 9 9 | cross or touch",
        "0 0 9 0 9 9 9 4 | edges 2 and 3 cross or touch",
      })
  void refusesWhatIsNoSimpleOutline(String numbers, String message) {
    double[] xys =
        Arrays.stream(numbers.strip().split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    assertThatThrownBy(() -> polygon(xys))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesMoreCornersThanAnybodyDraws() {
    double[] xys = new double[2 * 101];
    for (int i = 0; i < 101; i++) {
      xys[2 * i] = 100 * Math.cos(i * 2 * Math.PI / 101);
      xys[2 * i + 1] = 100 * Math.sin(i * 2 * Math.PI / 101);
    }
    assertThatThrownBy(() -> polygon(xys)).hasMessageContaining("not 101");
  }

  @Test
  void knowsWhatLiesInItsNotch() {
    assertThat(CUP.bounds()).isEqualTo(new Box(0, 0, 80, 80));
    assertThat(CUP.contains(10, 10)).isTrue();
    assertThat(CUP.contains(40, 10)).isFalse();
    assertThat(CUP.contains(40, 70)).isTrue();
    assertThat(CUP.contains(new Box(1, 1, 19, 79))).isTrue();
    assertThat(CUP.contains(new Box(1, 61, 79, 79))).isTrue();
    assertThat(CUP.contains(CUP.bounds())).isFalse();
    assertThat(CUP.contains(new Box(30, 10, 50, 30))).as("all in the notch").isFalse();
    assertThat(CUP.contains(new Box(10, 50, 30, 70))).as("a corner in the notch").isFalse();
    assertThat(CUP.contains(new Box(5, 65, 75, 85))).as("beyond").isFalse();
    assertThat(CUP.shareOf(CUP.bounds())).isCloseTo(1 - 2400.0 / 6400, within(0.01));
    assertThat(CUP.shareOf(new Box(25, 0, 55, 55))).isZero();
  }

  @Test
  void aBoxThatFillsARectangleLiesInIt() {
    assertThat(polygon(0, 0, 9, 0, 9, 9, 0, 9).contains(new Box(0, 0, 9, 9))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8"})
  void turnsWithThePicture(int exif) {
    Orientation orientation = Orientation.ofExif(exif);
    Random random = new Random(exif);
    Polygon stored = orientation.toStored(CUP, 200, 150);
    for (int i = 0; i < 200; i++) {
      double x = 0.25 + random.nextInt(90);
      double y = 0.25 + random.nextInt(90);
      Box at = orientation.toStored(new Box(x, y, x, y), 200, 150);
      assertThat(stored.contains(at.left(), at.top())).isEqualTo(CUP.contains(x, y));
    }
  }

  private static Polygon polygon(double... xys) {
    List<Point> corners = new ArrayList<>();
    for (int i = 0; i < xys.length; i += 2) {
      corners.add(new Point(xys[i], xys[i + 1]));
    }
    return new Polygon(corners);
  }
}
