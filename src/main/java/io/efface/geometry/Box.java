package io.efface.geometry;

/**
 * An axis-aligned rectangle in pixels, half-open: it covers {@code left <= x < right} and {@code
 * top <= y < bottom}, origin at the picture's top left corner. Coordinates may be fractional and
 * may lie outside the picture; sides are never negative.
 *
 * @param left smallest x
 * @param top smallest y
 * @param right first x beyond the box, at least {@code left}
 * @param bottom first y beyond the box, at least {@code top}
 */
public record Box(double left, double top, double right, double bottom) {

  /** Checks that the coordinates are finite and in order. */
  public Box {
    if (!(Double.isFinite(left)
        && Double.isFinite(top)
        && Double.isFinite(right)
        && Double.isFinite(bottom))) {
      throw new IllegalArgumentException(
          "box coordinates must be finite: " + left + "," + top + "," + right + "," + bottom);
    }
    if (right < left || bottom < top) {
      throw new IllegalArgumentException(
          "box is inside out: " + left + "," + top + "," + right + "," + bottom);
    }
  }

  /** The box with its top left corner at {@code (x, y)} and the given size in pixels. */
  public static Box ofSize(double x, double y, double width, double height) {
    return new Box(x, y, x + width, y + height);
  }

  /** The box of the given size in pixels around a centre. */
  public static Box around(double centreX, double centreY, double width, double height) {
    return ofSize(centreX - width / 2, centreY - height / 2, width, height);
  }

  /** Width in pixels. */
  public double width() {
    return right - left;
  }

  /** Height in pixels. */
  public double height() {
    return bottom - top;
  }

  /** The longer of width and height, in pixels. */
  public double longerSide() {
    return Math.max(width(), height());
  }

  /** Centre, horizontally. */
  public double centreX() {
    return (left + right) / 2;
  }

  /** Centre, vertically. */
  public double centreY() {
    return (top + bottom) / 2;
  }

  /** Area in square pixels. */
  public double area() {
    return width() * height();
  }

  /** Whether the box covers nothing. */
  public boolean isEmpty() {
    return right <= left || bottom <= top;
  }

  /** The common part, or an empty box where the two do not overlap. */
  public Box intersect(Box other) {
    double l = Math.max(left, other.left);
    double t = Math.max(top, other.top);
    return new Box(
        l,
        t,
        Math.max(l, Math.min(right, other.right)),
        Math.max(t, Math.min(bottom, other.bottom)));
  }

  /** The smallest box that holds both. */
  public Box hull(Box other) {
    return new Box(
        Math.min(left, other.left),
        Math.min(top, other.top),
        Math.max(right, other.right),
        Math.max(bottom, other.bottom));
  }

  /** Intersection over union, 0 to 1; 0 where either is empty. */
  public double iou(Box other) {
    double shared = intersect(other).area();
    double union = area() + other.area() - shared;
    return union > 0 ? shared / union : 0;
  }

  /**
   * The box grown on each side by {@code dx} and {@code dy} pixels; a negative growth stops at the
   * centre.
   */
  public Box grow(double dx, double dy) {
    double x = Math.max(dx, -width() / 2);
    double y = Math.max(dy, -height() / 2);
    return new Box(left - x, top - y, right + x, bottom + y);
  }

  /** The box moved by {@code (dx, dy)} pixels. */
  public Box translate(double dx, double dy) {
    return new Box(left + dx, top + dy, right + dx, bottom + dy);
  }

  /** The part of the box inside a picture of the given size. */
  public Box clip(double pictureWidth, double pictureHeight) {
    return intersect(new Box(0, 0, pictureWidth, pictureHeight));
  }

  /** The smallest box with whole-number coordinates that holds this one. */
  public Box roundOut() {
    return new Box(Math.floor(left), Math.floor(top), Math.ceil(right), Math.ceil(bottom));
  }

  /** Linear interpolation: this box at {@code share} 0, {@code other} at 1; extrapolates beyond. */
  public Box lerp(Box other, double share) {
    double cx = centreX() + (other.centreX() - centreX()) * share;
    double cy = centreY() + (other.centreY() - centreY()) * share;
    double w = Math.max(0, width() + (other.width() - width()) * share);
    double h = Math.max(0, height() + (other.height() - height()) * share);
    return around(cx, cy, w, h);
  }
}
