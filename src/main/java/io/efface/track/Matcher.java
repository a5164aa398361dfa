package io.efface.track;

import io.efface.detect.Detection;
import io.efface.geometry.Box;
import io.efface.geometry.Similarity;
import io.efface.track.Assignment.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decides which detection goes on which chain, in two rounds as ByteTrack (arXiv 2110.06864): the
 * confident detections first, then the others for the chains that are left. Nearness is the
 * distance of centres in object sizes, since small faces move by more than their size from frame to
 * frame and have no overlap to go by.
 */
final class Matcher {
  /** Cost of a chain that gets no detection, in the units of {@link #cost}. */
  private static final double ALONE = 2;

  /** Natural logarithm of the largest ratio of widths, or of heights, of one object. */
  private static final double LARGEST_LOG_RATIO = Math.log(2.2);

  private static final double OVERLAP_IOU = 0.3;

  /** A chain that missed detections for longer than this is matched near its prediction only. */
  private static final double LOST_SECONDS = 0.2;

  private static final double NEAREST = 0.6;
  private static final double FARTHEST = 2.5;
  private static final double FARTHEST_LOST = 1.2;
  private static final double LOW_SCORE_SHARE = 0.7;

  private Matcher() {}

  /** The detections of one frame, those that matter, best first. */
  record Frame(long number, double seconds, List<Detection> detections, double startScore) {}

  /**
   * Matches.
   *
   * @param chains with their motion predicted for the frame's time
   * @param camera from steady coordinates to the frame's picture
   * @return for each chain the index of its detection, or -1
   */
  static int[] match(List<Chain> chains, Frame frame, Similarity camera) {
    int[] result = new int[chains.size()];
    Arrays.fill(result, -1);
    if (frame.detections().isEmpty()) {
      return result;
    }
    List<Box> predicted = new ArrayList<>(chains.size());
    for (Chain chain : chains) {
      predicted.add(camera.apply(chain.motion().box()));
    }
    int confident = 0;
    List<Detection> detections = frame.detections();
    while (confident < detections.size()
        && detections.get(confident).score() >= frame.startScore()) {
      confident++;
    }
    round(chains, predicted, frame, 0, confident, result);
    round(chains, predicted, frame, confident, detections.size(), result);
    return result;
  }

  private static void round(
      List<Chain> chains, List<Box> predicted, Frame frame, int from, int to, int[] result) {
    List<Candidate> candidates = new ArrayList<>();
    for (int row = 0; row < chains.size(); row++) {
      if (result[row] >= 0) {
        continue;
      }
      Chain chain = chains.get(row);
      Box box = predicted.get(row);
      double floorPx = chain.motion().floorPx();
      for (int column = from; column < to; column++) {
        Detection detection = frame.detections().get(column);
        if (chain.label() == detection.label() && isInReach(box, detection.box(), floorPx)) {
          double cost = cost(chain, box, frame, detection);
          if (cost < ALONE) {
            candidates.add(new Candidate(row, column - from, cost));
          }
        }
      }
    }
    int[] pairs = Assignment.solve(chains.size(), to - from, candidates, ALONE);
    for (int row = 0; row < pairs.length; row++) {
      if (pairs[row] >= 0) {
        result[row] = from + pairs[row];
      }
    }
  }

  /** Whether a detection is near enough to be worth more thought. */
  private static boolean isInReach(Box predicted, Box box, double floorPx) {
    double reach = FARTHEST * (size(predicted, box) + floorPx);
    return Math.abs(box.centreX() - predicted.centreX()) <= reach
        && Math.abs(box.centreY() - predicted.centreY()) <= reach;
  }

  private static double size(Box predicted, Box box) {
    return (Motion.size(predicted) + Motion.size(box)) / 2;
  }

  /** Distance in sizes and difference in shape; infinite where it cannot be the same object. */
  private static double cost(Chain chain, Box predicted, Frame frame, Detection detection) {
    Box box = detection.box();
    double size = size(predicted, box);
    double reference = size + chain.motion().floorPx();
    double distance =
        Math.hypot(box.centreX() - predicted.centreX(), box.centreY() - predicted.centreY());
    double wider = Math.abs(Math.log(box.width() / predicted.width()));
    double taller = Math.abs(Math.log(box.height() / predicted.height()));
    double missed = frame.seconds() - chain.last().frame().seconds();
    boolean lost = missed > LOST_SECONDS && frame.number() - chain.last().frame().number() > 1;
    double gate =
        Math.min(
            NEAREST * size + 2 * chain.motion().centreSd(),
            (lost ? FARTHEST_LOST : FARTHEST) * reference);
    if (detection.score() < frame.startScore()) {
      gate *= LOW_SCORE_SHARE;
    }
    boolean near = distance <= gate && wider <= LARGEST_LOG_RATIO && taller <= LARGEST_LOG_RATIO;
    if (!near && box.iou(predicted) < OVERLAP_IOU) {
      return Double.POSITIVE_INFINITY;
    }
    return distance / reference
        + 0.5 * (Math.min(1, wider) + Math.min(1, taller))
        + 0.2 * Math.min(1, missed)
        + (chain.counted() ? 0 : 0.2);
  }
}
