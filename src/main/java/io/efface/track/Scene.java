package io.efface.track;

import io.efface.detect.Label;
import io.efface.geometry.Box;

/**
 * The picture in which objects are followed.
 *
 * @param width of the upright picture in pixels
 * @param height of the upright picture in pixels
 * @param shrink pixels of the picture that become one of the detector's input, from 1
 */
record Scene(int width, int height, double shrink) {
  /** Added to an object's size in motion, as a share of the picture's diagonal. */
  private static final double FLOOR_SHARE = 0.005;

  /** How near to the picture's edge a box that is cut off by it ends, in sides of the picture. */
  private static final double EDGE_SHARE = 0.01;

  /** The picture as a detector sees it whose input's longest side is {@code detectSize}. */
  static Scene seenAt(int detectSize, int width, int height) {
    return new Scene(width, height, Math.max(1, (double) Math.max(width, height) / detectSize));
  }

  /** Added to an object's size in motion, in pixels. */
  double floorPx() {
    return FLOOR_SHARE * Math.hypot(width, height);
  }

  /** Which heights of a class of objects are large. */
  SizeGrade grade(Label label) {
    return SizeGrade.of(label, shrink);
  }

  /** Whether an object goes on beyond the picture's edge. */
  boolean cutsOff(Box box) {
    return box.left() <= EDGE_SHARE * width
        || box.top() <= EDGE_SHARE * height
        || box.right() >= (1 - EDGE_SHARE) * width
        || box.bottom() >= (1 - EDGE_SHARE) * height;
  }
}
