package io.efface.detect;

/**
 * A size at which a network looks at a picture, and which objects it is trusted with there.
 * Networks see objects best near the sizes that they were trained on; larger ones they find in
 * pieces, and take parts of other things for them (as in SNIP, arXiv 1711.08189).
 *
 * @param share longest side of the network's input in shares of the one asked for, above 0, at most
 *     1
 * @param leastSidePx longer side of the smallest object, in pixels of the input
 * @param mostSidePx longer side that objects must stay below, in pixels of the input
 */
public record Scale(double share, double leastSidePx, double mostSidePx) {

  /** One look at all objects. */
  public static final Scale WHOLE = new Scale(1, 0, Double.POSITIVE_INFINITY);

  /** The closer of two looks. */
  static final Scale FINE = new Scale(1, 0, 256);

  /** The look from further away, an eighth of the other's work; both see what lies between. */
  static final Scale COARSE = new Scale(0.36, 64, Double.POSITIVE_INFINITY);

  /** Checks ranges and order. */
  public Scale {
    if (!(share > 0 && share <= 1 && leastSidePx >= 0 && mostSidePx > leastSidePx)) {
      throw new IllegalArgumentException(
          "scale " + share + " for objects of " + leastSidePx + " to " + mostSidePx + " px");
    }
  }

  /** Whether an object of the given longer side, in pixels of the input, is looked for. */
  boolean covers(double sidePx) {
    return sidePx >= leastSidePx && sidePx < mostSidePx;
  }
}
