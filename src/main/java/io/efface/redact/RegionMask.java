package io.efface.redact;

import java.util.Arrays;

/**
 * Which samples of a plane lie in a region: one byte a sample. Grows to the largest plane seen and
 * is cleared only where it was marked, so a frame costs what its regions cover.
 */
final class RegionMask {
  /** In a region of any style: what it was may not be read for a fill. */
  static final byte COVERED = 1;

  /** In a region of a style that lets nothing through: what it was may not be read at all. */
  static final byte SEALED = 2;

  private byte[] cells = new byte[0];

  /** Begin and end of each run of marked samples, for clearing them. */
  private int[] runs = new int[0];

  private int marked;
  private int width;
  private int height;
  private int shiftX;
  private int shiftY;

  /** Sets the plane's size and subsampling; the mask is all clear before and after. */
  void resize(int planeWidth, int planeHeight, int planeShiftX, int planeShiftY) {
    width = planeWidth;
    height = planeHeight;
    shiftX = planeShiftX;
    shiftY = planeShiftY;
    int size = Math.multiplyExact(planeWidth, planeHeight);
    if (cells.length < size) {
      cells = new byte[size];
    }
  }

  int shiftX() {
    return shiftX;
  }

  int shiftY() {
    return shiftY;
  }

  /**
   * One byte a sample, rows of the plane's width one after another; borrowed, not to be changed.
   */
  byte[] cells() {
    return cells;
  }

  /**
   * Sets every sample of a shape, whichever shapes marked it before.
   *
   * @param value {@link #COVERED}, with or without {@link #SEALED}
   */
  void mark(Footprint shape, int value) {
    int end = shape.endRow(false, shiftY, height);
    for (int y = shape.firstRow(false, shiftY); y < end; y++) {
      int found = shape.seek(y, false, shiftX, shiftY, width);
      for (int run = 0; run < found; run++) {
        if (runs.length < marked + 2) {
          runs = Arrays.copyOf(runs, 2 * marked + 256);
        }
        runs[marked] = y * width + shape.from(run);
        runs[marked + 1] = y * width + shape.to(run);
        Arrays.fill(cells, runs[marked], runs[marked + 1], (byte) value);
        marked += 2;
      }
    }
  }

  /** Clears the mask. */
  void clear() {
    for (int i = 0; i < marked; i += 2) {
      Arrays.fill(cells, runs[i], runs[i + 1], (byte) 0);
    }
    marked = 0;
  }
}
