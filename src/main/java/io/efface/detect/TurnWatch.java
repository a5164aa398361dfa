package io.efface.detect;

import io.efface.geometry.Orientation;
import io.efface.media.VideoFrame;
import java.util.List;

/**
 * Notices footage that lies on its side or upside down, from a camera that was mounted or held so,
 * where no tag says it: now and then the picture is turned, and if that shows more faces than the
 * picture as it is, the next looks are taken at the turned one as well. Owns its network.
 */
final class TurnWatch implements AutoCloseable {
  /** The three ways in which a picture can be turned, the likeliest first. */
  static final List<Orientation> TURNS =
      List.of(
          Orientation.ROTATED_180,
          Orientation.ROTATED_90_CLOCKWISE,
          Orientation.ROTATED_90_COUNTER_CLOCKWISE);

  /**
   * From one check to the next: the least, and the most, to which it grows while nothing is turned.
   */
  private static final double LEAST_SECONDS = 2;

  private static final double MOST_SECONDS = 8;

  /** At a quarter of a whole look's work each. */
  private static final Scale SCALE = new Scale(0.5, 0, Double.POSITIVE_INFINITY);

  /** What is looked at up close. */
  private static final double CANDIDATE_SCORE = 0.3;

  /** Faces from this score on tell which way is up, by the sum of their scores. */
  private static final double SURE_SCORE = 0.5;

  /** How much more a turned picture has to show: one face that is sure. */
  private static final double MORE = 0.6;

  private final OnnxDetector detector;
  private final Refiner refiner;
  private double last = Double.NEGATIVE_INFINITY;
  private double pause = LEAST_SECONDS;
  private Orientation view = Orientation.UPRIGHT;

  private TurnWatch(OnnxDetector detector, Refiner refiner) {
    this.detector = detector;
    this.refiner = refiner;
  }

  /**
   * Loads the network.
   *
   * @param refiner borrowed
   * @throws DetectionException as {@link OnnxDetector#open}
   */
  static TurnWatch open(ModelSource source, DetectorOptions options, Refiner refiner) {
    return new TurnWatch(OnnxDetector.open(source, options.at(SCALE)), refiner);
  }

  /** How a frame is to be looked at beside as it is; upright where that is all. */
  Orientation view() {
    return view;
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
    double most = sure(upright) + MORE;
    for (Orientation turn : TURNS) {
      List<Detection> candidates =
          detector.detect(frame, turn).stream()
              .filter(detection -> detection.score() >= CANDIDATE_SCORE)
              .toList();
      double sum = sure(LooksDetector.suppressed(refiner.refine(candidates, detector.picture())));
      if (sum > most) {
        most = sum;
        view = turn;
      }
    }
    pause = view == Orientation.UPRIGHT ? Math.min(2 * pause, MOST_SECONDS) : LEAST_SECONDS;
  }

  /** How much a look tells for its being upright. */
  static double sure(List<Detection> detections) {
    return detections.stream()
        .filter(detection -> detection.label() == Label.FACE)
        .mapToDouble(Detection::score)
        .filter(score -> score >= SURE_SCORE)
        .sum();
  }

  @Override
  public void close() {
    detector.close();
  }
}
