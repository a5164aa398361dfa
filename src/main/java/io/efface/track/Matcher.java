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

  /** Added to the cost of a detection where a chain was seen and should not be any more. */
  private static final double SEEN_COST = 0.2;

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
    Places found = new Places(frame.detections().subList(from, to));
    for (int row = 0; row < chains.size(); row++) {
      if (result[row] < 0) {
        consider(chains.get(row), row, predicted.get(row), frame, found, candidates);
      }
    }
    int[] pairs = Assignment.solve(chains.size(), to - from, candidates, ALONE);
    for (int row = 0; row < pairs.length; row++) {
      if (pairs[row] >= 0) {
        result[row] = from + pairs[row];
      }
    }
  }

  /** Adds what a chain may go on with. */
  private static void consider(
      Chain chain, int row, Box predicted, Frame frame, Places found, List<Candidate> candidates) {
    double floorPx = chain.motion().floorPx();
    int column = found.nextInReach(0, predicted, floorPx);
    while (column < found.count()) {
      Detection detection = found.detections.get(column);
      if (chain.label() == detection.label()) {
        double cost = cost(chain, predicted, frame, detection);
        if (cost < ALONE) {
          candidates.add(new Candidate(row, column, cost));
        }
      }
      column = found.nextInReach(column + 1, predicted, floorPx);
    }
    if (chain.isAtRest() && frame.seconds() - chain.last().frame().seconds() <= LOST_SECONDS) {
      considerWhereSeen(chain, row, predicted, frame, found, candidates);
    }
  }

  /**
   * Adds what lies where a chain that is at rest was last seen in the picture: what passes close to
   * the camera may be taken for a movement of the camera.
   */
  private static void considerWhereSeen(
      Chain chain, int row, Box predicted, Frame frame, Places found, List<Candidate> candidates) {
    Box seen = chain.last().seen();
    double reference = Motion.size(seen) + chain.motion().floorPx();
    for (int column = found.nextInReach(0, seen, 0);
        column < found.count();
        column = found.nextInReach(column + 1, seen, 0)) {
      Detection detection = found.detections.get(column);
      if (chain.label() == detection.label()
          && detection.box().iou(seen) >= OVERLAP_IOU
          && cost(chain, predicted, frame, detection) >= ALONE) {
        Box box = detection.box();
        double distance =
            Math.hypot(box.centreX() - seen.centreX(), box.centreY() - seen.centreY());
        candidates.add(new Candidate(row, column, distance / reference + SEEN_COST));
      }
    }
  }

  /** Where detections are and how large: of hundreds in a crowd, few are near any one chain. */
  private static final class Places {
    private final List<Detection> detections;
    private final double[] xs;
    private final double[] ys;
    private final double[] sizes;

    Places(List<Detection> detections) {
      this.detections = detections;
      int count = detections.size();
      xs = new double[count];
      ys = new double[count];
      sizes = new double[count];
      for (int i = 0; i < count; i++) {
        Box box = detections.get(i).box();
        xs[i] = box.centreX();
        ys[i] = box.centreY();
        sizes[i] = Motion.size(box);
      }
    }

    int count() {
      return xs.length;
    }

    /** The first from a column on that is near enough to be worth more thought, or the count. */
    int nextInReach(int first, Box predicted, double floorPx) {
      double x = predicted.centreX();
      double y = predicted.centreY();
      double size = Motion.size(predicted);
      for (int i = first; i < xs.length; i++) {
        double reach = FARTHEST * ((size + sizes[i]) / 2 + floorPx);
        if (Math.abs(xs[i] - x) <= reach && Math.abs(ys[i] - y) <= reach) {
          return i;
        }
      }
      return xs.length;
    }
  }

  /** Distance in sizes and difference in shape; infinite where it cannot be the same object. */
  private static double cost(Chain chain, Box predicted, Frame frame, Detection detection) {
    Box box = detection.box();
    double size = (Motion.size(predicted) + Motion.size(box)) / 2;
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
