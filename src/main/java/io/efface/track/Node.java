package io.efface.track;

import io.efface.geometry.Box;
import io.efface.geometry.Similarity;
import io.efface.track.FrameWindow.Frame;
import java.util.Arrays;
import java.util.List;

/**
 * A chain's box in one frame, before it is smoothed.
 *
 * @param frame the frame
 * @param steady the box in steady coordinates, see {@link CameraMotion}
 * @param score of the detection, 0 between detections
 * @param origin detected or interpolated
 */
record Node(Frame frame, Box steady, double score, TrackPoint.Origin origin) {
  /** Boxes on each side that have a say in a frame's box. */
  private static final int REACH = 2;

  /** The same in seconds: where frames are rare, neighbours know little. */
  private static final double REACH_SECONDS = 0.2;

  /** A node of a box in the picture. */
  static Node of(Frame frame, Box box, double score, TrackPoint.Origin origin) {
    return new Node(frame, frame.steady(box), score, origin);
  }

  /** Where it was in the picture. */
  Box seen() {
    return frame.camera().apply(steady);
  }

  /** The same node for steady coordinates that have moved. */
  Node moved(Similarity movement) {
    return new Node(frame.moved(movement), movement.apply(steady), score, origin);
  }

  /**
   * The hull of a node's own box and of what its neighbours, moved along, say together. Their say
   * is a robust line through each edge, so that up to two boxes of five that are far too small cost
   * no coverage, and a steady box hardly grows.
   *
   * @param nodes of consecutive frames
   * @param index which of them
   * @return the box in steady coordinates
   */
  static Box smooth(List<Node> nodes, int index) {
    Node node = nodes.get(index);
    int from = Math.max(0, Math.min(index - REACH, nodes.size() - 2 * REACH - 1));
    int to = Math.min(nodes.size(), from + 2 * REACH + 1);
    double now = node.frame().seconds();
    while (now - nodes.get(from).frame().seconds() > REACH_SECONDS) {
      from++;
    }
    while (nodes.get(to - 1).frame().seconds() - now > REACH_SECONDS) {
      to--;
    }
    if (to - from < 3) {
      return node.steady();
    }
    double[][] edges = new double[4][to - from];
    double[] times = new double[to - from];
    for (int i = from; i < to; i++) {
      Box box = nodes.get(i).steady();
      times[i - from] = nodes.get(i).frame().seconds() - now;
      edges[0][i - from] = box.left();
      edges[1][i - from] = box.top();
      edges[2][i - from] = box.right();
      edges[3][i - from] = box.bottom();
    }
    double[] at = new double[4];
    Arrays.setAll(at, i -> RobustLine.fit(times, edges[i]).value());
    return at[2] < at[0] || at[3] < at[1]
        ? node.steady()
        : node.steady().hull(new Box(at[0], at[1], at[2], at[3]));
  }
}
