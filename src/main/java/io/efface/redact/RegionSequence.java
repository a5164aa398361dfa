package io.efface.redact;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.geometry.Polygon;
import java.util.HashMap;
import java.util.Map;

/**
 * Plans a film's regions frame after frame, so that none flickers: a region grows at once and
 * shrinks by at most {@value #MOST_SHRINKING} of its side a frame. It stays around its object's
 * centre and always holds what {@link RegionPlanner#plan} alone would destroy.
 *
 * <p>The result follows from the tracks' boxes alone, so rendering, replaying and auditing a
 * manifest come to the same regions. Single-threaded; remembers the tracks of one frame.
 */
public final class RegionSequence {
  /** Largest loss of a side from one frame to the next: half in about 23 frames. */
  private static final double MOST_SHRINKING = 0.03;

  private final RegionPlanner planner;
  private Map<Integer, Box> before = new HashMap<>();
  private Map<Integer, Box> now = new HashMap<>();

  /** A sequence at its beginning. */
  public RegionSequence(RegionPlanner planner) {
    this.planner = planner;
  }

  /** Says that another frame begins; a track without a region in it is forgotten. */
  public void nextFrame() {
    Map<Integer, Box> spare = before;
    before = now;
    now = spare;
    now.clear();
  }

  /**
   * The region to destroy for an object of this frame; parameters as {@link RegionPlanner#plan}.
   */
  public Region plan(int track, Label label, Box object) {
    Box last = before.get(track);
    Box held = object;
    if (last != null) {
      double least = 1 - MOST_SHRINKING;
      held =
          Box.around(
              object.centreX(),
              object.centreY(),
              Math.max(object.width(), last.width() * least),
              Math.max(object.height(), last.height() * least));
    }
    now.put(track, held);
    return planner.plan(track, label, held);
  }

  /** The region to destroy for a part of the picture; parameters as {@link RegionPlanner#zone}. */
  public Region zone(int number, Polygon outline) {
    return planner.zone(number, outline);
  }
}
