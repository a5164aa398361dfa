package io.efface.detect;

/** The kinds of networks that can be run, and what each wants to see. */
public enum ModelFamily {
  /** Efface's own: NCHW float32 BGR, 0 to 255. */
  EFFACE(false, 0, 1, 0),
  /** YuNet: NCHW float32 BGR, 0 to 255. */
  YUNET(false, 0, 1, 0),
  /** SCRFD: NCHW float32 RGB, (v − 127.5) / 128. */
  SCRFD(true, 127.5, 1 / 128.0, 0),
  /** CenterFace (arXiv 1911.03599): NCHW float32 RGB, 0 to 255. */
  CENTERFACE(true, 0, 1, 0),
  /** YOLOv8 and its like, without suppression of doubles: NCHW float32 RGB, 0 to 1. */
  YOLO(true, 0, 1 / 255.0, ModelFamily.YOLO_GREY),
  /** YOLO that suppresses doubles itself: NCHW float32 RGB, 0 to 1. */
  YOLO_END_TO_END(true, 0, 1 / 255.0, ModelFamily.YOLO_GREY),
  /** HyperLPR's plate detector, a YOLOv5 with corners: NCHW float32 RGB, 0 to 1. */
  HYPERLPR(true, 0, 1 / 255.0, ModelFamily.YOLO_GREY);

  /** What YOLO networks are trained to see beside the picture, 0 to 255. */
  private static final double YOLO_GREY = 114;

  private final boolean redFirst;
  private final double mean;
  private final double factor;
  private final double padding;

  ModelFamily(boolean redFirst, double mean, double factor, double padding) {
    this.redFirst = redFirst;
    this.mean = mean;
    this.factor = factor;
    this.padding = padding;
  }

  /**
   * Scores to work with where the model's file states none. For faces, Efface's and YuNet's were
   * chosen on clips made from the development sets, for the fewest exposed tracks at a few percent
   * of needlessly covered picture; Efface's for plates is near 0.3 and 1 false positives an image;
   * SCRFD's, CenterFace's and YOLO's are their authors' usual ones with a lower one to continue.
   */
  OperatingPoint operatingPoint(Label label) {
    return switch (this) {
      case EFFACE ->
          label == Label.FACE ? new OperatingPoint(0.5, 0.2) : new OperatingPoint(0.48, 0.35);
      case YUNET -> new OperatingPoint(0.6, 0.2);
      case SCRFD -> new OperatingPoint(0.5, 0.3);
      case CENTERFACE -> new OperatingPoint(0.5, 0.2);
      case YOLO, YOLO_END_TO_END -> new OperatingPoint(0.4, 0.25);
      case HYPERLPR -> new OperatingPoint(0.5, 0.25);
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

  /** The value of 0 to 255 that the input has beside the picture. */
  double padding() {
    return padding;
  }
}
