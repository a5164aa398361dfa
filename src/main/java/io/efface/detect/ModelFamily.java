package io.efface.detect;

/** The kinds of networks that can be run, and what each wants to see. */
public enum ModelFamily {
  /** Efface's own: NCHW float32 BGR, 0 to 255. */
  EFFACE(false, 0, 1),
  /** YuNet: NCHW float32 BGR, 0 to 255. */
  YUNET(false, 0, 1),
  /** SCRFD: NCHW float32 RGB, (v − 127.5) / 128. */
  SCRFD(true, 127.5, 1 / 128.0);

  private final boolean redFirst;
  private final double mean;
  private final double factor;

  ModelFamily(boolean redFirst, double mean, double factor) {
    this.redFirst = redFirst;
    this.mean = mean;
    this.factor = factor;
  }

  /**
   * Scores to work with where the model's file states none. For faces, Efface's and YuNet's were
   * chosen on clips made from the development sets, for the fewest exposed tracks at a few percent
   * of needlessly covered picture; Efface's for plates is near 0.3 and 1 false positives an image;
   * SCRFD's are its authors' usual 0.5 and a lower one.
   */
  ModelSpec.OperatingPoint operatingPoint(Label label) {
    return switch (this) {
      case EFFACE ->
          label == Label.FACE
              ? new ModelSpec.OperatingPoint(0.5, 0.2)
              : new ModelSpec.OperatingPoint(0.48, 0.35);
      case YUNET -> new ModelSpec.OperatingPoint(0.6, 0.2);
      case SCRFD -> new ModelSpec.OperatingPoint(0.5, 0.3);
    };
  }

  /** Whether channels stand in the order red, green, blue; else blue, green, red. */
  boolean redFirst() {
    return redFirst;
  }

  /** What is taken from a value of 0 to 255 first. */
  double mean() {
    return mean;
  }

  /** What the difference is then multiplied with. */
  double factor() {
    return factor;
  }
}
