package io.efface.track;

import java.util.List;

/**
 * The motion that all objects share, as an offset in pixels that adds up from frame to frame: what
 * most tracks did beyond their own prediction is the camera's doing. Positions with the offset
 * taken away ("steady coordinates") let an unseen object go on with the camera, through a pan as
 * well as through shake. Only changes of the offset mean anything.
 */
final class CameraMotion {
  /** Fewer tracks than these say nothing about the camera. */
  private static final int FEWEST = 3;

  private static final double AGREEING_SHARE = 0.6;
  private static final double LEARN_SECONDS = 0.15;

  /** How fast a pan is forgotten when no tracks tell of it any more. */
  private static final double FORGET_SECONDS = 0.3;

  private double x;
  private double y;
  private double velocityX;
  private double velocityY;

  /**
   * By how much an object was found off its prediction.
   *
   * @param dx pixels
   * @param dy pixels
   * @param tolerancePx difference from the common motion that the object's own may make
   */
  record Surprise(double dx, double dy, double tolerancePx) {}

  /** What most surprises agree on, in pixels; (0, 0) where there is no such thing. */
  record Shift(double dx, double dy, boolean known) {
    private static final Shift UNKNOWN = new Shift(0, 0, false);

    static Shift of(List<Surprise> surprises) {
      if (surprises.size() < FEWEST) {
        return UNKNOWN;
      }
      double dx = RobustLine.median(surprises.stream().mapToDouble(Surprise::dx).toArray());
      double dy = RobustLine.median(surprises.stream().mapToDouble(Surprise::dy).toArray());
      long agreeing =
          surprises.stream()
              .filter(s -> Math.hypot(s.dx() - dx, s.dy() - dy) <= s.tolerancePx())
              .count();
      if (agreeing < AGREEING_SHARE * surprises.size()) {
        return UNKNOWN;
      }
      return new Shift(dx, dy, true);
    }
  }

  /** Moves on by {@code dt} seconds, first as before. */
  void predict(double dt) {
    x += velocityX * dt;
    y += velocityY * dt;
  }

  /** Corrects the offset of a frame that came {@code dt} seconds after the one before. */
  void correct(Shift shift, double dt) {
    if (shift.known()) {
      x += shift.dx();
      y += shift.dy();
      // The prediction held velocity * dt already, so the shift is the velocity's error.
      double gain = 1 - Math.exp(-dt / LEARN_SECONDS);
      velocityX += gain * shift.dx() / dt;
      velocityY += gain * shift.dy() / dt;
    } else {
      double keep = Math.exp(-dt / FORGET_SECONDS);
      velocityX *= keep;
      velocityY *= keep;
    }
  }

  /** Forgets the motion: another shot begins. */
  void cut() {
    velocityX = 0;
    velocityY = 0;
  }

  /** The offset now, horizontally in pixels. */
  double x() {
    return x;
  }

  /** The offset now, vertically in pixels. */
  double y() {
    return y;
  }
}
