package io.efface.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.geometry.Box;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureChangeTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 36;
  private static final Box PART = part(30, 12, 10, 12);

  /** A smooth pattern in a part of a plain picture, moved to the right. */
  private static SmallPicture object(double movedX) {
    byte[] luma = new byte[WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        boolean inside = x >= 30 + movedX && x < 40 + movedX && y >= 12 && y < 24;
        double pattern = 100 + 60 * Math.sin((x - movedX) * 0.6) * Math.cos(y * 0.5);
        luma[y * WIDTH + x] = (byte) (inside ? pattern : 90);
      }
    }
    return new SmallPicture(WIDTH, HEIGHT, luma);
  }

  /** In shares of the picture. */
  private static Box part(double x, double y, double width, double height) {
    return Box.ofSize(x / WIDTH, y / HEIGHT, width / WIDTH, height / HEIGHT);
  }

  @ParameterizedTest
  @CsvSource({"0, false", "0.5, false", "1, false", "5, true", "10, true", "30, true"})
  void whatMovesByHalfItsSizeIsNew(double moved, boolean other) {
    assertThat(PictureChange.isOther(object(0), PART, object(-moved), PART)).isEqualTo(other);
  }

  @Test
  void whatMovesWithTheCameraIsNotNew() {
    assertThat(PictureChange.isOther(object(0), PART, object(-8), PART)).isTrue();
    assertThat(PictureChange.isOther(object(0), PART, object(-8), part(22, 12, 10, 12))).isFalse();
  }

  @Test
  void noiseIsNothingNew() {
    Random random = new Random(3);
    SmallPicture first = noisy(object(0), random);
    SmallPicture second = noisy(object(0), random);
    assertThat(PictureChange.isOther(first, PART, second, PART)).isFalse();
  }

  private static SmallPicture noisy(SmallPicture clean, Random random) {
    byte[] luma = clean.luma().clone();
    for (int i = 0; i < luma.length; i++) {
      luma[i] += (byte) Math.round(3 * random.nextGaussian());
    }
    return new SmallPicture(WIDTH, HEIGHT, luma);
  }

  @Test
  void partsOverTheEdgeAndPicturesOfAnotherSizeAreJudgedToo() {
    Box corner = part(-5, 30, 8, 20);
    assertThat(PictureChange.isOther(object(0), corner, object(-3), corner)).isFalse();
    SmallPicture smaller = new SmallPicture(2, 2, new byte[4]);
    assertThat(PictureChange.isOther(object(0), PART, smaller, PART)).isTrue();
    assertThat(PictureChange.isOther(smaller, PART, smaller, PART)).isFalse();
    SmallPicture strip = new SmallPicture(8, 1, new byte[8]);
    assertThat(PictureChange.isOther(strip, PART, strip, PART)).isFalse();
  }
}
