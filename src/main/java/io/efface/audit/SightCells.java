package io.efface.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which cells of a region's grid are judged: all that count, and those of each of its parts. */
final class SightCells {
  /** Sides of the parts that a region is judged by beside the whole, in its own sides. */
  private static final int PARTS = 3;

  private static final int MIN_CELLS_FOR_PARTS = 12;

  /**
   * Least side of a part in cells, which in a small region are pixels: in less, a codec's error is
   * but a slope, and any two slopes are alike.
   */
  private static final int MIN_PART_SIDE = 8;

  private final CellGrid grid;
  private final boolean[] inside;
  private final int[] all;

  /** Found when they are first asked for; most regions pass without. */
  private List<int[]> parts = List.of();

  private boolean partsAreFound;

  /**
   * Those that count.
   *
   * @param inside for each cell of the grid; kept, not to be changed
   */
  SightCells(CellGrid grid, boolean[] inside) {
    this.grid = grid;
    this.inside = inside;
    int[] some = new int[inside.length];
    all = Arrays.copyOf(some, window(0, 0, grid.columns(), grid.rows(), some));
  }

  /** All that count; not to be changed. */
  int[] all() {
    return all;
  }

  /**
   * The cells of each part: of windows of a third of the grid's sides, or of the least side, that
   * overlap by half and are half inside; none where the grid is too small.
   */
  List<int[]> parts() {
    if (!partsAreFound) {
      parts = findParts();
      partsAreFound = true;
    }
    return parts;
  }

  private List<int[]> findParts() {
    List<int[]> found = new ArrayList<>();
    if (grid.columns() < MIN_CELLS_FOR_PARTS || grid.rows() < MIN_CELLS_FOR_PARTS) {
      return found;
    }
    int width = Math.max(MIN_PART_SIDE, grid.columns() / PARTS);
    int height = Math.max(MIN_PART_SIDE, grid.rows() / PARTS);
    int[] some = new int[width * height];
    for (int top = 0; top + height <= grid.rows(); top += height / 2) {
      for (int left = 0; left + width <= grid.columns(); left += width / 2) {
        int count = window(left, top, width, height, some);
        if (2 * count >= width * height) {
          found.add(Arrays.copyOf(some, count));
        }
      }
    }
    return found;
  }

  /** Lists the cells of a window that are inside; returns how many there are. */
  private int window(int left, int top, int width, int height, int[] into) {
    int count = 0;
    for (int row = top; row < top + height; row++) {
      int first = row * grid.columns() + left;
      for (int i = first; i < first + width; i++) {
        into[count] = i;
        count += inside[i] ? 1 : 0;
      }
    }
    return count;
  }
}
