package io.efface.detect;

import java.util.Arrays;

/**
 * Greedy non-maximum suppression: of boxes of one class that overlap, the one with the best score
 * stays. Reuses its memory from call to call; single-threaded.
 */
final class Nms {
  private final float thresholdIou;
  private final float thresholdInside;
  private long[] order = new long[256];
  private int[] kept = new int[256];

  /**
   * @param thresholdIou a box goes when its intersection over union with a better one is above, 0
   *     to 1
   * @param thresholdInside a box goes when more than this share of the smaller one's area is common
   *     with a better one; 1 lets boxes lie inside others
   */
  Nms(double thresholdIou, double thresholdInside) {
    this.thresholdIou = (float) thresholdIou;
    this.thresholdInside = (float) thresholdInside;
  }

  /**
   * Chooses the boxes that stay.
   *
   * @return how many stay; {@link #kept} tells which, best score first, equal scores in the order
   *     they were added
   */
  int run(Candidates candidates) {
    int n = candidates.size();
    if (order.length < n) {
      order = new long[2 * n];
      kept = new int[2 * n];
    }
    for (int i = 0; i < n; i++) {
      // The bits of positive floats sort as the floats do; inverted, the best comes first.
      long rank = ~Float.floatToIntBits(candidates.score(i)) & 0xffffffffL;
      order[i] = rank << 31 | i;
    }
    Arrays.sort(order, 0, n);
    int count = 0;
    for (int k = 0; k < n; k++) {
      int i = (int) (order[k] & 0x7fffffff);
      if (!covered(candidates, i, count)) {
        kept[count++] = i;
      }
    }
    return count;
  }

  /** Index of the {@code rank}-th box that stayed, from 0. */
  int kept(int rank) {
    return kept[rank];
  }

  private boolean covered(Candidates candidates, int i, int count) {
    float area = candidates.area(i);
    for (int k = 0; k < count; k++) {
      int j = kept[k];
      if (candidates.label(j) != candidates.label(i)) {
        continue;
      }
      float shared = candidates.shared(i, j);
      if (shared <= 0) {
        continue;
      }
      float other = candidates.area(j);
      if (shared > thresholdIou * (area + other - shared)
          || shared > thresholdInside * Math.min(area, other)) {
        return true;
      }
    }
    return false;
  }
}
