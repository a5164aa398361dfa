package io.efface.track;

import io.efface.geometry.Box;
import io.efface.geometry.Similarity;

/**
 * A Kalman filter of a box: centre and size, each with constant velocity, noise in proportion to
 * the object's size as in SORT (arXiv 1602.00763), time in seconds. Works in steady coordinates,
 * see {@link CameraMotion}.
 */
final class Motion {
  /** Spread of an unknown velocity, in reference sizes a second: a face of 12 px may go 20. */
  private static final double FIRST_VELOCITY = 12;

  private static final double CENTRE_ACCELERATION = 2.5;
  private static final double SIZE_ACCELERATION = 0.7;

  /** Seconds in which a change of size fades: sizes do not go on growing unseen. */
  private static final double SIZE_FADE_SECONDS = 0.4;

  private final double floorPx;
  private final AxisFilter x;
  private final AxisFilter y;
  private final AxisFilter width;
  private final AxisFilter height;

  /**
   * Starts with a first box.
   *
   * @param box in steady coordinates
   * @param floorPx added to an object's size wherever motion is measured by it: hands and cameras
   *     move small objects by more than their size
   * @param velocityX best guess in pixels a second
   * @param velocityY best guess in pixels a second
   */
  Motion(Box box, double floorPx, double velocityX, double velocityY) {
    this.floorPx = floorPx;
    double size = size(box);
    double velocitySd = FIRST_VELOCITY * (size + floorPx);
    x = new AxisFilter(box.centreX(), velocityX, 0.1 * size, velocitySd);
    y = new AxisFilter(box.centreY(), velocityY, 0.1 * size, velocitySd);
    width = new AxisFilter(box.width(), 0, 0.1 * size, size);
    height = new AxisFilter(box.height(), 0, 0.1 * size, size);
  }

  /** Side of the square of the same area, at least 2 px. */
  static double size(Box box) {
    return Math.max(2, Math.sqrt(box.area()));
  }

  /** Moves on by {@code dt} seconds. */
  void predict(double dt) {
    double size = size(box());
    double keepSize = Math.exp(-dt / SIZE_FADE_SECONDS);
    x.predict(dt, CENTRE_ACCELERATION * (size + floorPx), 1);
    y.predict(dt, CENTRE_ACCELERATION * (size + floorPx), 1);
    width.predict(dt, SIZE_ACCELERATION * size, keepSize);
    height.predict(dt, SIZE_ACCELERATION * size, keepSize);
  }

  /** Takes in a detection; one of low score is trusted less (NSA Kalman, arXiv 2107.11228). */
  void update(Box box, double score) {
    double sd = (0.04 + 0.08 * (1 - score)) * size(box);
    x.update(box.centreX(), sd);
    y.update(box.centreY(), sd);
    width.update(box.width(), 1.5 * sd);
    height.update(box.height(), 1.5 * sd);
  }

  /** Goes over to steady coordinates that have moved. */
  void move(Similarity movement) {
    double scale = movement.scale();
    double vx = movement.a() * x.velocity() - movement.b() * y.velocity();
    double vy = movement.b() * x.velocity() + movement.a() * y.velocity();
    double newX = movement.x(x.position(), y.position());
    double newY = movement.y(x.position(), y.position());
    x.move(newX, vx, scale);
    y.move(newY, vy, scale);
    width.move(scale * width.position(), scale * width.velocity(), scale);
    height.move(scale * height.position(), scale * height.velocity(), scale);
  }

  /** The box now. */
  Box box() {
    return Box.around(
        x.position(), y.position(), Math.max(1, width.position()), Math.max(1, height.position()));
  }

  double velocityX() {
    return x.velocity();
  }

  double velocityY() {
    return y.velocity();
  }

  /** Standard deviation of the centre in pixels. */
  double centreSd() {
    return Math.max(x.positionSd(), y.positionSd());
  }

  /** Pixels added to sizes. */
  double floorPx() {
    return floorPx;
  }
}
