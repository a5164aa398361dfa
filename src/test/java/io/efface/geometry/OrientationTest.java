package io.efface.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class OrientationTest {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 30;

  @ParameterizedTest
  @EnumSource(Orientation.class)
  void thereAndBackIsTheSameBox(Orientation orientation) {
    Random random = new Random(orientation.exif());
    for (int i = 0; i < 100; i++) {
      Box stored =
          Box.ofSize(
              random.nextDouble() * 30,
              random.nextDouble() * 20,
              random.nextDouble() * 10,
              random.nextDouble() * 10);
      Box upright = orientation.toUpright(stored, WIDTH, HEIGHT);
      Box back = orientation.toStored(upright, WIDTH, HEIGHT);
      assertThat(back.iou(stored)).isCloseTo(1, within(1e-9));
      assertThat(upright.area()).isCloseTo(stored.area(), within(1e-9));
      assertThat(
              upright.clip(
                  orientation.uprightWidth(WIDTH, HEIGHT),
                  orientation.uprightHeight(WIDTH, HEIGHT)))
          .isEqualTo(upright);
    }
  }

  /** Where the stored top left pixel is seen, by the EXIF standard's table. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0",
    "2, 39, 0",
    "3, 39, 29",
    "4, 0, 29",
    "5, 0, 0",
    "6, 29, 0",
    "7, 29, 39",
    "8, 0, 39"
  })
  void theFirstPixelIsSeenWhereTheStandardSays(int exif, int x, int y) {
    Box first = Orientation.ofExif(exif).toUpright(new Box(0, 0, 1, 1), WIDTH, HEIGHT);
    assertThat(first).isEqualTo(Box.ofSize(x, y, 1, 1));
  }

  @Test
  void theEightDiffer() {
    Set<Box> corners = new HashSet<>();
    for (Orientation orientation : Orientation.values()) {
      corners.add(orientation.toUpright(new Box(1, 2, 4, 9), 100, 100));
      assertThat(Orientation.ofExif(orientation.exif())).isEqualTo(orientation);
    }
    assertThat(corners).hasSize(8);
  }

  @Test
  void oneAfterAnotherIsAsOne() {
    Box stored = new Box(1, 2, 4, 9);
    for (Orientation first : Orientation.values()) {
      int width = first.uprightWidth(WIDTH, HEIGHT);
      int height = first.uprightHeight(WIDTH, HEIGHT);
      for (Orientation second : Orientation.values()) {
        Box inTurn = second.toUpright(first.toUpright(stored, WIDTH, HEIGHT), width, height);
        assertThat(first.then(second).toUpright(stored, WIDTH, HEIGHT)).isEqualTo(inTurn);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Orientation.class)
  void itsInverseUndoesIt(Orientation orientation) {
    assertThat(orientation.then(orientation.inverse())).isEqualTo(Orientation.UPRIGHT);
  }

  @Test
  void unknownNumbersMeanUpright() {
    assertThat(Orientation.ofExif(0)).isEqualTo(Orientation.UPRIGHT);
    assertThat(Orientation.ofExif(9)).isEqualTo(Orientation.UPRIGHT);
  }
}
