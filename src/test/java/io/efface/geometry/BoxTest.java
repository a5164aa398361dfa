package io.efface.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class BoxTest {

  static IntStream seeds() {
    return IntStream.range(0, 50);
  }

  private static Box random(Random random) {
    return Box.ofSize(
        random.nextInt(40) - 10, random.nextInt(40) - 10, random.nextInt(20), random.nextInt(20));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void overlapIsSymmetricAndCountsPixels(int seed) {
    Random random = new Random(seed);
    Box a = random(random);
    Box b = random(random);
    int shared = 0;
    int either = 0;
    for (int y = -20; y < 60; y++) {
      for (int x = -20; x < 60; x++) {
        boolean inA = covers(a, x, y);
        boolean inB = covers(b, x, y);
        shared += inA && inB ? 1 : 0;
        either += inA || inB ? 1 : 0;
      }
    }
    assertThat(a.iou(b)).isEqualTo(b.iou(a));
    assertThat(a.iou(b)).isCloseTo(either == 0 ? 0 : shared / (double) either, within(1e-12));
    assertThat(a.intersect(b).area()).isEqualTo(shared);
  }

  private static boolean covers(Box box, int x, int y) {
    return x >= box.left() && x < box.right() && y >= box.top() && y < box.bottom();
  }

  @Test
  void longerSideIsWidthOrHeight() {
    assertThat(Box.ofSize(3, -4, 7, 5).longerSide()).isEqualTo(7);
    assertThat(Box.ofSize(3, -4, 5, 7).longerSide()).isEqualTo(7);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void hullHoldsBothAndGrowingIsUndoneByShrinking(int seed) {
    Random random = new Random(seed);
    Box a = random(random);
    Box b = random(random);
    assertThat(a.hull(b).intersect(a)).isEqualTo(a);
    assertThat(a.hull(b)).isEqualTo(b.hull(a));
    assertThat(a.grow(3, 5).grow(-3, -5)).isEqualTo(a);
    assertThat(a.translate(2.5, -1).translate(-2.5, 1)).isEqualTo(a);
    assertThat(a.lerp(b, 0)).isEqualTo(a);
    assertThat(a.lerp(b, 1)).isEqualTo(b);
  }

  @Test
  void shrinkingStopsAtTheCentre() {
    Box box = Box.ofSize(10, 10, 4, 6).grow(-100, -100);
    assertThat(box).isEqualTo(new Box(12, 13, 12, 13));
    assertThat(box.isEmpty()).isTrue();
  }

  @Test
  void nothingOverlapsAnEmptyBox() {
    assertThat(new Box(5, 5, 5, 5).iou(new Box(0, 0, 10, 10))).isZero();
    assertThat(new Box(5, 5, 5, 5).iou(new Box(5, 5, 5, 5))).isZero();
  }

  @Test
  void clippingAndRoundingStayHalfOpen() {
    assertThat(new Box(-3, 2.2, 9.1, 50).clip(8, 20)).isEqualTo(new Box(0, 2.2, 8, 20));
    assertThat(new Box(0.1, 2.9, 3, 3.01).roundOut()).isEqualTo(new Box(0, 2, 3, 4));
    assertThat(new Box(30, 30, 40, 40).clip(8, 20).isEmpty()).isTrue();
  }

  @Test
  void impossibleBoxesAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Box(1, 0, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Box(0, 1, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Box(0, 0, Double.NaN, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Box(0, 0, Double.POSITIVE_INFINITY, 1));
  }
}
