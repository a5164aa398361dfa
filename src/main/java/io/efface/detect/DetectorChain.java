package io.efface.detect;

import io.efface.media.VideoFrame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Several detectors that look at every frame one after another, as one for faces and one for
 * plates. Owns them.
 */
public final class DetectorChain implements Detector {
  private final List<Detector> detectors;

  /**
   * Takes over the detectors: closing the chain closes them.
   *
   * @param detectors at least one
   */
  public DetectorChain(List<? extends Detector> detectors) {
    this.detectors = List.copyOf(detectors);
    if (this.detectors.isEmpty()) {
      throw new IllegalArgumentException("no detector");
    }
  }

  @Override
  public List<Detection> detect(VideoFrame frame) {
    return together(detector -> detector.detect(frame));
  }

  @Override
  public List<Detection> glance(VideoFrame frame) {
    return together(detector -> detector.glance(frame));
  }

  @Override
  public List<Detection> scrutinise(VideoFrame frame) {
    return together(detector -> detector.scrutinise(frame));
  }

  @Override
  public void newShot() {
    detectors.forEach(Detector::newShot);
  }

  @Override
  public void useThreads(int most) {
    detectors.forEach(detector -> detector.useThreads(most));
  }

  @Override
  public void everyRun(Runnable everyRun) {
    detectors.forEach(detector -> detector.everyRun(everyRun));
  }

  private List<Detection> together(Function<Detector, List<Detection>> look) {
    List<Detection> found = new ArrayList<>();
    for (Detector detector : detectors) {
      found.addAll(look.apply(detector));
    }
    found.sort(Comparator.comparingDouble(Detection::score).reversed());
    return List.copyOf(found);
  }

  @Override
  public void close() {
    closeAll(detectors);
  }

  /** Closes each, then throws what the first one threw that did. */
  static void closeAll(List<? extends Detector> detectors) {
    RuntimeException first = null;
    for (Detector detector : detectors) {
      try {
        detector.close();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
