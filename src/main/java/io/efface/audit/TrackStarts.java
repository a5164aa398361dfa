package io.efface.audit;

import io.efface.audit.Finding.Kind;

/**
 * When the tracks of a film begin. One that counts from another time than its own start, such as a
 * camera's or that of 1970, tells when it was recorded. Single-threaded.
 */
final class TrackStarts {
  /** The first track starts within this. */
  private static final double LATE_SECONDS = 5;

  /** Sound may begin in the middle of a film, but not on another day. */
  private static final double FAR_SECONDS = 86_400;

  private double earliest = Double.POSITIVE_INFINITY;
  private double latest;

  /** Adds a track. */
  void add(double seconds) {
    earliest = Math.min(earliest, seconds);
    latest = Math.max(latest, seconds);
  }

  /**
   * Judges the film after its last track.
   *
   * @param path for the finding
   */
  void check(String path, Findings findings) {
    boolean late = earliest > LATE_SECONDS && earliest < Double.POSITIVE_INFINITY;
    if (late || latest > FAR_SECONDS) {
      findings.add(Kind.TIME, "a clock that counts from another time than the start", path, 0);
    }
  }
}
