package io.efface.detect;

import io.efface.geometry.Box;
import io.efface.media.VideoFrame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Looks at each frame several times with the same network: at several scales, each for what it sees
 * best there, and mirrored or not. Of detections of one object in several looks the best one stays.
 * Owns its detectors. Single-threaded.
 */
public final class LooksDetector implements Detector {
  private static final double TURNS_A_SECOND = 10;

  /**
   * What a detector thinks at least of what is looked at up close. There are many doubtful small
   * faces and doubtful plates, few of which turn out to be any.
   */
  private static final double CANDIDATE_SCORE = 0.2;

  private static final double SMALL_FACE_SCORE = 0.25;
  private static final double PLATE_SCORE = Double.parseDouble(System.getProperty("cp", "0.3"));

  /** Longer side below which a face is small, in pixels of the network's input. */
  private static final double SMALL_FACE_PX = 24;

  private final List<OnnxDetector> scales;
  private final Mirror mirror;
  private final Optional<Refiner> refiner;
  private final double minScore;

  private LooksDetector(
      List<OnnxDetector> scales, Mirror mirror, Optional<Refiner> refiner, double minScore) {
    this.scales = List.copyOf(scales);
    this.mirror = mirror;
    this.refiner = refiner;
    this.minScore = minScore;
  }

  /**
   * Loads a network.
   *
   * @param options how to run it; the scale is chosen by {@code scales}
   * @param scales at least one, the finest first; more only for a network that takes pictures of
   *     any size
   * @param refined whether each candidate is looked at up close
   * @return the detector, owned by the caller
   * @throws DetectionException as {@link OnnxDetector#open}
   */
  public static LooksDetector open(
      ModelSource source,
      DetectorOptions options,
      List<Scale> scales,
      Mirror mirror,
      boolean refined) {
    if (scales.isEmpty()) {
      throw new IllegalArgumentException("no scale to look at");
    }
    DetectorOptions how = refined ? options.withMinScore(CANDIDATE_SCORE) : options;
    List<OnnxDetector> detectors = new ArrayList<>();
    try {
      for (Scale scale : scales) {
        detectors.add(OnnxDetector.open(source, how.at(scale)));
      }
      Optional<Refiner> refiner =
          refined
              ? Optional.of(Refiner.open(options.threads(), options.device()))
              : Optional.empty();
      return new LooksDetector(detectors, mirror, refiner, options.minScore());
    } catch (RuntimeException | Error e) {
      detectors.forEach(OnnxDetector::close);
      throw e;
    }
  }

  @Override
  public List<Detection> detect(VideoFrame frame) {
    // By the time, so that looks a tenth of a second apart take turns whatever the frame rate.
    boolean odd = Math.floorMod(Math.round(frame.seconds() * TURNS_A_SECOND), 2L) == 1;
    List<Detection> found = new ArrayList<>();
    for (OnnxDetector detector : scales) {
      if (mirror != Mirror.IN_TURN || !odd) {
        found.addAll(detector.detect(frame, /* mirrored= */ false));
      }
      if (mirror == Mirror.ALWAYS || (mirror == Mirror.IN_TURN && odd)) {
        found.addAll(detector.detect(frame, /* mirrored= */ true));
      }
    }
    List<Detection> candidates = suppressed(found);
    return refiner.map(close -> refined(close, candidates)).orElse(candidates);
  }

  private List<Detection> refined(Refiner close, List<Detection> found) {
    Refiner.Picture picture = scales.get(0).picture();
    List<Detection> candidates =
        found.stream().filter(detection -> isCandidate(detection, picture)).toList();
    List<Detection> sure =
        close.refine(candidates, picture).stream()
            .filter(detection -> detection.score() >= minScore)
            .toList();
    return suppressed(sure);
  }

  private static boolean isCandidate(Detection detection, Refiner.Picture picture) {
    if (detection.label() == Label.PLATE) {
      return detection.score() >= PLATE_SCORE;
    }
    Box box = picture.toInput(detection.box());
    boolean small = Math.max(box.width(), box.height()) < SMALL_FACE_PX;
    return detection.score() >= (small ? SMALL_FACE_SCORE : CANDIDATE_SCORE);
  }

  /** Without those that overlap a better one of their class; best first. */
  static List<Detection> suppressed(List<Detection> detections) {
    List<Detection> kept = new ArrayList<>();
    detections.stream()
        .sorted(Comparator.comparingDouble(Detection::score).reversed())
        .filter(d -> kept.stream().noneMatch(k -> same(k, d)))
        .forEach(kept::add);
    return List.copyOf(kept);
  }

  private static boolean same(Detection first, Detection second) {
    return first.label() == second.label() && first.box().iou(second.box()) > OnnxDetector.NMS_IOU;
  }

  @Override
  public void close() {
    try {
      refiner.ifPresent(Refiner::close);
    } finally {
      DetectorChain.closeAll(scales);
    }
  }
}
