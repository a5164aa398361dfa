package io.efface.detect;

import io.efface.geometry.Orientation;
import io.efface.media.VideoFrame;
import java.util.List;

/**
 * Notices footage that lies on its side or upside down, from a camera that was mounted or held so,
 * where no tag says it: at a shot's first look and now and then the picture is turned, and if that
 * shows more faces than the picture as it is, the next looks are taken at the turned one as well.
 */
final class TurnWatch {
  /** How its network sees pictures: at a quarter of a whole look's work each. */
  static final Scale SCALE = new Scale(0.5, 0, Double.POSITIVE_INFINITY);

  /**
   * From one check to the next: the least, and the most, to which it grows while nothing is turned.
   */
  private static final double LEAST_SECONDS = 2;

  private static final double MOST_SECONDS = 8;

  /** How much more a turned picture has to show: one face that is sure. */
  private static final double MORE = 0.6;

  private final List<OnnxDetector> detector;
  private final Refiner refiner;
  private double last = Double.NEGATIVE_INFINITY;
  private double pause = LEAST_SECONDS;
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
  }

  /** How a frame is to be looked at beside as it is; upright where that is all. */
  Orientation view() {
    return view;
  }

  /** Forgets what it has seen: the next frame is checked. */
  void newShot() {
    last = Double.NEGATIVE_INFINITY;
    pause = LEAST_SECONDS;
    view = Orientation.UPRIGHT;
  }

  /**
   * Sees a frame, and checks it if the last check is long enough ago.
   *
   * @param upright what a whole look at it found, as it is
   */
  void see(VideoFrame frame, List<Detection> upright) {
    if (Math.abs(frame.seconds() - last) < pause) {
      return;
    }
    last = frame.seconds();
    view = Orientation.UPRIGHT;
    double most = Turns.sure(upright) + MORE;
    for (Orientation turn : Turns.ALL) {
      double sum =
          Turns.sure(LooksDetector.suppressed(Turns.faces(frame, turn, detector, refiner)));
      if (sum > most) {
        most = sum;
        view = turn;
      }
    }
    pause = view == Orientation.UPRIGHT ? Math.min(2 * pause, MOST_SECONDS) : LEAST_SECONDS;
  }
}
