package io.efface.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A size at which a network looks at a picture, and which objects it is trusted with there.
 * Networks see objects best near the sizes that they were trained on; larger ones they find in
 * pieces, and take parts of other things for them (as in SNIP, arXiv 1711.08189).
 *
 * @param share longest side of the network's input in shares of the one asked for, above 0, at most
 *     2
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

  /** Longest side of the closest look at a large picture, in pixels. */
  private static final int CLOSEST_PX = 2560;

  private static final double LARGEST_SHARE = 2;
  private static final double GLANCE_SHARE = 0.75;

  /**
   * Looks at several sizes.
   *
   * @param shares of the size asked for, at each of which all objects are looked for
   * @param farther whether the network finds large objects in pieces: then they are left to one
   *     more look, from further away
   */
  public static List<Scale> looks(List<Double> shares, boolean farther) {
    List<Scale> scales = new ArrayList<>();
    for (double share : shares) {
      scales.add(
          farther
              ? new Scale(share, 0, FINE.mostSidePx)
              : new Scale(share, 0, Double.POSITIVE_INFINITY));
    }
    if (farther) {
      double smallest = shares.stream().min(Double::compare).orElse(1.0);
      scales.add(new Scale(smallest * COARSE.share, COARSE.leastSidePx, COARSE.mostSidePx));
    }
    return List.copyOf(scales);
  }

  /**
   * Two looks that cost some three fifths of whole ones together, and miss the smallest objects.
   */
  public static List<Scale> glances() {
    return List.of(new Scale(GLANCE_SHARE, 0, GLANCE_SHARE * FINE.mostSidePx), COARSE);
  }

  /**
   * One look more at pictures that have far more pixels than are asked for, for what is too small
   * there: at up to twice the size, and at 2560 px at most.
   *
   * @param longestSide of the network's input, as asked for
   * @return a scale whose share is above 1, or empty where so much is asked for already
   */
  static Optional<Scale> closer(int longestSide) {
    double share = Math.min(LARGEST_SHARE, (double) CLOSEST_PX / longestSide);
    return share > 1 ? Optional.of(new Scale(share, 0, FINE.mostSidePx)) : Optional.empty();
  }

  /** Checks ranges and order. */
  public Scale {
    if (!(share > 0 && share <= LARGEST_SHARE && leastSidePx >= 0 && mostSidePx > leastSidePx)) {
      throw new IllegalArgumentException(
          "scale " + share + " for objects of " + leastSidePx + " to " + mostSidePx + " px");
    }
  }

  /** Whether an object of the given longer side, in pixels of the input, is looked for. */
  boolean covers(double sidePx) {
    return sidePx >= leastSidePx && sidePx < mostSidePx;
  }
}
