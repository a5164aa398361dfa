package io.efface.detect;

import io.efface.geometry.Orientation;
import io.efface.media.VideoFrame;
import java.util.List;

/**
 * Notices what lies on its side or upside down: faces in upright footage ({@link LyingFaces}), and
 * whole footage, from a camera that was mounted or held so, where no tag says it. A shot's first
 * look is taken turned in all ways as well, then one now and then in each in turn; if that shows
 * more faces than the picture as it is, the next looks are taken at the turned one as well.
 */
final class TurnWatch {
  /** How its network sees pictures: at a quarter of a whole look's work each. */
  static final Scale SCALE = new Scale(0.5, 0, Double.POSITIVE_INFINITY);

  /**
   * From one turned look to the next, the least; each way has its turn after three. They come with
   * whole looks only, so every 0.72 s where those are taken every 0.24 s.
   */
  private static final double SECONDS = 0.5;

  /** What frames may come too early for {@link #SECONDS}, as their times are rounded. */
  private static final double ROUNDING = 1e-3;

  /** How much more a turned picture has to show: one face that is sure. */
  private static final double MORE = 0.6;

  /** Longer side of the smallest face that counts, in longer sides of the picture. */
  private static final double LEAST_SHARE = 1.0 / 32;

  private final List<OnnxDetector> detector;
  private final Refiner refiner;
  private final LyingFaces lying;
  private double last = Double.NEGATIVE_INFINITY;
  private int next;
  private Orientation view = Orientation.UPRIGHT;

  /**
   * A watch over one film.
   *
   * @param detector at {@link #SCALE}; borrowed
   * @param refiner borrowed
   */
  TurnWatch(OnnxDetector detector, Refiner refiner) {
    this.detector = List.of(detector);
    this.refiner = refiner;
    lying = new LyingFaces(refiner);
  }

  /** How a frame is to be looked at beside as it is; upright where that is all. */
  Orientation view() {
    return view;
  }

  /**
   * The faces that surely lie in the frame seen last.
   *
   * @param upright what was found in it as it is; faces that are there are left out
   */
  List<Detection> lying(List<Detection> upright) {
    return lying.found(upright);
  }

  /** Forgets what it has seen: the next frame is looked at turned. */
  void newShot() {
    last = Double.NEGATIVE_INFINITY;
    view = Orientation.UPRIGHT;
    lying.newShot();
  }

  /**
   * Sees a frame that was looked at.
   *
   * @param upright what that found, as it is
   * @param seen the detector that saw it
   */
  void follow(VideoFrame frame, List<Detection> upright, OnnxDetector seen) {
    lying.follow(upright, leastPx(frame), seen);
  }

  /**
   * Turns the frame seen last if the last time is long enough ago.
   *
   * @param upright what a whole look at it found, as it is
   */
  void turn(VideoFrame frame, List<Detection> upright) {
    if (Math.abs(frame.seconds() - last) < SECONDS - ROUNDING) {
      return;
    }
    List<Orientation> turns =
        last == Double.NEGATIVE_INFINITY
            ? Turns.ALL
            : List.of(Turns.ALL.get(next++ % Turns.ALL.size()));
    last = frame.seconds();
    double most = Turns.sure(upright) + MORE;
    for (Orientation turn : turns) {
      List<Detection> found = LooksDetector.suppressed(Turns.faces(frame, turn, detector, refiner));
      if (Turns.sure(found) > most) {
        most = Turns.sure(found);
        view = turn;
      } else if (view == turn) {
        view = Orientation.UPRIGHT;
      }
      lying.add(found, turn, upright, leastPx(frame));
    }
  }

  private static double leastPx(VideoFrame frame) {
    return LEAST_SHARE * frame.longerSide();
  }
}
