package io.efface.detect;

/**
 * Scores that a class's detections are judged by, on the detector's own scale, each above 0 and at
 * most 1.
 *
 * @param startScore a track counts from its first point on once it holds one detection of at least
 *     this score
 * @param continueScore detections below this score are ignored, at most {@code startScore}
 * @param typicalScore what a track's scores must come to, at least {@code continueScore}: the mean
 *     of all its detections' and of its best three's, half and half. One lucky score makes no
 *     object, and a hard object's many doubtful ones do not undo it
 * @param largeScore the same for large objects, at least {@code typicalScore}: false ones of those
 *     cost most
 */
public record OperatingPoint(
    double startScore, double continueScore, double typicalScore, double largeScore) {

  /**
   * Checks ranges and order.
   *
   * @throws IllegalArgumentException if a score is out of range or out of order; the message says
   *     which there are
   */
  public OperatingPoint {
    if (!(0 < continueScore
        && continueScore <= startScore
        && startScore <= 1
        && continueScore <= typicalScore
        && typicalScore <= largeScore
        && largeScore <= 1)) {
      throw new IllegalArgumentException(
          "scores that cannot be: start "
              + startScore
              + ", continue "
              + continueScore
              + ", typical "
              + typicalScore
              + ", large "
              + largeScore);
    }
  }

  /** Asks no more of a track than one sure detection. */
  public OperatingPoint(double startScore, double continueScore) {
    this(startScore, continueScore, continueScore, continueScore);
  }

  /**
   * A track that never reaches the start score counts too once detections of at least this score,
   * half way between the two, go on for long.
   */
  public double steadyScore() {
    return (startScore + continueScore) / 2;
  }

  /**
   * All scores multiplied.
   *
   * @param share above 0, at most 1
   */
  public OperatingPoint times(double share) {
    return new OperatingPoint(
        share * startScore, share * continueScore, share * typicalScore, share * largeScore);
  }
}
