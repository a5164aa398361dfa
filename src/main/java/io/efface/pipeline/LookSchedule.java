package io.efface.pipeline;

/**
 * Which frames of a film are looked at: the first of each shot, and then one whenever the last look
 * is long enough ago. A tracker fills the frames between.
 */
final class LookSchedule {
  /** Time stamps are rounded, in some containers to milliseconds. */
  private static final double ROUNDING_SECONDS = 0.004;

  private final double everySeconds;
  private double last = Double.NEGATIVE_INFINITY;

  private LookSchedule(double everySeconds) {
    this.everySeconds = everySeconds;
  }

  /** The schedule of a film's analysis. */
  static LookSchedule of(DetectionOptions options) {
    return every(options.recall().lookSeconds());
  }

  /** A schedule with one look in so many seconds; with 0, each frame is looked at. */
  static LookSchedule every(double seconds) {
    if (!(seconds >= 0 && Double.isFinite(seconds))) {
      throw new IllegalArgumentException("a look every " + seconds + " s");
    }
    return new LookSchedule(seconds);
  }

  /**
   * Whether the next frame is to be looked at.
   *
   * @param seconds its time
   * @param cut whether another shot begins with it
   */
  boolean isDue(double seconds, boolean cut) {
    boolean due = cut || !(Math.abs(seconds - last) < everySeconds - ROUNDING_SECONDS);
    if (due) {
      last = seconds;
    }
    return due;
  }
}
