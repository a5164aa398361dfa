package io.efface.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
  private final StringWriter text = new StringWriter();
  private long nanos;

  @Test
  void logsGetALineEveryTenPercent() {
    LineProgress progress = lines();
    progress.started(Path.of("x/a\u001b.mp4"), OptionalLong.of(200));
    for (int frame = 1; frame <= 210; frame++) {
      nanos += 500_000_000L;
      progress.advanced(frame, 7);
    }
    progress.finished();
    assertThat(text.toString().lines()).hasSize(10);
    assertThat(text.toString().lines().findFirst())
        .contains("a\\u001b.mp4: 20 of 200 frames, 2.0 fps, 1:30 left, 7 found");
  }

  @Test
  void logsGetAtMostALineInFiveSeconds() {
    LineProgress progress = lines();
    progress.started(Path.of("a.mp4"), OptionalLong.of(100));
    for (int frame = 1; frame <= 100; frame++) {
      nanos += 120_000_000L;
      progress.advanced(frame, 0);
    }
    assertThat(text.toString().lines().map(line -> line.replaceAll(" of.*", "")))
        .containsExactly("a.mp4: 42", "a.mp4: 84");
  }

  @Test
  void aBarFitsItsTerminal() {
    assertThat(ConsoleProgress.columns("", () -> "")).isEqualTo(40);
    assertThat(ConsoleProgress.columns("wide", () -> "0 0\n")).isEqualTo(40);
    assertThat(ConsoleProgress.columns("", () -> "24 132\n")).isEqualTo(132);
    assertThat(ConsoleProgress.columns("50", () -> "24 132\n")).isEqualTo(50);
    for (int columns : new int[] {40, 80, 300}) {
      text.getBuffer().setLength(0);
      BarProgress bar = new BarProgress(new PrintWriter(text), columns, System::nanoTime);
      bar.started(Path.of("a film with a long name.mp4"), OptionalLong.of(10));
      bar.advanced(10, 7);
      bar.finished();
      assertThat(text.toString().split("[\r\n]+"))
          .allMatch(line -> line.length() < columns && line.length() <= 100);
    }
  }

  @Test
  void logsGetALineEveryThirtySecondsWhereTheLengthIsNotKnown() {
    LineProgress progress = lines();
    progress.started(Path.of("a.ts"), OptionalLong.empty());
    for (int second = 1; second <= 100; second++) {
      nanos += 1_000_000_000L;
      progress.advanced(second * 2L, 0);
    }
    assertThat(text.toString())
        .isEqualTo(
            """
            a.ts: 60 frames, 2.0 fps, 0 found
            a.ts: 120 frames, 2.0 fps, 0 found
            a.ts: 180 frames, 2.0 fps, 0 found
            """);
  }

  @Test
  void aJobThatHasNotSaidWhatItIsAboutGetsNoLine() {
    LineProgress progress = lines();
    nanos += 100_000_000_000L;
    progress.advanced(0, 0);
    assertThat(text.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // First frame after, seconds a frame, frames done, of: left.
    "7, 0.1, 1, 275, ''",
    "7, 0.1, 49, 275, ''",
    "7, 0.1, 61, 275, PT21.4S",
    "7, 0.1, 61, 10000, ''",
    "7, 0.1, 311, 10000, PT16M8.9S",
    "7, 3, 6, 275, ''",
    "7, 0.1, 300, 275, PT0S",
  })
  void theTimeLeftNeedsABasis(
      double first, double perFrame, int frames, long total, String expected) {
    TimeLeft left = new TimeLeft(() -> nanos);
    for (int frame = 1; frame <= frames; frame++) {
      nanos = Math.round(1e9 * (first + (frame - 1) * perFrame));
      left.advanced(frame);
    }
    assertThat(left.of(total).map(Duration::toString).orElse("")).isEqualTo(expected);
  }

  @Test
  void aBarShowsNoTimeLeftWithoutABasis() {
    BarProgress bar = new BarProgress(new PrintWriter(text), 101, () -> nanos);
    bar.started(Path.of("a.mp4"), OptionalLong.of(275));
    bar.advanced(1, 0);
    bar.finished();
    assertThat(text.toString()).contains("1/275 frames (0:00:00 / ?)");
    text.getBuffer().setLength(0);
    bar.started(Path.of("a.mp4"), OptionalLong.of(275));
    bar.advanced(1, 0);
    nanos += 6_000_000_000L;
    bar.advanced(61, 0);
    bar.finished();
    assertThat(text.toString()).contains("61/275 frames (0:00:00 / 0:00:21)");
  }

  @Test
  void anAuditIsCountedAnew() {
    LineProgress lines = lines();
    lines.started(Path.of("in.mp4"), OptionalLong.of(10));
    nanos += 5_000_000_000L;
    lines.advanced(10, 3);
    lines.auditing(Path.of("out.mp4"), OptionalLong.of(100));
    for (int frame = 1; frame <= 40; frame++) {
      nanos += 1_000_000_000L;
      lines.advanced(frame, 0);
    }
    assertThat(text.toString().lines().skip(1))
        .containsExactly("audit of out.mp4: 30 of 100 frames, 1.0 fps, 1:10 left");

    BarProgress bar = new BarProgress(new PrintWriter(text), 101, System::nanoTime);
    bar.started(Path.of("in.mp4"), OptionalLong.of(10));
    bar.auditing(Path.of("out.mp4"), OptionalLong.of(100));
    bar.advanced(40, 0);
    bar.finished();
    assertThat(text.toString()).contains("audit of out.mp4", "40/100");
  }

  @Test
  void terminalsGetABarThatEndsItsLineOnce() {
    BarProgress progress = new BarProgress(new PrintWriter(text), 101, System::nanoTime);
    progress.started(Path.of("x/a\u001b.mp4"), OptionalLong.of(10));
    progress.advanced(12, 7);
    progress.finished();
    progress.finished();
    assertThat(text.toString())
        .startsWith("\r")
        .endsWith("\n")
        .contains("a\\u001b.mp4", "12/12", "7 found", "frames/s")
        .doesNotContain("\u001b")
        .containsOnlyOnce("\n");
  }

  @Test
  void terminalsGetABarWhereTheLengthIsNotKnown() {
    BarProgress progress = new BarProgress(new PrintWriter(text), 101, System::nanoTime);
    progress.started(Path.of("a.ts"), OptionalLong.empty());
    progress.advanced(12, 7);
    progress.finished();
    assertThat(text.toString()).contains("a.ts", "12/?", "7 found");
  }

  private LineProgress lines() {
    return new LineProgress(new PrintWriter(text), () -> nanos);
  }
}
