package io.efface.eval;

import java.util.Optional;

/**
 * How well one class is found in the pictures of a folder.
 *
 * @param images pictures with a box of the class, an ignored one at least; only these count
 * @param boxes boxes that count
 * @param leastIou intersection over union from which a box counts as found
 * @param averagePrecision over all detections, 0 to 1
 * @param few at {@link #FEW} false positives an image; empty if no score keeps to that
 * @param one at {@link #ONE} false positive an image; empty if no score keeps to that
 * @param start at the score from which detections start a track: of a photo, unless it is looked at
 *     as a film's frame is
 */
public record ClassFigures(
    int images,
    int boxes,
    double leastIou,
    double averagePrecision,
    Optional<WorkingPoint> few,
    Optional<WorkingPoint> one,
    WorkingPoint start) {

  /** False positives an image at the stricter working point. */
  public static final double FEW = 0.1;

  /** False positives an image at the looser working point. */
  public static final double ONE = 1;

  /** The figures of a class. */
  static ClassFigures of(Scores scores, double leastIou, double startScore) {
    return new ClassFigures(
        scores.images(),
        scores.subjects().size(),
        leastIou,
        scores.averagePrecision(),
        scores.within(FEW),
        scores.within(ONE),
        scores.from(startScore));
  }
}
