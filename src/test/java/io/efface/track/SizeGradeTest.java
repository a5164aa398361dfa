package io.efface.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.efface.detect.Label;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeGradeTest {
  @ParameterizedTest
  @CsvSource({"0, 0.4", "20, 0.4", "30, 0.5", "40, 0.6", "1000, 0.6"})
  void whatIsAskedForGrowsFromSmallToLarge(double height, double asked) {
    assertThat(new SizeGrade(20, 40).between(0.4, 0.6, height)).isCloseTo(asked, within(1e-9));
  }

  @Test
  void gradesGoByWhatTheDetectorSees() {
    assertThat(SizeGrade.of(Label.FACE, 1)).isEqualTo(new SizeGrade(24, 64));
    assertThat(SizeGrade.of(Label.FACE, 1.5)).isEqualTo(new SizeGrade(36, 96));
    assertThat(SizeGrade.of(Label.PLATE, 2).largePx()).isEqualTo(128);
  }

  @Test
  void refusesGradesWithoutOrder() {
    assertThatThrownBy(() -> new SizeGrade(40, 40)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SizeGrade(-1, 40)).isInstanceOf(IllegalArgumentException.class);
  }
}
