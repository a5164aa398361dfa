package io.efface.eval;

/** Ranges of boxes' heights in pixels: the lower end belongs to a range, the upper does not. */
public enum HeightRange {
  BELOW_10(0, 10),
  FROM_10(10, 20),
  FROM_20(20, 40),
  FROM_40(40, 80),
  FROM_80(80, Double.POSITIVE_INFINITY);

  private final int from;
  private final double to;

  HeightRange(int from, double to) {
    this.from = from;
    this.to = to;
  }

  /** The name in results: {@code 10-20}, {@code 80+}. */
  public String id() {
    return Double.isInfinite(to) ? from + "+" : from + "-" + (int) to;
  }

  /** Whether a height lies in the range. */
  boolean holds(double height) {
    return height >= from && height < to;
  }
}
