package io.efface.track;

import io.efface.geometry.Box;
import java.util.List;
import java.util.Optional;

/** What is to be thought of the way from one detection of a chain to the next. */
final class Way {
  /** Overlap, in the picture, of what is at rest there from one detection to the next. */
  private static final double REST_IOU = 0.3;

  private Way() {}

  /** Whether both lie in one place of the picture, whatever the camera did. */
  static boolean isRest(Node from, Node to) {
    return from.seen().iou(to.seen()) >= REST_IOU;
  }

  /**
   * Whether the two do not overlap by any account of what was between, so that they may be two
   * objects.
   *
   * @param predicted where motion would have had the object, in steady coordinates
   */
  static boolean isJump(Node from, Node to, Optional<Box> predicted) {
    return from.seen().iou(to.seen()) == 0
        && from.steady().iou(to.steady()) == 0
        && predicted.map(box -> box.iou(to.steady()) == 0).orElse(true);
  }

  /**
   * Whether a detection lies where the way between the last two leads to, rather than at its end.
   *
   * @param nodes of consecutive frames, the last of them detected
   */
  static boolean goesOn(List<Node> nodes, Node next) {
    int at = nodes.size() - 2;
    while (at >= 0 && nodes.get(at).origin() != TrackPoint.Origin.DETECTED) {
      at--;
    }
    if (at < 0) {
      return false;
    }
    Node from = nodes.get(at);
    Node to = nodes.get(nodes.size() - 1);
    double times =
        (next.frame().seconds() - to.frame().seconds())
            / (to.frame().seconds() - from.frame().seconds());
    Box there =
        to.steady()
            .translate(
                times * (to.steady().centreX() - from.steady().centreX()),
                times * (to.steady().centreY() - from.steady().centreY()));
    return there.iou(next.steady()) > to.steady().iou(next.steady());
  }
}
