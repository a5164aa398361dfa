package io.efface.detect;

import io.efface.media.VideoFrame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Looks at each frame twice with the same network: at the size asked for, and smaller for what is
 * too large there. Of detections of one object in both looks the better one stays. Owns both
 * detectors. Single-threaded.
 */
public final class TwoScaleDetector implements Detector {
  private final DetectorChain looks;

  private TwoScaleDetector(DetectorChain looks) {
    this.looks = looks;
  }

  /**
   * Loads a network that takes pictures of any size.
   *
   * @param options how to run it; the scale is chosen here
   * @return the detector, owned by the caller
   * @throws DetectionException as {@link OnnxDetector#open}
   */
  public static TwoScaleDetector open(ModelSource source, DetectorOptions options) {
    OnnxDetector fine = OnnxDetector.open(source, options.at(Scale.FINE));
    try {
      return new TwoScaleDetector(
          new DetectorChain(List.of(fine, OnnxDetector.open(source, options.at(Scale.COARSE)))));
    } catch (RuntimeException e) {
      fine.close();
      throw e;
    }
  }

  @Override
  public List<Detection> detect(VideoFrame frame) {
    return suppressed(looks.detect(frame));
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
    looks.close();
  }
}
