package io.efface.track;

import io.efface.geometry.Similarity;
import java.util.List;

/**
 * The motion that the whole picture makes, added up from frame to frame: the movement that takes
 * "steady coordinates", in which what stands still stays where it is, to the picture. An unseen
 * object goes on with it, through a pan as well as through a zoom or shake. Where a frame's own
 * movement is known, that is taken; otherwise what most tracks did beyond their own prediction is
 * the camera's doing. Only changes of the movement mean anything.
 */
final class CameraMotion {
  /** Fewer tracks than these say nothing about the camera. */
  private static final int FEWEST = 3;

  private static final double AGREEING_SHARE = 0.6;
  private static final double LEARN_SECONDS = 0.15;

  /** How fast a pan is forgotten when nothing tells of it any more. */
  private static final double FORGET_SECONDS = 0.3;

  /** Scale, or its inverse, at which steady coordinates begin anew. */
  private static final double FARTHEST_SCALE = 1.25;

  /** Shift in pixels at which they do. */
  private static final double FARTHEST_SHIFT = 1e5;

  private final double centreX;
  private final double centreY;
  private Similarity toPicture = Similarity.IDENTITY;
  private double velocityX;
  private double velocityY;

  /** The camera of a film of pictures of the given upright size. */
  CameraMotion(int width, int height) {
    centreX = width / 2.0;
    centreY = height / 2.0;
  }

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

  /** Moves on by {@code dt} seconds as measured in the pictures. */
  void follow(Similarity movement, double dt) {
    toPicture = movement.after(toPicture);
    double gain = 1 - Math.exp(-dt / LEARN_SECONDS);
    velocityX += gain * ((movement.x(centreX, centreY) - centreX) / dt - velocityX);
    velocityY += gain * ((movement.y(centreX, centreY) - centreY) / dt - velocityY);
  }

  /** Moves on by {@code dt} seconds, first as before. */
  void predict(double dt) {
    toPicture = Similarity.shift(velocityX * dt, velocityY * dt).after(toPicture);
  }

  /** Corrects the prediction for a frame that came {@code dt} seconds after the one before. */
  void correct(Shift shift, double dt) {
    if (shift.known()) {
      toPicture = shifted(shift);
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

  /** From steady coordinates to the picture, now. */
  Similarity toPicture() {
    return toPicture;
  }

  /** The same, if the picture lay off by a shift. */
  Similarity shifted(Shift shift) {
    return Similarity.shift(shift.dx(), shift.dy()).after(toPicture);
  }

  /**
   * Whether steady coordinates have gone so far from the picture's that they should begin anew: a
   * drive forward is a zoom without an end.
   */
  boolean isFar() {
    double scale = toPicture.scale();
    return scale > FARTHEST_SCALE
        || scale < 1 / FARTHEST_SCALE
        || Math.hypot(toPicture.dx(), toPicture.dy()) > FARTHEST_SHIFT;
  }

  /**
   * Begins anew: steady coordinates become the picture's.
   *
   * @return the movement from the old ones to the new ones
   */
  Similarity restart() {
    Similarity movement = toPicture;
    toPicture = Similarity.IDENTITY;
    return movement;
  }
}
