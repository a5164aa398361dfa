package io.efface.track;

import io.efface.geometry.Box;
import io.efface.geometry.Similarity;
import io.efface.track.FrameWindow.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries a chain on beyond one of its ends, along the motion it had there, growing with what is
 * not known, and over the picture's edge where the object was on its way out (or, before its first
 * detection, on its way in).
 */
final class Extension {
  private static final int MOST_FITTED = 8;
  private static final double FITTED_SECONDS = 0.4;

  /** Growth on each side, in sizes a second, of an object that stands still. */
  private static final double GROWTH_STILL = 0.2;

  /** The same, in addition, of one that moves by its size in a second or faster. */
  private static final double GROWTH_MOVING = 0.4;

  private static final double LARGEST_GROWTH = 0.4;

  /**
   * Two boxes that are nearer in time tell no velocity, unless they are further apart than noise.
   */
  private static final double NOISY_SECONDS = 0.1;

  /** In sizes. */
  private static final double NOISE = 0.3;

  /** Slowest motion outward, in sizes a second, that counts as leaving. */
  private static final double SLOWEST_LEAVING = 0.15;

  private final TrackerSettings settings;
  private final int width;
  private final int height;

  Extension(TrackerSettings settings, int width, int height) {
    this.settings = settings;
    this.width = width;
    this.height = height;
  }

  /**
   * Velocities at a chain's end: of its centre in steady coordinates, and of its sides.
   *
   * @param doubtful whether it may as well have stopped
   */
  private record Velocity(double x, double y, double width, double height, boolean doubtful) {}

  /**
   * The boxes beyond an end.
   *
   * @param nodes the chain, of consecutive frames
   * @param direction 1 for beyond the last node, -1 for before the first
   * @param frames where to go on; ends where they end or another shot begins, but for frames before
   *     the first node that may belong to its shot
   * @return boxes in the picture, the nearest to the end first
   */
  List<Box> boxes(List<Node> nodes, int direction, FrameWindow frames) {
    int endIndex = direction > 0 ? nodes.size() - 1 : 0;
    Node end = nodes.get(endIndex);
    Frame endFrame = end.frame();
    List<Node> fitted = fitted(nodes, direction);
    Velocity velocity = velocity(fitted);
    Box start = Node.smooth(nodes, endIndex);
    double size = Motion.size(start);
    double speed = Math.hypot(velocity.x(), velocity.y()) / size;
    double growth = GROWTH_STILL + GROWTH_MOVING * Math.min(1, speed);
    Leaving leaving =
        leaving(start, endFrame, inner(fitted, direction, frames), velocity, size, direction);
    double limit = leaving.any() ? settings.edgeSeconds() : settings.extendSeconds();
    List<Box> boxes = new ArrayList<>();
    Similarity camera = endFrame.camera();
    for (long number = endFrame.number() + direction; frames.holds(number); number += direction) {
      Frame frame = frames.get(number);
      double dt = frame.seconds() - endFrame.seconds();
      double away = Math.abs(dt);
      boolean sameShot = frame.shot() == endFrame.shot();
      // What came before a cut that was noticed late: there, the old shot's camera says nothing.
      boolean perhaps = direction < 0 && number >= endFrame.shotFrom();
      if (!(sameShot || perhaps) || away > limit) {
        break;
      }
      camera = sameShot ? frame.camera() : camera;
      double fade = Math.min(away, settings.extendSeconds());
      Box steady = start.translate(velocity.x() * dt, velocity.y() * dt);
      if (velocity.doubtful()) {
        steady = steady.hull(start.translate(endFrame.driftX() * dt, endFrame.driftY() * dt));
      }
      if (camera.apply(steady).intersect(new Box(0, 0, width, height)).isEmpty()) {
        break;
      }
      double blur = Math.min(LARGEST_GROWTH, growth * away) * size;
      // Only growth is carried on: who shrinks towards the end may be turning or half hidden.
      double wider = Math.max(0, velocity.width() * direction) * fade / 2;
      double taller = Math.max(0, velocity.height() * direction) * fade / 2;
      Box grown = camera.apply(steady.grow(blur + wider, blur + taller));
      boxes.add(leaving.stretch(grown, width, height));
    }
    return boxes;
  }

  /**
   * What a velocity is told from, the end first: detections, since the boxes between two of them
   * know no more than these two, however many frames there are. Two at least, where there are two.
   */
  private static List<Node> fitted(List<Node> nodes, int direction) {
    List<Node> result = new ArrayList<>();
    int at = direction > 0 ? nodes.size() - 1 : 0;
    double end = nodes.get(at).frame().seconds();
    while (at >= 0
        && at < nodes.size()
        && result.size() < MOST_FITTED
        && (result.size() < 2
            || Math.abs(nodes.get(at).frame().seconds() - end) <= FITTED_SECONDS)) {
      if (nodes.get(at).origin() == TrackPoint.Origin.DETECTED) {
        result.add(nodes.get(at));
      }
      at -= direction;
    }
    return result;
  }

  private static Velocity velocity(List<Node> fitted) {
    Frame end = fitted.get(0).frame();
    int n = fitted.size();
    if (n == 1 || (n == 2 && isNoise(fitted.get(0), fitted.get(1)))) {
      return new Velocity(end.driftX(), end.driftY(), 0, 0, false);
    }
    double[] times = new double[n];
    double[][] values = new double[4][n];
    for (int i = 0; i < n; i++) {
      Box box = fitted.get(i).steady();
      times[i] = fitted.get(i).frame().seconds() - end.seconds();
      values[0][i] = box.centreX();
      values[1][i] = box.centreY();
      values[2][i] = box.width();
      values[3][i] = box.height();
    }
    double x = RobustLine.fit(times, values[0]).slope();
    double y = RobustLine.fit(times, values[1]).slope();
    if (n == 2 && Math.abs(times[1]) > FITTED_SECONDS) {
      // Over so long a way noise is little, but the object may be another, or have stopped.
      return new Velocity(x, y, 0, 0, true);
    }
    if (n == 2) {
      // Two noisy boxes tell little of a velocity: half of it, half of what all others do.
      return new Velocity((x + end.driftX()) / 2, (y + end.driftY()) / 2, 0, 0, false);
    }
    return new Velocity(
        x,
        y,
        RobustLine.fit(times, values[2]).slope(),
        RobustLine.fit(times, values[3]).slope(),
        false);
  }

  /** Whether the way between two boxes is no longer than noise would have it in so little time. */
  private static boolean isNoise(Node end, Node other) {
    Box to = end.steady();
    Box from = other.steady();
    double way = Math.hypot(to.centreX() - from.centreX(), to.centreY() - from.centreY());
    return Math.abs(end.frame().seconds() - other.frame().seconds()) < NOISY_SECONDS
        && way < NOISE * Motion.size(to);
  }

  /** Over which edges of the picture an object goes. */
  private record Leaving(boolean left, boolean top, boolean right, boolean bottom) {
    boolean any() {
      return left || top || right || bottom;
    }

    /** The box, drawn out to the edges. */
    Box stretch(Box box, int width, int height) {
      return new Box(
          left ? Math.min(0, box.left()) : box.left(),
          top ? Math.min(0, box.top()) : box.top(),
          right ? Math.max(width, box.right()) : box.right(),
          bottom ? Math.max(height, box.bottom()) : box.bottom());
    }
  }

  /** A frame in which the object, going by its end's motion, was just as well. */
  private static Frame inner(List<Node> fitted, int direction, FrameWindow frames) {
    Frame inner = fitted.get(fitted.size() - 1).frame();
    long neighbour = inner.number() - direction;
    return fitted.size() == 1
            && frames.holds(neighbour)
            && frames.get(neighbour).shot() == inner.shot()
        ? frames.get(neighbour)
        : inner;
  }

  private Leaving leaving(
      Box start, Frame end, Frame inner, Velocity velocity, double size, int direction) {
    double dt = end.seconds() - inner.seconds();
    Box box = end.camera().apply(start);
    // The object's own motion until then, and where the camera would have had it before.
    Box before = inner.camera().apply(start.translate(-velocity.x() * dt, -velocity.y() * dt));
    double vx =
        dt == 0 ? velocity.x() * direction : (box.centreX() - before.centreX()) / dt * direction;
    double vy =
        dt == 0 ? velocity.y() * direction : (box.centreY() - before.centreY()) / dt * direction;
    return new Leaving(
        leaves(box.left(), -vx, size),
        leaves(box.top(), -vy, size),
        leaves(width - box.right(), vx, size),
        leaves(height - box.bottom(), vy, size));
  }

  private boolean leaves(double gap, double outward, double size) {
    return outward > SLOWEST_LEAVING * size && gap <= outward * settings.extendSeconds();
  }
}
