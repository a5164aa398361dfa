package io.efface.track;

import io.efface.detect.OperatingPoint;

/**
 * How a {@link Tracker} follows objects. Times are in seconds, so the frame rate does not matter.
 *
 * @param scores what detections and tracks have to come to; the model decides them
 * @param steadySeconds how long detections of at least {@link OperatingPoint#steadyScore} must go
 *     on to make a track count by themselves; infinite to ask for the start score always
 * @param maxGapSeconds longest time without a detection that is filled inside a track
 * @param extendSeconds how far a track goes on before its first and after its last detection
 * @param edgeSeconds the same for an object that comes in or goes out over the picture's edge; it
 *     is followed until it is out of sight or this time is over; at least {@code extendSeconds}
 * @param horizonSeconds look-back: a frame is sealed when this much time has passed after it; at
 *     least each of the times above but {@code steadySeconds}
 */
public record TrackerSettings(
    OperatingPoint scores,
    double steadySeconds,
    double maxGapSeconds,
    double extendSeconds,
    double edgeSeconds,
    double horizonSeconds) {

  /**
   * Checks ranges and order.
   *
   * @throws IllegalArgumentException if a value does not fit; the message names it
   */
  public TrackerSettings {
    check(steadySeconds > 0, "steadySeconds", steadySeconds, "above 0");
    check(
        maxGapSeconds >= 0 && Double.isFinite(maxGapSeconds),
        "maxGapSeconds",
        maxGapSeconds,
        "at least 0");
    check(
        extendSeconds >= 0 && Double.isFinite(extendSeconds),
        "extendSeconds",
        extendSeconds,
        "at least 0");
    check(
        edgeSeconds >= extendSeconds && Double.isFinite(edgeSeconds),
        "edgeSeconds",
        edgeSeconds,
        "at least extendSeconds");
    check(
        horizonSeconds >= Math.max(maxGapSeconds, edgeSeconds) && Double.isFinite(horizonSeconds),
        "horizonSeconds",
        horizonSeconds,
        "at least maxGapSeconds and edgeSeconds");
  }

  /**
   * The defaults: gaps to 1.5 s, ends extended by 0.5 s (1.5 s at the picture's edge), 5 s of
   * look-back; a track without a confident detection counts when it holds 1 s of steady ones.
   */
  public static TrackerSettings of(OperatingPoint scores) {
    return new TrackerSettings(scores, 1.0, 1.5, 0.5, 1.5, 5.0);
  }

  /** These settings with other scores. */
  public TrackerSettings withScores(OperatingPoint others) {
    return new TrackerSettings(
        others, steadySeconds, maxGapSeconds, extendSeconds, edgeSeconds, horizonSeconds);
  }

  /** These settings with other extensions: in the middle of the picture, and at its edge. */
  public TrackerSettings withExtension(double seconds, double secondsAtEdge) {
    return new TrackerSettings(
        scores, steadySeconds, maxGapSeconds, seconds, secondsAtEdge, horizonSeconds);
  }

  private static void check(boolean fits, String name, double value, String range) {
    if (!fits) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be " + range);
    }
  }
}
