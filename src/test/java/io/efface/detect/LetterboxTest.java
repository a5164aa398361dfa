package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.efface.geometry.Box;
import io.efface.media.Rational;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LetterboxTest {

  @Test
  void fullHdAt1280BecomesARowOf736() {
    Letterbox box = Letterbox.fit(1920, 1080, Rational.UNKNOWN, 1280, 2);
    assertThat(box).isEqualTo(new Letterbox(1920, 1080, 1280, 720, 1280, 736));
  }

  @Test
  void smallPicturesAreEnlargedOnlyAsFarAsAllowed() {
    assertThat(Letterbox.fit(400, 300, Rational.UNKNOWN, 1280, 1).contentWidth()).isEqualTo(400);
    assertThat(Letterbox.fit(400, 300, Rational.UNKNOWN, 1280, 2).contentWidth()).isEqualTo(800);
    assertThat(Letterbox.fit(400, 300, Rational.UNKNOWN, 640, 2).contentWidth()).isEqualTo(640);
  }

  @Test
  void anamorphicPicturesAreStretchedToSquarePixels() {
    Letterbox wide = Letterbox.fit(1440, 1080, new Rational(4, 3), 1280, 2);
    assertThat(wide.contentWidth()).isEqualTo(1280);
    assertThat(wide.contentHeight()).isEqualTo(720);
    Letterbox tall = Letterbox.fit(1080, 1440, new Rational(3, 4), 1280, 2);
    assertThat(tall.contentWidth()).isEqualTo(720);
    assertThat(tall.contentHeight()).isEqualTo(1280);
  }

  @Test
  void fixedInputsAreNeverOverrun() {
    Letterbox box = Letterbox.fitInto(720, 1280, Rational.UNKNOWN, 640, 640, 2);
    assertThat(box).isEqualTo(new Letterbox(720, 1280, 360, 640, 640, 640));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void boxesSurviveTheRoundTrip(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      int width = 1 + random.nextInt(5000);
      int height = 1 + random.nextInt(5000);
      Rational aspect = new Rational(1 + random.nextInt(4), 1 + random.nextInt(4));
      int side = 32 + random.nextInt(2000);
      Letterbox letterbox = Letterbox.fit(width, height, aspect, side, 1 + random.nextInt(3));
      assertThat(letterbox.inputWidth() % 32).isZero();
      assertThat(letterbox.inputHeight() % 32).isZero();
      assertThat(Math.max(letterbox.contentWidth(), letterbox.contentHeight()))
          .isLessThanOrEqualTo(side);
      Box box =
          Box.ofSize(
              random.nextInt(width) - 10,
              random.nextInt(height) - 10,
              random.nextInt(width),
              random.nextInt(height));
      Box back = letterbox.toPicture(letterbox.toInput(box));
      assertThat(back.left()).isCloseTo(box.left(), within(1e-6));
      assertThat(back.top()).isCloseTo(box.top(), within(1e-6));
      assertThat(back.right()).isCloseTo(box.right(), within(1e-6));
      assertThat(back.bottom()).isCloseTo(box.bottom(), within(1e-6));
      Box whole = letterbox.toInput(new Box(0, 0, width, height));
      assertThat(whole.right()).isCloseTo(letterbox.contentWidth(), within(1e-6));
      assertThat(whole.bottom()).isCloseTo(letterbox.contentHeight(), within(1e-6));
    }
  }
}
