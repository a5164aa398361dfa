package io.efface.track;

/**
 * How a {@link Tracker} follows objects. Scores are on the detector's own scale, so the model
 * decides them; times are in seconds, so the frame rate does not matter.
 *
 * @param startScore a track counts from its first point on once it holds one detection of at least
 *     this score, 0 to 1
 * @param continueScore detections below this score are ignored, 0 to {@code startScore}
 * @param typicalScore what a track's scores must come to, {@code continueScore} to 1: the mean of
 *     all its detections' and of its best three's, half and half. One lucky score makes no object,
 *     and a hard object's many doubtful ones do not undo it
 * @param largeScore the same for large objects, {@code typicalScore} to 1: false ones of those cost
 *     most
 * @param steadyScore detections of at least this score also make a track count if they go on for
 *     {@code steadySeconds}, {@code continueScore} to {@code startScore}
 * @param steadySeconds how long that must be; infinite to ask for {@code startScore} always
 * @param maxGapSeconds longest time without a detection that is filled inside a track
 * @param extendSeconds how far a track goes on before its first and after its last detection
 * @param edgeSeconds the same for an object that comes in or goes out over the picture's edge; it
 *     is followed until it is out of sight or this time is over; at least {@code extendSeconds}
 * @param horizonSeconds look-back: a frame is sealed when this much time has passed after it; at
 *     least each of the times above but {@code steadySeconds}
 */
public record TrackerSettings(
    double startScore,
    double continueScore,
    double typicalScore,
    double largeScore,
    double steadyScore,
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
    check(startScore > 0 && startScore <= 1, "startScore", startScore, "above 0, at most 1");
    check(
        continueScore >= 0 && continueScore <= startScore,
        "continueScore",
        continueScore,
        "0 to startScore");
    check(
        typicalScore >= continueScore && typicalScore <= 1,
        "typicalScore",
        typicalScore,
        "continueScore to 1");
    check(
        largeScore >= typicalScore && largeScore <= 1,
        "largeScore",
        largeScore,
        "typicalScore to 1");
    check(
        steadyScore >= continueScore && steadyScore <= startScore,
        "steadyScore",
        steadyScore,
        "continueScore to startScore");
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
   * The defaults for a detector: gaps to 1.5 s, ends extended by 0.5 s (1.5 s at the picture's
   * edge), 5 s of look-back; a track without a confident detection counts when it holds 1 s of
   * detections in the upper half between the two scores.
   *
   * @param startScore score that makes a track count, above 0 to 1
   * @param continueScore score below which detections are ignored, 0 to {@code startScore}
   */
  public static TrackerSettings of(double startScore, double continueScore) {
    return new TrackerSettings(
        startScore,
        continueScore,
        continueScore,
        continueScore,
        (startScore + continueScore) / 2,
        1.0,
        1.5,
        0.5,
        1.5,
        5.0);
  }

  /** The times of these settings with the scores of {@link #of}. */
  public TrackerSettings withScores(double start, double lowest) {
    TrackerSettings scores = of(start, lowest);
    return new TrackerSettings(
        scores.startScore,
        scores.continueScore,
        scores.typicalScore,
        scores.largeScore,
        scores.steadyScore,
        steadySeconds,
        maxGapSeconds,
        extendSeconds,
        edgeSeconds,
        horizonSeconds);
  }

  /**
   * These settings with all scores multiplied.
   *
   * @param share above 0, at most 1
   */
  public TrackerSettings withScoresTimes(double share) {
    return new TrackerSettings(
        share * startScore,
        share * continueScore,
        share * typicalScore,
        share * largeScore,
        share * steadyScore,
        steadySeconds,
        maxGapSeconds,
        extendSeconds,
        edgeSeconds,
        horizonSeconds);
  }

  /** These settings with another rule for tracks that never reach the start score. */
  public TrackerSettings withSteady(double score, double seconds) {
    return new TrackerSettings(
        startScore,
        continueScore,
        typicalScore,
        largeScore,
        score,
        seconds,
        maxGapSeconds,
        extendSeconds,
        edgeSeconds,
        horizonSeconds);
  }

  /** These settings with other scores for what a track's detections, and a large one's, come to. */
  public TrackerSettings withTypicalScores(double score, double large) {
    return new TrackerSettings(
        startScore,
        continueScore,
        score,
        large,
        steadyScore,
        steadySeconds,
        maxGapSeconds,
        extendSeconds,
        edgeSeconds,
        horizonSeconds);
  }

  /** These settings with another longest gap. */
  public TrackerSettings withMaxGapSeconds(double seconds) {
    return new TrackerSettings(
        startScore,
        continueScore,
        typicalScore,
        largeScore,
        steadyScore,
        steadySeconds,
        seconds,
        extendSeconds,
        edgeSeconds,
        horizonSeconds);
  }

  /** These settings with other extensions: in the middle of the picture, and at its edge. */
  public TrackerSettings withExtension(double seconds, double secondsAtEdge) {
    return new TrackerSettings(
        startScore,
        continueScore,
        typicalScore,
        largeScore,
        steadyScore,
        steadySeconds,
        maxGapSeconds,
        seconds,
        secondsAtEdge,
        horizonSeconds);
  }

  /** These settings with another look-back. */
  public TrackerSettings withHorizonSeconds(double seconds) {
    return new TrackerSettings(
        startScore,
        continueScore,
        typicalScore,
        largeScore,
        steadyScore,
        steadySeconds,
        maxGapSeconds,
        extendSeconds,
        edgeSeconds,
        seconds);
  }

  private static void check(boolean fits, String name, double value, String range) {
    if (!fits) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be " + range);
    }
  }
}
