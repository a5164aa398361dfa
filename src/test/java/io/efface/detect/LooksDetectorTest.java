package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.efface.geometry.Box;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LooksDetectorTest {
  private static final Detection FACE = face(10, 0.6);
  private static final Detection SAME_FACE_BETTER = face(12, 0.8);
  private static final Detection OTHER_FACE = face(200, 0.3);
  private static final Detection PLATE_THERE =
      new Detection(Label.PLATE, Box.ofSize(10, 10, 100, 100), 0.5);

  @Test
  void theBetterDetectionOfOneObjectStays() {
    assertThat(LooksDetector.suppressed(List.of(FACE, OTHER_FACE, SAME_FACE_BETTER)))
        .containsExactly(SAME_FACE_BETTER, OTHER_FACE);
  }

  @Test
  void classesDoNotSuppressEachOther() {
    assertThat(LooksDetector.suppressed(List.of(FACE, PLATE_THERE)))
        .containsExactly(FACE, PLATE_THERE);
  }

  @Test
  void noObjectLiesBetweenTheTwoScales() {
    // What is just too large for the closer look, seen from further away.
    double sidePx = Scale.FINE.mostSidePx() * Scale.COARSE.share();
    assertThat(Scale.FINE.covers(Scale.FINE.mostSidePx())).isFalse();
    assertThat(Scale.COARSE.covers(sidePx)).isTrue();
    assertThat(Scale.COARSE.covers(Scale.COARSE.leastSidePx() - 1)).isFalse();
    Scale glance = Scale.glances().get(0);
    assertThat(Scale.glances().get(1)).isEqualTo(Scale.COARSE);
    assertThat(Scale.COARSE.leastSidePx() / Scale.COARSE.share())
        .isLessThan(glance.mostSidePx() / glance.share());
    assertThat(Scale.WHOLE.covers(0)).isTrue();
    assertThat(Scale.WHOLE.covers(1e9)).isTrue();
  }

  @Test
  void looksWithoutAScaleAreRefused() {
    assertThatThrownBy(() -> new Looks(List.of(), Mirror.NEVER))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aScaleWithoutObjectsIsRefused() {
    assertThatThrownBy(() -> new Scale(1, 64, 64)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Scale(2.1, 0, 64)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Detection face(double left, double score) {
    return new Detection(Label.FACE, Box.ofSize(left, 10, 100, 100), score);
  }

  @ParameterizedTest
  @CsvSource({"1280, 2", "640, 2", "1920, 1.3333", "2560, 0", "4096, 0"})
  void aCloserLookIsAtTwiceTheSizeOrAt2560Pixels(int longestSide, double share) {
    assertThat(Scale.closer(longestSide).map(Scale::share).orElse(0.0))
        .isEqualTo(share, within(1e-4));
  }
}
