package io.efface.detect;

import io.efface.geometry.Orientation;
import io.efface.media.VideoFrame;
import java.util.ArrayList;
import java.util.List;

/**
 * A careful look at a picture that is seen only once, where a film would be seen ten times a
 * second. The network sees it as it is and mirrored, and what both say counts (test-time
 * augmentation, as in VGG, arXiv 1409.1556); each candidate is refined twice. Then it is turned on
 * its sides and upside down, for heads that are so, and for a photo that was taken so.
 */
final class Scrutiny {
  /** What a look counts for that did not find an object: the least score that it reports. */
  private static final double ABSENT = LooksDetector.CANDIDATE_SCORE;

  /**
   * Longer side of a turned face that counts in an upright picture, in longer sides of the picture
   * and in pixels. Of smaller ones, most that are found in turned pictures are none.
   */
  private static final double TURNED_SHARE = 0.08;

  private static final double TURNED_PX = 64;

  /** How many times the upright picture's sum another has to be, and how much more than that. */
  private static final double TURNED_TIMES = 1.5;

  private static final double TURNED_MORE = 1;

  private final List<OnnxDetector> scales;
  private final Refiner refiner;
  private final boolean either;
  private final List<Orientation> turns;

  /**
   * A look with the given networks.
   *
   * @param scales the finest first; borrowed
   * @param refiner borrowed
   * @param either whether what one of the plain and the mirrored look says counts in full, where
   *     more is to be found at any cost; else what both say
   * @param turns how the picture is turned to look for faces
   */
  Scrutiny(List<OnnxDetector> scales, Refiner refiner, boolean either, List<Orientation> turns) {
    this.scales = scales;
    this.refiner = refiner;
    this.either = either;
    this.turns = turns;
  }

  /** What the picture shows, best score first. */
  List<Detection> look(VideoFrame frame) {
    List<Detection> upright = bothWays(frame, Orientation.UPRIGHT);
    List<Detection> turned = new ArrayList<>();
    Orientation up = Orientation.UPRIGHT;
    double most = TURNED_TIMES * Turns.sure(upright) + TURNED_MORE;
    for (Orientation view : turns) {
      List<Detection> found = Turns.faces(frame, view, scales, refiner);
      turned.addAll(found);
      if (Turns.sure(found) > most) {
        most = Turns.sure(found);
        up = view;
      }
    }
    double side = frame.longerSide();
    double large = Math.max(TURNED_PX, TURNED_SHARE * side);
    turned.removeIf(d -> d.box().longerSide() < large);
    List<Detection> all = new ArrayList<>();
    if (up == Orientation.UPRIGHT) {
      all.addAll(upright);
    } else {
      all.addAll(bothWays(frame, up));
      turned.addAll(upright);
    }
    for (Detection d : turned) {
      all.add(new Detection(d.label(), d.box(), Turns.TRUST * d.score()));
    }
    return LooksDetector.suppressed(all);
  }

  private List<Detection> bothWays(VideoFrame frame, Orientation view) {
    List<Detection> mirrored = found(frame, view.then(Orientation.FLIPPED_HORIZONTALLY));
    List<Detection> plain = found(frame, view);
    List<Detection> all = new ArrayList<>(plain);
    all.addAll(mirrored);
    List<Detection> candidates = new ArrayList<>();
    for (Detection d : LooksDetector.suppressed(all)) {
      double score = either ? d.score() : Math.sqrt(seen(d, plain) * seen(d, mirrored));
      candidates.add(new Detection(d.label(), d.box(), score));
    }
    return LooksDetector.suppressed(refiner.refineTwice(candidates, scales.get(0).picture()));
  }

  private List<Detection> found(VideoFrame frame, Orientation view) {
    List<Detection> found = new ArrayList<>();
    for (OnnxDetector scale : scales) {
      found.addAll(scale.detect(frame, view));
    }
    return found;
  }

  /** The score with which one of these looks found an object. */
  private static double seen(Detection object, List<Detection> look) {
    double seen = ABSENT;
    for (Detection detection : look) {
      if (LooksDetector.same(object, detection)) {
        seen = Math.max(seen, detection.score());
      }
    }
    return Math.min(seen, object.score());
  }
}
