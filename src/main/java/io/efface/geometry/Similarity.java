package io.efface.geometry;

/**
 * A movement of the whole picture that keeps shapes: it turns, scales and shifts. A point {@code
 * (x, y)} goes to {@code (a x - b y + dx, b x + a y + dy)}.
 *
 * @param a cosine of the turn times the scale
 * @param b sine of the turn times the scale
 * @param dx pixels to the right
 * @param dy pixels down
 */
public record Similarity(double a, double b, double dx, double dy) {

  /** Leaves everything where it is. */
  public static final Similarity IDENTITY = new Similarity(1, 0, 0, 0);

  /** Checks that the numbers are finite and that the scale is not 0. */
  public Similarity {
    if (!(Double.isFinite(a + b + dx + dy) && a * a + b * b > 0)) {
      throw new IllegalArgumentException("movement by " + a + "," + b + "," + dx + "," + dy);
    }
  }

  /** A shift in pixels. */
  public static Similarity shift(double dx, double dy) {
    return new Similarity(1, 0, dx, dy);
  }

  /** How many times as large things become. */
  public double scale() {
    return Math.hypot(a, b);
  }

  /** Where a point goes, horizontally. */
  public double x(double x, double y) {
    return a * x - b * y + dx;
  }

  /** Where a point goes, vertically. */
  public double y(double x, double y) {
    return b * x + a * y + dy;
  }

  /**
   * Moves a box: its centre goes where it belongs and its sides are scaled, but they stay upright,
   * as a detector's boxes do when the camera rolls a little.
   */
  public Box apply(Box box) {
    double scale = scale();
    return Box.around(
        x(box.centreX(), box.centreY()),
        y(box.centreX(), box.centreY()),
        scale * box.width(),
        scale * box.height());
  }

  /** The movement that does first the other and then this. */
  public Similarity after(Similarity first) {
    return new Similarity(
        a * first.a - b * first.b,
        b * first.a + a * first.b,
        x(first.dx, first.dy),
        y(first.dx, first.dy));
  }

  /** The movement back. */
  public Similarity inverse() {
    double square = a * a + b * b;
    double backA = a / square;
    double backB = -b / square;
    return new Similarity(backA, backB, backB * dy - backA * dx, -backB * dx - backA * dy);
  }
}
