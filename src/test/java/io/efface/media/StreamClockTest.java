package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamClockTest {
  private static final Rational MILLISECONDS = new Rational(1, 1000);

  /** Packets as pts/dts, or pts alone; the last one is asked for. */
  @ParameterizedTest
  @CsvSource({
    // In order, and late by a little.
    "0 40 80 120, 0, false",
    "0 40 80 0, 0, false",
    "400 440 480 0, 0, true",
    // A gap of an hour is one; twelve and more are a clock that was set.
    "0 40 3600000, 0, false",
    "0 40 50000000, 0, true",
    // Pictures out of order, whose decoding times rise.
    "0/-80 2000/-40 1000/0 40/40, 0, false",
    // Decoding times that are none, as made up from pictures that are out of order.
    "0/0 2000/2000 1000/1000 500/500 1500/1500, 2, false",
    "0/0 4000/4000 2000/2000 1000/1000 500/500, 4, false",
    "9000/9000 9040/9040 9080/9080 500/500, 2, true",
    // Without any time, or as the first.
    "400 -, 0, false",
    "400, 0, false",
  })
  void aClockThatIsSetIsToldFromOrder(String packets, int reordered, boolean setAnew) {
    StreamClock clock = new StreamClock(MILLISECONDS, 40, reordered);
    long[][] times =
        Arrays.stream(packets.split(" ", -1)).map(StreamClockTest::times).toArray(long[][]::new);
    for (int i = 0; i < times.length - 1; i++) {
      assertThat(clock.isSetAnew(times[i][0], times[i][1])).as("packet %s", i).isFalse();
      clock.pass(times[i][0], times[i][1], 40);
    }
    long[] last = times[times.length - 1];
    assertThat(clock.isSetAnew(last[0], last[1])).isEqualTo(setAnew);
  }

  private static long[] times(String packet) {
    String[] parts = packet.split("/", 2);
    long pts = parts[0].equals("-") ? FFmpeg.NO_PTS : Long.parseLong(parts[0]);
    return new long[] {pts, parts.length == 2 ? Long.parseLong(parts[1]) : FFmpeg.NO_PTS};
  }

  @ParameterizedTest
  @CsvSource({"0, 140", "25, 125"})
  void itEndsWhereItsLastPacketDoes(long duration, long end) {
    StreamClock clock = new StreamClock(MILLISECONDS, 40, 0);
    assertThat(clock.isFresh()).isTrue();
    clock.pass(100, FFmpeg.NO_PTS, duration);
    clock.pass(60, FFmpeg.NO_PTS, duration);
    assertThat(clock.end()).isEqualTo(end);
    clock.restart();
    assertThat(clock.isFresh()).isTrue();
  }
}
