package io.efface.detect;

import io.efface.media.VideoFrame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Looks at each frame several times with the same network: at several scales, each for what it sees
 * best there, and mirrored or not. Of detections of one object in several looks the best one stays.
 * Owns its detectors. Single-threaded.
 */
public final class LooksDetector implements Detector {
  private static final double TURNS_A_SECOND = 10;

  private final List<OnnxDetector> scales;
  private final Mirror mirror;

  private LooksDetector(List<OnnxDetector> scales, Mirror mirror) {
    this.scales = List.copyOf(scales);
    this.mirror = mirror;
  }

  /**
   * Loads a network.
   *
   * @param options how to run it; the scale is chosen by {@code scales}
   * @param scales at least one; more only for a network that takes pictures of any size
   * @return the detector, owned by the caller
   * @throws DetectionException as {@link OnnxDetector#open}
   */
  public static LooksDetector open(
      ModelSource source, DetectorOptions options, List<Scale> scales, Mirror mirror) {
    if (scales.isEmpty()) {
      throw new IllegalArgumentException("no scale to look at");
    }
    List<OnnxDetector> detectors = new ArrayList<>();
    try {
      for (Scale scale : scales) {
        detectors.add(OnnxDetector.open(source, options.at(scale)));
      }
      return new LooksDetector(detectors, mirror);
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
    return suppressed(found);
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
    DetectorChain.closeAll(scales);
  }
}
