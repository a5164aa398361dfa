package io.efface.motion;

import java.util.Arrays;

/** Tells whether two small luma pictures show the same, block by block. Single-threaded. */
final class PictureChange {
  /** Pixels of a block's side. */
  private static final int BLOCK = 4;

  /** Mean absolute difference of a block's luma, 0 to 255, up to which it is the same picture. */
  private static final double SAME = 1;

  /** The same, from which something changed whatever the noise. */
  private static final double CHANGED = 3;

  /** How many times the usual block's difference a change is; the noise of means varies by less. */
  private static final double ABOVE_NOISE = 3;

  private int[] sums = new int[0];

  /** Whether no block differs by more than rounding: a still picture, coded well. */
  boolean same(byte[] first, byte[] second, int width, int height) {
    sum(first, second, width, height);
    return largest() <= SAME * BLOCK * BLOCK;
  }

  /** Whether some block differs by more than the picture's noise, or than a change of light. */
  boolean changed(byte[] first, byte[] second, int width, int height) {
    sum(first, second, width, height);
    int largest = largest();
    Arrays.sort(sums);
    double usual = sums[sums.length / 2];
    return largest > Math.max(CHANGED * BLOCK * BLOCK, ABOVE_NOISE * usual);
  }

  private int largest() {
    int largest = 0;
    for (int sum : sums) {
      largest = Math.max(largest, sum);
    }
    return largest;
  }

  /** Blocks at the right and lower edge reach back into the picture. */
  private void sum(byte[] first, byte[] second, int width, int height) {
    int across = (width + BLOCK - 1) / BLOCK;
    int down = (height + BLOCK - 1) / BLOCK;
    if (sums.length != across * down) {
      sums = new int[across * down];
    }
    for (int y = 0, at = 0; y < down; y++) {
      int top = Math.max(0, Math.min(y * BLOCK, height - BLOCK));
      for (int x = 0; x < across; x++, at++) {
        int left = Math.max(0, Math.min(x * BLOCK, width - BLOCK));
        sums[at] = block(first, second, width, height, left, top);
      }
    }
  }

  private static int block(byte[] first, byte[] second, int width, int height, int left, int top) {
    int sum = 0;
    for (int y = top; y < Math.min(height, top + BLOCK); y++) {
      for (int x = left; x < Math.min(width, left + BLOCK); x++) {
        sum += Math.abs((first[y * width + x] & 0xff) - (second[y * width + x] & 0xff));
      }
    }
    return sum;
  }
}
