package io.efface.audit;

import io.efface.detect.Detection;
import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.media.VideoFrame;
import io.efface.redact.Region;
import io.efface.report.Residual;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Looks for objects in a finished file with the detector, and lists those outside the planned
 * regions, and those that can still be made out through a fill. It is shown a frame every {@value
 * ResidueStage#INTERVAL_SECONDS} seconds: the same detector has looked through the input already,
 * so this finds what was left out by the tracks or laid bare by the rendering, which as a rule
 * lasts. A photo is looked at as carefully as its input was. Single-threaded.
 */
final class ResidueAudit {
  /** The share of a detection that must lie in a region to be its remains and not an object. */
  private static final double INSIDE = 0.5;

  /** Places looked at along each side of a detection to tell how much of it lies in a region. */
  private static final int PLACES_A_SIDE = 16;

  /** How much two detections of neighbouring looks must overlap to be one object. */
  private static final double SAME = 0.2;

  /**
   * How much a detection and a destroyed object must overlap for it to be seen through its fill.
   */
  private static final double THROUGH = 0.4;

  /**
   * From which score on it is: by what is around it, a detector may take an honest fill for the
   * face that was there.
   */
  private static final double THROUGH_SCORE = 0.85;

  private static final int MOST_RESIDUALS = 200;

  private final OutputAudit.Residue residue;
  private final List<Seen> open = new ArrayList<>();
  private final List<Residual> residuals = new ArrayList<>();
  private long looks;

  /**
   * What a detection may be, other than what is left.
   *
   * @param destroyed regions that were filled
   * @param covered objects of which the fill of their region shows nothing
   * @param kept objects that are to stay, in pixels of the upright picture
   */
  record Plan(List<Region> destroyed, List<Covered> covered, List<Box> kept) {
    static final Plan NONE = new Plan(List.of(), List.of(), List.of());
  }

  /**
   * An object of which nothing may be seen.
   *
   * @param box its own, without any margin, in pixels of the upright picture
   */
  record Covered(Label label, Box box) {}

  private static final class Seen {
    private final Label label;
    private final double first;
    private double last;
    private Box box;
    private Box hull;
    private double score;

    Seen(Detection detection, double seconds) {
      label = detection.label();
      first = seconds;
      last = seconds;
      box = detection.box();
      hull = box;
      score = detection.score();
    }

    private Residual residual() {
      return new Residual(label, first, last, hull, score);
    }
  }

  /** An audit of one file. */
  ResidueAudit(OutputAudit.Residue residue) {
    this.residue = residue;
  }

  /** How many frames were looked at. */
  long looks() {
    return looks;
  }

  /**
   * Looks at a frame.
   *
   * @param frame borrowed for the call
   * @param photo whether the file shows nothing else, so that there is one look at it
   */
  void look(VideoFrame frame, boolean photo, Plan plan) {
    double seconds = frame.seconds();
    looks++;
    List<Seen> continued = new ArrayList<>();
    List<Detection> found =
        photo ? residue.detector().scrutinise(frame) : residue.detector().detect(frame);
    Map<Label, Double> scores = photo ? residue.photos() : residue.films();
    for (Detection detection : found) {
      if (detection.score() >= leastScore(detection, scores) && !isExpected(detection, plan)) {
        continued.add(join(detection, seconds));
      }
    }
    for (Seen seen : open) {
      close(seen);
    }
    open.clear();
    open.addAll(continued);
  }

  private static double leastScore(Detection detection, Map<Label, Double> scores) {
    Box box = detection.box();
    double score = scores.getOrDefault(detection.label(), Double.MAX_VALUE);
    return detection.label().isUprightPlate(box.width(), box.height())
        ? Label.UPRIGHT_SCORE_TIMES * score
        : score;
  }

  private static boolean isExpected(Detection detection, Plan plan) {
    Box box = detection.box();
    if (plan.kept().stream().anyMatch(one -> one.intersect(box).area() >= INSIDE * box.area())) {
      return true;
    }
    boolean through =
        detection.score() >= THROUGH_SCORE
            && plan.covered().stream()
                .anyMatch(one -> one.label() == detection.label() && one.box().iou(box) >= THROUGH);
    return !through && plan.destroyed().stream().anyMatch(region -> share(region, box) >= INSIDE);
  }

  /** The share of a box that lies in a region's own shape: a corner of its box is not destroyed. */
  private static double share(Region region, Box box) {
    if (region.outline().isPresent()) {
      return region.outline().get().shareOf(box);
    }
    CellGrid places = new CellGrid(box, PLACES_A_SIDE, PLACES_A_SIDE);
    int inside = 0;
    for (boolean place : places.inside(region.shape(), region.box())) {
      inside += place ? 1 : 0;
    }
    return (double) inside / places.size();
  }

  private Seen join(Detection detection, double seconds) {
    for (Iterator<Seen> it = open.iterator(); it.hasNext(); ) {
      Seen seen = it.next();
      if (seen.label == detection.label() && seen.box.iou(detection.box()) >= SAME) {
        it.remove();
        seen.last = seconds;
        seen.box = detection.box();
        seen.hull = seen.hull.hull(seen.box);
        seen.score = Math.max(seen.score, detection.score());
        return seen;
      }
    }
    return new Seen(detection, seconds);
  }

  private void close(Seen seen) {
    if (residuals.size() < MOST_RESIDUALS) {
      residuals.add(seen.residual());
    }
  }

  /** What was found, at most {@value #MOST_RESIDUALS}. */
  List<Residual> finish() {
    open.forEach(this::close);
    open.clear();
    return List.copyOf(residuals);
  }
}
