package io.efface.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceLimitsTest {
  /** A copy of a face in a film that somebody made brighter by 25 codes. */
  private static final Trace COPY = new Trace(25, 1, 0.99, 400);

  private static final Tone BRIGHTER = new Tone(25, 0.5, 25, 1, 40, 0.99);

  @Test
  void aCopyIsALeakHoweverBrightTheFilmWasMade() {
    assertThat(TraceLimits.beside(BRIGHTER).isLeak(COPY)).isTrue();
    assertThat(TraceLimits.beside(BRIGHTER).isPartLeak(COPY)).isTrue();
    assertThat(TraceLimits.beside(BRIGHTER).withinMosaic().isLeak(COPY)).isTrue();
  }

  @Test
  void aCopyIsALeakHoweverNoisyTheFilmIs() {
    Tone noisy = new Tone(40, 40, 0, 1, 40, 0.7);
    assertThat(TraceLimits.beside(noisy).isLeak(COPY)).isTrue();
  }

  @Test
  void aCopyOfLessContrastIsALeakWhereTheFilmHasLessToo() {
    Trace faint = new Trace(25, 0.4, 0.99, 150);
    assertThat(TraceLimits.beside(new Tone(11, 0.5, 4, 0.4, 20, 0.99)).isLeak(faint)).isTrue();
    assertThat(TraceLimits.beside(new Tone(11, 11, 0, 0.9, 40, 0.9)).isLeak(faint)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 25, 0.5, 0.59, false",
    "0.5, 25, 0.5, 0.61, true",
    "0.5, 25, 0.09, 0.9, false",
    "0.5, 25, 0.11, 0.9, true",
    "3, 25, 0.49, 0.9, true",
    "3, 25, 0.45, 0.79, false",
    "8, 25, 0.29, 0.9, false",
    "8, 25, 0.31, 0.9, true",
    "8, 25, 0.31, 0.79, false",
    "3, 25, 0.51, 0.9, true",
    "3, 3.9, 1, 1, false",
  })
  void aTraceIsALeakByLikenessShareAndStrength(
      double noise, double detail, double share, double likeness, boolean leak) {
    Tone tone = new Tone(noise, noise, 0, 1, 40, 0.99);
    assertThat(TraceLimits.beside(tone).isLeak(new Trace(detail, share, likeness, 400)))
        .isEqualTo(leak);
  }
}
