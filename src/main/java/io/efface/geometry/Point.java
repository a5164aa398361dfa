package io.efface.geometry;

/**
 * A place in a picture, in pixels from its top left corner; may lie outside the picture.
 *
 * @param x to the right
 * @param y down
 */
public record Point(double x, double y) {

  /** Checks that the coordinates are finite. */
  public Point {
    if (!Double.isFinite(x) || !Double.isFinite(y)) {
      throw new IllegalArgumentException("a point's coordinates must be finite: " + x + "," + y);
    }
  }
}
