package io.efface.track;

import io.efface.geometry.Box;
import io.efface.track.FrameWindow.Frame;
import java.util.ArrayList;
import java.util.List;

/** The frames between two detections of one object. */
final class Gap {
  /** Longest gap that is covered both as the camera seems to have moved and as if it had not. */
  private static final double LONGEST_STEP_SECONDS = 0.3;

  /** Growth on each side inside a gap, in sizes a second from the nearer end. */
  private static final double GROWTH_STILL = 0.12;

  private static final double GROWTH_MOVING = 0.3;
  private static final double LARGEST_GROWTH = 0.3;

  private Gap() {}

  /**
   * Where the object is in between: on a straight line in steady coordinates, in boxes that are the
   * larger the further away the ends are.
   *
   * @param between the frames, in order
   * @return a node for each
   */
  static List<Node> filled(Node from, Node to, List<Frame> between) {
    double length = to.frame().seconds() - from.frame().seconds();
    double size = Math.max(Motion.size(from.steady()), Motion.size(to.steady()));
    double path =
        Math.hypot(
            to.steady().centreX() - from.steady().centreX(),
            to.steady().centreY() - from.steady().centreY());
    double speed = Math.min(1, path / length / size);
    double growth = GROWTH_STILL + GROWTH_MOVING * speed;
    boolean rests = Way.isRest(from, to);
    List<Node> nodes = new ArrayList<>(between.size());
    for (Frame frame : between) {
      double since = frame.seconds() - from.frame().seconds();
      double blur = Math.min(LARGEST_GROWTH, growth * Math.min(since, length - since));
      Box box = from.steady().lerp(to.steady(), since / length).grow(blur * size, blur * size);
      if (rests && length <= LONGEST_STEP_SECONDS) {
        // Something large that passed may have been taken for the camera.
        box = box.hull(frame.steady(from.seen().lerp(to.seen(), since / length)));
      }
      nodes.add(new Node(frame, box, 0, TrackPoint.Origin.INTERPOLATED));
    }
    return nodes;
  }
}
