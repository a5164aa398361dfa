package io.efface.eval;

import io.efface.detect.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * Matches the detections of one class with the truth, picture by picture. In each picture the best
 * score chooses first, each the box that it overlaps most among those not yet taken and overlapped
 * enough. A match with an ignored box neither counts nor punishes; a detection without a match is
 * forgiven if at least half of its own area lies in one ignored box, else it is a false positive.
 *
 * <p>Of detections with the same score the one that was given first comes first.
 */
public final class StillScorer {
  /** Share of a detection's area within an ignored box from which it is no false positive. */
  private static final double FORGIVEN = 0.5;

  private final double leastIou;
  private final double minHeight;
  private final List<Scores.Call> calls = new ArrayList<>();
  private final List<Scores.Subject> subjects = new ArrayList<>();
  private int images;

  /**
   * A scorer without pictures.
   *
   * @param leastIou intersection over union from which a detection finds a box, above 0 to 1
   * @param minHeight rows below which a box is ignored
   */
  public StillScorer(double leastIou, double minHeight) {
    if (!(leastIou > 0 && leastIou <= 1)) {
      throw new IllegalArgumentException("intersection over union " + leastIou);
    }
    this.leastIou = leastIou;
    this.minHeight = minHeight;
  }

  /**
   * Adds a picture.
   *
   * @param truth all boxes of the class
   * @param detections all detections of the class, in any order
   */
  public void add(List<TruthBox> truth, List<Detection> detections) {
    images++;
    boolean[] ignored = new boolean[truth.size()];
    for (int i = 0; i < ignored.length; i++) {
      ignored[i] = truth.get(i).ignored() || truth.get(i).height() < minHeight;
    }
    boolean[] taken = new boolean[truth.size()];
    double[] foundAt = new double[truth.size()];
    List<Detection> bestFirst = new ArrayList<>(detections);
    bestFirst.sort(Comparator.comparingDouble(Detection::score).reversed());
    for (Detection detection : bestFirst) {
      OptionalInt match = match(detection, truth, taken);
      if (match.isPresent()) {
        int i = match.getAsInt();
        taken[i] = true;
        if (!ignored[i]) {
          calls.add(new Scores.Call(detection.score(), true));
          foundAt[i] = detection.score();
        }
      } else if (!isForgiven(detection, truth, ignored)) {
        calls.add(new Scores.Call(detection.score(), false));
      }
    }
    for (int i = 0; i < ignored.length; i++) {
      if (!ignored[i]) {
        subjects.add(
            new Scores.Subject(truth.get(i).height(), truth.get(i).grades(), taken[i], foundAt[i]));
      }
    }
  }

  private OptionalInt match(Detection detection, List<TruthBox> truth, boolean[] taken) {
    OptionalInt best = OptionalInt.empty();
    double most = 0;
    for (int i = 0; i < taken.length; i++) {
      double iou = taken[i] ? 0 : detection.box().iou(truth.get(i).box());
      if (iou >= leastIou && iou > most) {
        best = OptionalInt.of(i);
        most = iou;
      }
    }
    return best;
  }

  private static boolean isForgiven(Detection detection, List<TruthBox> truth, boolean[] ignored) {
    for (int i = 0; i < ignored.length; i++) {
      double shared = detection.box().intersect(truth.get(i).box()).area();
      if (ignored[i] && shared > 0 && shared >= FORGIVEN * detection.box().area()) {
        return true;
      }
    }
    return false;
  }

  /**
   * The figures of the pictures so far.
   *
   * @param startScore from which on detections start a track
   */
  public ClassFigures figures(double startScore) {
    return ClassFigures.of(scores(), leastIou, startScore);
  }

  /** What came of the pictures so far. */
  Scores scores() {
    return new Scores(images, calls, subjects);
  }
}
