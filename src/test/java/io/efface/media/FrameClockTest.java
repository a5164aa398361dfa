package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameClockTest {
  private static final Rational MILLISECONDS = new Rational(1, 1000);
  private static final Rational RATE = new Rational(25, 1);

  /** A dash is a time that the file lacks. */
  @ParameterizedTest
  @CsvSource({
    "0 40 80, 0 40 80",
    "-20 20 60, -20 20 60",
    "- - -, 0 40 80",
    "0 - 80 -, 0 40 80 120",
    "0 40 40 40 120, 0 40 41 42 120",
    "0 40 20 60, 0 40 41 60",
  })
  void timesRise(String read, String given) {
    assertThat(given(read)).isEqualTo(times(given).toArray());
    assertThat(shifted(read)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "500 - 0, 500 540 580",
    "960 1000 0 40 80, 960 1000 1040 1080 1120",
    "0 40 9000 120 160, 0 40 9000 9040 9080",
    "1000 0 -1000 -960, 1000 1040 1080 1120",
  })
  void whereTimesGoBackTheFilmGoesOnAtItsPace(String read, String given) {
    assertThat(given(read)).isEqualTo(times(given).toArray());
    assertThat(shifted(read)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"-, 240", "100, 201", "300, 300"})
  void whatIsPassedOverCounts(String read, long given) {
    FrameClock clock = new FrameClock(MILLISECONDS, RATE);
    long first = clock.next(0);
    assertThat(first).isZero();
    clock.passTo(200);
    assertThat(times(read).map(clock::next).toArray()).containsExactly(given);
  }

  private static long[] given(String read) {
    return times(read).map(new FrameClock(MILLISECONDS, RATE)::next).toArray();
  }

  private static boolean shifted(String read) {
    FrameClock clock = new FrameClock(MILLISECONDS, RATE);
    long last = times(read).map(clock::next).max().orElseThrow();
    assertThat(last).isNotEqualTo(FFmpeg.NO_PTS);
    return clock.isShifted();
  }

  private static LongStream times(String written) {
    return Arrays.stream(written.split(" ", -1))
        .mapToLong(time -> time.equals("-") ? FFmpeg.NO_PTS : Long.parseLong(time));
  }
}
