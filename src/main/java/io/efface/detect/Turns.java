package io.efface.detect;

import io.efface.geometry.Orientation;
import io.efface.media.VideoFrame;
import java.util.ArrayList;
import java.util.List;

/** Looks at faces in pictures that are turned, and tells by them which way is up. */
final class Turns {
  /** The three ways in which a picture can be turned. */
  static final List<Orientation> ALL =
      List.of(
          Orientation.ROTATED_180,
          Orientation.ROTATED_90_CLOCKWISE,
          Orientation.ROTATED_90_COUNTER_CLOCKWISE);

  /** What is looked at up close. */
  private static final double CANDIDATE_SCORE = 0.3;

  /** Faces from this score on tell which way is up, by the sum of their scores. */
  static final double SURE_SCORE = 0.5;

  /** How much a face that is found turned is believed. */
  static final double TRUST = 0.8;

  private Turns() {}

  /**
   * The faces that a turned picture shows, refined once; some may be there twice.
   *
   * @param scales the finest first
   */
  static List<Detection> faces(
      VideoFrame frame, Orientation view, List<OnnxDetector> scales, Refiner refiner) {
    List<Detection> found = new ArrayList<>();
    for (OnnxDetector scale : scales) {
      for (Detection detection : scale.detect(frame, view)) {
        if (detection.label() == Label.FACE && detection.score() >= CANDIDATE_SCORE) {
          found.add(detection);
        }
      }
    }
    return refiner.refine(LooksDetector.suppressed(found), scales.get(0).picture());
  }

  /** How much a look tells for its being upright. */
  static double sure(List<Detection> detections) {
    return detections.stream()
        .filter(detection -> detection.label() == Label.FACE)
        .mapToDouble(Detection::score)
        .filter(score -> score >= SURE_SCORE)
        .sum();
  }
}
