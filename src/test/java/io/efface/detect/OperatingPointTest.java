package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatingPointTest {

  @ParameterizedTest
  @CsvSource({
    "0.2, 0.6, 0.6, 0.6",
    "NaN, 0.1, 0.1, 0.1",
    "0.5, 0, 0.2, 0.2",
    "1.1, 0.2, 0.2, 0.2",
    "0.5, 0.2, 0.1, 0.2",
    "0.5, 0.2, 0.4, 0.3",
    "0.5, 0.2, 0.4, 1.1",
  })
  void scoresOutOfOrderAreRefused(double start, double lowest, double typical, double large) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OperatingPoint(start, lowest, typical, large))
        .withMessageContaining("start " + start + ", continue " + lowest);
  }

  @Test
  void allScoresAreMultiplied() {
    OperatingPoint point = new OperatingPoint(0.6, 0.2, 0.5, 0.8);
    assertThat(point.times(0.5)).isEqualTo(new OperatingPoint(0.3, 0.1, 0.25, 0.4));
    assertThat(point.times(1)).isEqualTo(point);
    assertThat(point.steadyScore()).isCloseTo(0.4, within(1e-9));
  }
}
