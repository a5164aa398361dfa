package io.efface.audit;

import io.efface.redact.Style;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One channel of one region in one frame, as cells: of the finished output, and where they are at
 * hand of the input and of the planned fill.
 */
final class RegionSight {
  /** Sides of the parts that a region is judged by beside the whole, in its own sides. */
  private static final int PARTS = 3;

  private static final int MIN_CELLS_FOR_PARTS = 12;

  /**
   * Least side of a part in cells, which in a small region are pixels: in less, a codec's error is
   * but a slope, and any two slopes are alike.
   */
  private static final int MIN_PART_SIDE = 8;

  /** Fewer cells with neighbours do not tell a fill's smoothness from a codec's noise. */
  private static final int MIN_CELLS_FOR_ROUGHNESS = 64;

  /** Cells between a cell and those that its smoothness is judged by. */
  private static final int REACH = 2;

  private final CellGrid grid;
  private final Layers layers;
  private final boolean[] inside;
  private final int channel;

  /** The cells that are inside. */
  private final int[] cells;

  /** Made when they are first asked for. */
  private Optional<List<int[]>> parts = Optional.empty();

  private double[] input = new double[0];
  private double[] planned = new double[0];
  private double[] output = new double[0];
  private Optional<RegionDetail> detail = Optional.empty();

  /**
   * A sight that has seen nothing yet.
   *
   * @param inside which cells count, but for those on a border between two regions
   * @param layers which region shows in each cell
   */
  RegionSight(CellGrid grid, boolean[] inside, Layers layers, int channel) {
    this.grid = grid;
    this.layers = layers;
    this.inside = inside.clone();
    for (int i = 0; i < inside.length; i++) {
      this.inside[i] = inside[i] && !layers.isBorder(i);
    }
    this.channel = channel;
    int[] all = new int[inside.length];
    cells = Arrays.copyOf(all, window(0, 0, grid.columns(), grid.rows(), all));
  }

  CellGrid grid() {
    return grid;
  }

  int channel() {
    return channel;
  }

  /** How many cells are inside. */
  int cells() {
    return cells.length;
  }

  void input(double[] cells) {
    input = cells;
  }

  void planned(double[] cells) {
    planned = cells;
  }

  void output(double[] cells) {
    output = cells;
  }

  void compare(Optional<RegionDetail> samples) {
    detail = samples;
  }

  /** What was seen sample by sample, if that could be compared. */
  Optional<RegionDetail> detail() {
    return detail;
  }

  /**
   * How far the output follows the input beyond the planned fill.
   *
   * @param strength weaker traces need not be told
   */
  Trace beyondPlan(double strength) {
    return Trace.ofStrong(output, input, cells, cells.length, strength, planned);
  }

  /** How far the output follows the input beyond the likely fill, or any even slope. */
  Trace beyondSlope() {
    return Trace.of(output, input, inside, xs(), ys(), planned);
  }

  /** How far the output follows the input within the cells of a mosaic, which are flat. */
  Trace withinCells(int side) {
    return Trace.of(flattened(output, side), flattened(input, side), inside, softened(side));
  }

  /** What a codec makes of a mosaic's edges, within its cells. */
  private double[] softened(int side) {
    double[] flat = flattened(output, side);
    double[] means = new double[flat.length];
    Arrays.setAll(means, i -> output[i] - flat[i]);
    return flattened(blurred(means, everywhere()), side);
  }

  /**
   * How far the output follows a blurred input within the cells of a mosaic, away from their edges,
   * which a codec softens.
   */
  Trace withinCellsSoftly(int side) {
    boolean[] mask = inside.clone();
    for (int i = 0; i < mask.length; i++) {
      mask[i] &= layers.isAwayFromEdges(grid, i, side);
    }
    return Trace.of(flattened(output, side), flattened(blurred(input, everywhere()), side), mask);
  }

  private boolean[] everywhere() {
    boolean[] all = new boolean[grid.size()];
    Arrays.fill(all, true);
    return all;
  }

  /** Means over 5x5 cells, of those that count; 0 where none does. */
  private double[] blurred(double[] cells, boolean[] mask) {
    double[] sums = new double[cells.length];
    int[] counts = new int[cells.length];
    for (int i = 0; i < cells.length; i++) {
      int column = i % grid.columns();
      int first = i - column;
      int last = first + Math.min(grid.columns() - 1, column + REACH);
      for (int at = first + Math.max(0, column - REACH); at <= last; at++) {
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
      for (int y = Math.max(0, row - REACH); y <= Math.min(grid.rows() - 1, row + REACH); y++) {
        sum += sums[y * grid.columns() + column];
        count += counts[y * grid.columns() + column];
      }
      blurred[i] = count == 0 ? 0 : sum / count;
    }
    return blurred;
  }

  /**
   * Root mean square difference from the planned fill, in codes of 8 bits, of means over 5x5 cells:
   * an encoder may take the fill's grain away, but not what it is on average.
   */
  private double apart() {
    double[] mean = blurred(difference(), inside);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < inside.length; i++) {
      if (inside[i]) {
        sum += mean[i] * mean[i];
        count++;
      }
    }
    return count == 0 ? 0 : Math.sqrt(sum / count);
  }

  /** Whether {@link #apart} is more than a limit: hardly ever, and never if no cell is. */
  boolean isApart(double limit) {
    double[] difference = difference();
    double most = 0;
    for (int i = 0; i < inside.length; i++) {
      most = inside[i] ? Math.max(most, Math.abs(difference[i])) : most;
    }
    return most > limit && apart() > limit;
  }

  private double[] difference() {
    double[] difference = new double[output.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = output[i] - planned[i];
    }
    return difference;
  }

  /**
   * The strongest trace beyond the planned fill in any part of the region.
   *
   * @param strength weaker traces need not be told
   */
  Trace strongestPart(double likeness, double strength) {
    return strongestPart(output, input, likeness, strength, planned);
  }

  /**
   * The strongest trace within a mosaic's cells in any part of the region.
   *
   * @param strength weaker traces need not be told
   */
  Trace strongestPartWithinCells(int side, double likeness, double strength) {
    return strongestPart(
        flattened(output, side), flattened(input, side), likeness, strength, softened(side));
  }

  /** The strongest of the traces that are like enough, in the parts. */
  private Trace strongestPart(
      double[] out, double[] in, double likeness, double strength, double[] known) {
    Trace strongest = Trace.NONE;
    for (int[] part : parts()) {
      Trace trace = Trace.ofStrong(out, in, part, part.length, strength, known);
      strongest = stronger(strongest, trace, likeness);
    }
    return strongest;
  }

  private static Trace stronger(Trace one, Trace other, double likeness) {
    return Math.abs(other.likeness()) >= likeness
            && Math.abs(other.strength()) > Math.abs(one.strength())
        ? other
        : one;
  }

  /**
   * The cells of each part: of windows of a third of the grid's sides, or of the least side, that
   * overlap by half and are half inside; none where the grid is too small.
   */
  private List<int[]> parts() {
    if (parts.isEmpty()) {
      parts = Optional.of(findParts());
    }
    return parts.get();
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
  private int window(int left, int top, int width, int height, int[] cells) {
    int count = 0;
    for (int row = top; row < top + height; row++) {
      int first = row * grid.columns() + left;
      for (int i = first; i < first + width; i++) {
        cells[count] = i;
        count += inside[i] ? 1 : 0;
      }
    }
    return count;
  }

  /** What is finer than the cells, where it was compared: of all, then of each part. */
  List<RegionDetail.Sums> fine() {
    if (detail.isEmpty()) {
      return List.of();
    }
    List<RegionDetail.Sums> all = new ArrayList<>();
    all.add(detail.get().sums(cells));
    for (int[] part : parts()) {
      all.add(detail.get().sums(part));
    }
    return all;
  }

  /**
   * How strong the output's own detail finer than the cells is in half of them, in codes of 8 bits:
   * a mosaic's edges are in fewer. 0 where there are too few.
   */
  double fineRoughness() {
    if (detail.isEmpty() || cells.length < MIN_CELLS_FOR_ROUGHNESS) {
      return 0;
    }
    RegionDetail samples = detail.get();
    double[] strengths =
        Arrays.stream(cells)
            .mapToDouble(cell -> samples.sums(new int[] {cell}).strength())
            .sorted()
            .toArray();
    return strengths[strengths.length / 2];
  }

  /** How far the output is from the planned fill in any 3x3 samples, in codes of 8 bits. */
  double peak() {
    return detail.map(samples -> samples.peak(inside)).orElse(0.0);
  }

  /**
   * How uneven the output is by itself: root mean square difference of a cell from the mean of four
   * around it, in codes of 8 bits; of the smoothest reading as a mosaic, if that is smoother. 0
   * where too few cells have such neighbours.
   */
  double roughness() {
    double least = roughness(output);
    for (int side = Style.Mosaic.MAX_CELLS; side > 1; side--) {
      least = Math.min(least, roughness(flattened(output, side)));
    }
    return least;
  }

  private double roughness(double[] cells) {
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

  /** The cells without the mean of the mosaic's cell that they lie in. */
  private double[] flattened(double[] cells, int side) {
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

  private double[] xs() {
    double[] xs = new double[grid.size()];
    Arrays.setAll(xs, grid::x);
    return xs;
  }

  private double[] ys() {
    double[] ys = new double[grid.size()];
    Arrays.setAll(ys, grid::y);
    return ys;
  }
}
