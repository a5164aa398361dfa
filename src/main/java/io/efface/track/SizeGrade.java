package io.efface.track;

import io.efface.detect.Label;

/**
 * How large an object is, from small to large, for a detector's trust in it: scores of small
 * objects are low, right or wrong, while a large one that is real hardly ever scores low.
 *
 * @param smallPx height up to which an object is small, in pixels of the picture
 * @param largePx height from which it is large, above {@code smallPx}
 */
record SizeGrade(double smallPx, double largePx) {
  private static final double SMALL_FACE_PX = 24;
  private static final double LARGE_FACE_PX = 64;

  /** Plates are wide besides. */
  private static final double SMALL_PLATE_PX = 58;

  private static final double LARGE_PLATE_PX = 64;

  /** Checks the order. */
  SizeGrade {
    if (!(smallPx >= 0 && largePx > smallPx)) {
      throw new IllegalArgumentException("small to " + smallPx + " px, large from " + largePx);
    }
  }

  /**
   * The grades of a class of objects. A detector sees large pictures made smaller, but hardly ever
   * small ones enlarged.
   *
   * @param shrink pixels of the picture that become one of the detector's input, from 1
   */
  static SizeGrade of(Label label, double shrink) {
    return label == Label.PLATE
        ? new SizeGrade(shrink * SMALL_PLATE_PX, shrink * LARGE_PLATE_PX)
        : new SizeGrade(shrink * SMALL_FACE_PX, shrink * LARGE_FACE_PX);
  }

  /** What is asked of an object of some height, between what is asked of small and large ones. */
  double between(double ofSmall, double ofLarge, double heightPx) {
    double share = Math.max(0, Math.min(1, (heightPx - smallPx) / (largePx - smallPx)));
    return ofSmall + share * (ofLarge - ofSmall);
  }
}
