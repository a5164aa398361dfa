package io.efface.audit;

import io.efface.redact.Style;
import java.util.Arrays;

/**
 * What the cells of a region look like beside each other: smoothed, within the cells of a mosaic,
 * or how uneven they are.
 */
final class CellTexture {
  /** Fewer cells with neighbours do not tell a fill's smoothness from a codec's noise. */
  static final int MIN_CELLS_FOR_ROUGHNESS = 64;

  /** Cells between a cell and those that its smoothness is judged by. */
  private static final int REACH = 2;

  private final CellGrid grid;
  private final Layers layers;
  private final boolean[] inside;

  /**
   * Of a region.
   *
   * @param layers which region shows in each cell
   * @param inside which cells count; kept, not to be changed
   */
  CellTexture(CellGrid grid, Layers layers, boolean[] inside) {
    this.grid = grid;
    this.layers = layers;
    this.inside = inside;
  }

  /** Means over 5x5 cells, of those inside; 0 where none is. */
  double[] blurred(double[] cells) {
    return blurred(cells, inside, REACH);
  }

  /** Means over 5x5 cells, whether they count or not. */
  double[] blurredThroughout(double[] cells) {
    return blurredThroughout(cells, REACH);
  }

  /**
   * Means over squares of cells, whether they count or not.
   *
   * @param reach cells from a square's middle to its side
   */
  double[] blurredThroughout(double[] cells, int reach) {
    boolean[] all = new boolean[grid.size()];
    Arrays.fill(all, true);
    return blurred(cells, all, reach);
  }

  private double[] blurred(double[] cells, boolean[] mask, int reach) {
    double[] sums = new double[cells.length];
    int[] counts = new int[cells.length];
    for (int i = 0; i < cells.length; i++) {
      int column = i % grid.columns();
      int first = i - column;
      int last = first + Math.min(grid.columns() - 1, column + reach);
      for (int at = first + Math.max(0, column - reach); at <= last; at++) {
        sums[i] += mask[at] ? cells[at] : 0;
        counts[i] += mask[at] ? 1 : 0;
      }
    }
    double[] blurred = new double[cells.length];
    for (int i = 0; i < cells.length; i++) {
      int column = i % grid.columns();
      int row = i / grid.columns();
      double sum = 0;
      int count = 0;
      for (int y = Math.max(0, row - reach); y <= Math.min(grid.rows() - 1, row + reach); y++) {
        sum += sums[y * grid.columns() + column];
        count += counts[y * grid.columns() + column];
      }
      blurred[i] = count == 0 ? 0 : sum / count;
    }
    return blurred;
  }

  /** The cells without the mean of the mosaic's cell that they lie in. */
  double[] withinMosaic(double[] cells, int side) {
    double[] sums = new double[layers.places()];
    int[] counts = new int[layers.places()];
    int[] places = new int[cells.length];
    for (int i = 0; i < cells.length; i++) {
      places[i] = layers.place(grid, i, side);
      if (inside[i]) {
        sums[places[i]] += cells[i];
        counts[places[i]]++;
      }
    }
    double[] rest = new double[cells.length];
    for (int i = 0; i < cells.length; i++) {
      rest[i] =
          cells[i] - (counts[places[i]] == 0 ? cells[i] : sums[places[i]] / counts[places[i]]);
    }
    return rest;
  }

  /** What a codec makes of a mosaic's edges, within its cells. */
  double[] softenedMosaic(double[] cells, int side) {
    double[] within = withinMosaic(cells, side);
    double[] means = new double[within.length];
    Arrays.setAll(means, i -> cells[i] - within[i]);
    return withinMosaic(blurredThroughout(means), side);
  }

  /**
   * How uneven cells are by themselves: root mean square difference of a cell from the mean of four
   * around it; of the smoothest reading as a mosaic, if that is smoother. 0 where too few cells
   * have such neighbours.
   */
  double roughness(double[] cells) {
    double least = unevenness(cells);
    for (int side = Style.Mosaic.MAX_CELLS; side > 1; side--) {
      least = Math.min(least, unevenness(withinMosaic(cells, side)));
    }
    return least;
  }

  private double unevenness(double[] cells) {
    double sum = 0;
    int count = 0;
    int across = REACH * grid.columns();
    for (int i = across; i < cells.length - across; i++) {
      int column = i % grid.columns();
      if (column >= REACH
          && column < grid.columns() - REACH
          && inside[i]
          && isEvenWith(i, i - REACH)
          && isEvenWith(i, i + REACH)
          && isEvenWith(i, i - across)
          && isEvenWith(i, i + across)) {
        double around =
            (cells[i - REACH] + cells[i + REACH] + cells[i - across] + cells[i + across]) / 4;
        sum += (cells[i] - around) * (cells[i] - around);
        count++;
      }
    }
    return count < MIN_CELLS_FOR_ROUGHNESS ? 0 : Math.sqrt(sum / count);
  }

  private boolean isEvenWith(int cell, int other) {
    return inside[other] && layers.isOne(cell, other);
  }
}
