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
  private static final double SMALL_FACE_SHARE = 0.02;
  private static final double LARGE_FACE_SHARE = 0.05;

  /**
   * And at least so many pixels: detectors do not see small pictures enlarged, so faces that fill
   * much of one are small to them.
   */
  private static final double SMALL_FACE_PX = 24;

  private static final double LARGE_FACE_PX = 64;

  /** Plates are wide besides. */
  private static final double SMALL_PLATE_SHARE = 0.045;

  private static final double LARGE_PLATE_SHARE = 0.05;

  /** Checks the order. */
  SizeGrade {
    if (!(smallPx >= 0 && largePx > smallPx)) {
      throw new IllegalArgumentException("small to " + smallPx + " px, large from " + largePx);
    }
  }

  /**
   * The grades of a class of objects.
   *
   * @param longestPx the picture's longer side
   */
  static SizeGrade of(Label label, int longestPx) {
    return label == Label.PLATE
        ? new SizeGrade(SMALL_PLATE_SHARE * longestPx, LARGE_PLATE_SHARE * longestPx)
        : new SizeGrade(
            Math.max(SMALL_FACE_PX, SMALL_FACE_SHARE * longestPx),
            Math.max(LARGE_FACE_PX, LARGE_FACE_SHARE * longestPx));
  }

  /** What is asked of an object of some height, between what is asked of small and large ones. */
  double between(double ofSmall, double ofLarge, double heightPx) {
    double share = Math.max(0, Math.min(1, (heightPx - smallPx) / (largePx - smallPx)));
    return ofSmall + share * (ofLarge - ofSmall);
  }
}
