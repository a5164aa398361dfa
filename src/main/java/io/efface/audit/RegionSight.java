package io.efface.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One channel of one region in one frame, as cells: of the finished output, and where they are at
 * hand of the input and of the planned fill.
 */
final class RegionSight {
  private final CellGrid grid;
  private final Layers layers;
  private final boolean[] inside;
  private final int channel;
  private final SightCells cells;
  private final CellTexture texture;
  private double[] input = new double[0];
  private double[] planned = new double[0];

  /** What of the output the plan explains. */
  private double[][] known = new double[][] {planned};

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
    cells = new SightCells(grid, this.inside);
    texture = new CellTexture(grid, layers, this.inside);
  }

  CellGrid grid() {
    return grid;
  }

  int channel() {
    return channel;
  }

  /** How many cells are inside. */
  int cells() {
    return cells.all().length;
  }

  void input(double[] cells) {
    input = cells;
  }

  /**
   * Sees the planned fill.
   *
   * @param edged whether it has edges, which an encoder softens: what it makes of a mosaic's is
   *     nearer to the input than the mosaic is, and yet tells no more
   */
  void planned(double[] cells, boolean edged) {
    planned = cells;
    known =
        edged
            ? new double[][] {
              cells, texture.blurredThroughout(cells, 1), texture.blurredThroughout(cells, 2)
            }
            : new double[][] {cells};
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
    return Trace.ofStrong(output, input, cells.all(), cells(), strength, known);
  }

  /** How far the output follows the input beyond the likely fill, or any even slope. */
  Trace beyondSlope() {
    return Trace.of(output, input, inside, xs(), ys(), planned);
  }

  /** How far the output follows the input within the cells of a mosaic, which are flat. */
  Trace withinCells(int side) {
    return Trace.of(
        texture.withinMosaic(output, side),
        texture.withinMosaic(input, side),
        inside,
        texture.softenedMosaic(output, side));
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
    return Trace.of(
        texture.withinMosaic(output, side),
        texture.withinMosaic(texture.blurredThroughout(input), side),
        mask);
  }

  /**
   * Root mean square difference from the planned fill, in codes of 8 bits, of means over 5x5 cells:
   * an encoder may take the fill's grain away, but not what it is on average.
   */
  private double apart() {
    double[] mean = texture.blurred(difference());
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
    return strongestPart(output, input, likeness, strength, known);
  }

  /**
   * The strongest trace within a mosaic's cells in any part of the region.
   *
   * @param strength weaker traces need not be told
   */
  Trace strongestPartWithinCells(int side, double likeness, double strength) {
    return strongestPart(
        texture.withinMosaic(output, side),
        texture.withinMosaic(input, side),
        likeness,
        strength,
        texture.softenedMosaic(output, side));
  }

  /** The strongest of the traces that are like enough, in the parts. */
  private Trace strongestPart(
      double[] out, double[] in, double likeness, double strength, double[]... known) {
    Trace strongest = Trace.NONE;
    for (int[] part : cells.parts()) {
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

  /** What is finer than the cells, where it was compared: of all, then of each part. */
  List<RegionDetail.Sums> fine() {
    if (detail.isEmpty()) {
      return List.of();
    }
    List<RegionDetail.Sums> all = new ArrayList<>();
    all.add(detail.get().sums(cells.all()));
    for (int[] part : cells.parts()) {
      all.add(detail.get().sums(part));
    }
    return all;
  }

  /**
   * How strong the output's own detail finer than the cells is in half of them, in codes of 8 bits:
   * a mosaic's edges are in fewer. 0 where there are too few.
   */
  double fineRoughness() {
    if (detail.isEmpty() || cells() < CellTexture.MIN_CELLS_FOR_ROUGHNESS) {
      return 0;
    }
    RegionDetail samples = detail.get();
    double[] strengths =
        Arrays.stream(cells.all())
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
    return texture.roughness(output);
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
