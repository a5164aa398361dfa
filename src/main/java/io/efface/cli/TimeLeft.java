package io.efface.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Estimates how long a job still takes by the pace since its first frames were done: loading
 * libraries and models tells nothing of the rest. Says nothing before there is a basis. Safe from
 * any thread.
 */
final class TimeLeft {
  private static final double LEAST_SECONDS = 5;
  private static final long LEAST_FRAMES = 10;
  private static final double LEAST_SHARE = 0.02;

  /** After this time the pace counts, however long the film. */
  private static final double ENOUGH_SECONDS = 30;

  private final LongSupplier nanoTime;
  private long firstNanos;
  private long firstFrames;
  private long frames;

  /**
   * Of a job that begins.
   *
   * @param nanoTime a clock
   */
  TimeLeft(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Tells what is done.
   *
   * @param done frames since the start
   */
  synchronized void advanced(long done) {
    if (firstFrames == 0 && done > 0) {
      firstFrames = done;
      firstNanos = nanoTime.getAsLong();
    }
    frames = done;
  }

  /**
   * How long the rest takes.
   *
   * @param total frames in all, an estimate that may be passed
   * @return empty as long as that cannot be told
   */
  synchronized Optional<Duration> of(long total) {
    long paced = frames - firstFrames;
    double seconds = (nanoTime.getAsLong() - firstNanos) / 1e9;
    boolean basis =
        paced >= LEAST_FRAMES
            && seconds >= LEAST_SECONDS
            && (paced >= LEAST_SHARE * total || seconds >= ENOUGH_SECONDS);
    if (!basis) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofMillis(Math.round(1e3 * seconds / paced * Math.max(0, total - frames))));
  }
}
