package io.efface.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private static final List<Run> REFERENCE =
      List.of(new Run(10, 20, 100), new Run(20, 20, 200), new Run(10, 10, 150));

  @Test
  void ratiosAreTakenWithinEachRound() {
    Figures figures =
        Figures.of(
            Subject.BALANCED,
            List.of(new Run(20, 30, 300), new Run(80, 40, 400), new Run(10, 15, 350)),
            REFERENCE);
    assertThat(figures.speed()).isEqualTo(new Range(0.5, 0.25, 1));
    assertThat(figures.cpu()).contains(new Range(1.5, 1.5, 2));
    assertThat(figures.seconds()).isEqualTo(new Range(20, 10, 80));
    assertThat(figures.peakBytes()).isEqualTo(400);
    assertThat(figures.memory().orElseThrow()).isCloseTo(2, within(1e-9));
  }

  @Test
  void theTranscodeComparedWithItselfIsOne() {
    Figures figures = Figures.of(Subject.TRANSCODE, REFERENCE, REFERENCE);
    assertThat(figures.speed()).isEqualTo(new Range(1, 1, 1));
    assertThat(figures.cpu()).contains(new Range(1, 1, 1));
  }

  @Test
  void whatTheSystemDoesNotTellIsLeftOut() {
    List<Run> silent = List.of(new Run(10, 0, 0), new Run(10, 5, 0), new Run(10, 5, 0));
    Figures figures = Figures.of(Subject.DECODE, silent, REFERENCE);
    assertThat(figures.cpu()).isEmpty();
    assertThat(figures.memory()).isEmpty();
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(Range.of(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(new Range(2.5, 1, 4));
    assertThatThrownBy(() -> Range.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
