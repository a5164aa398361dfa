package io.efface.audit;

import io.efface.geometry.Orientation;
import io.efface.media.Plane;
import io.efface.media.VideoFrame;
import java.util.Optional;

/**
 * One channel of one region in one frame, sample by sample: the detail that is finer than a {@link
 * CellGrid}'s cells, where the input is at hand. A sample's detail is its difference from the mean
 * of the 3x3 samples around it. Sums of it are kept by cell, so that any set of cells can be asked
 * for.
 *
 * <p>Frames that are not turned alike, or whose planes differ in size, cannot be compared sample by
 * sample.
 */
final class RegionDetail {
  private final CellGrid grid;
  private final Orientation orientation;

  /** Where the cells begin and end in the plane. */
  private final int[] xs;

  private final int[] ys;
  private final RegionSamples.Part part;
  private final RegionSamples input;
  private final RegionSamples output;
  private final BytePool memory;
  private Optional<RegionSamples> planned = Optional.empty();

  /** Made when it is first asked for. */
  private Optional<DetailSums> cells = Optional.empty();

  /**
   * What was summed up over cells, in codes of 8 bits.
   *
   * @param samples how many
   * @param input squares of the input's detail
   * @param output squares of what is looked at: the output's detail, or what it has beyond the fill
   * @param product of both
   */
  record Sums(long samples, double input, double output, double product) {

    /** As a trace of the input in the output; its cells are samples. */
    Trace trace() {
      double detail = Math.sqrt(input / Math.max(1, samples));
      return input <= 0 || output <= 0
          ? new Trace(detail, 0, 0, (int) samples)
          : new Trace(detail, product / input, product / Math.sqrt(input * output), (int) samples);
    }

    /** Root mean square of what is looked at. */
    double strength() {
      return Math.sqrt(output / Math.max(1, samples));
    }
  }

  private RegionDetail(CellGrid grid, int channel, VideoFrame out, VideoFrame in, BytePool memory) {
    this.grid = grid;
    this.memory = memory;
    orientation = out.orientation();
    xs = grid.xs(out, channel);
    ys = grid.ys(out, channel);
    part = RegionSamples.Part.around(xs, ys, out, channel);
    output = new RegionSamples(part, out, memory);
    input = new RegionSamples(part, in, memory);
  }

  /**
   * Compares a region of two frames.
   *
   * @param out the output's, borrowed for the call
   * @param in the input's, borrowed for the call
   * @param memory what it works in until that is given back
   * @return empty where they cannot be compared sample by sample
   */
  static Optional<RegionDetail> of(
      CellGrid grid, int channel, VideoFrame out, VideoFrame in, BytePool memory) {
    Plane one = out.planes().get(channel);
    Plane other = in.planes().get(channel);
    return out.orientation() == in.orientation()
            && one.width() == other.width()
            && one.height() == other.height()
        ? Optional.of(new RegionDetail(grid, channel, out, in, memory))
        : Optional.empty();
  }

  /**
   * Takes the planned fill out of the output.
   *
   * @param plan the planned fill's frame, borrowed for the call
   */
  void takeOut(VideoFrame plan) {
    planned = Optional.of(new RegionSamples(part, plan, memory));
    cells = Optional.empty();
  }

  private DetailSums cells() {
    if (cells.isEmpty()) {
      cells = Optional.of(DetailSums.of(part, xs, ys, input, output, planned));
    }
    return cells.get();
  }

  /** What is in some cells of the upright grid. */
  Sums sums(int[] some) {
    DetailSums sums = cells();
    long samples = 0;
    long inputs = 0;
    long outputs = 0;
    long products = 0;
    for (int cell : some) {
      int at = grid.stored(cell, orientation);
      samples += sums.samples(at);
      inputs += sums.inputs(at);
      outputs += sums.outputs(at);
      products += sums.products(at);
    }
    double in = input.unit() / DetailSums.SQUARE;
    double out = output.unit() / DetailSums.SQUARE;
    return new Sums(samples, in * in * inputs, out * out * outputs, in * out * products);
  }

  /** How far the mean of 3x3 samples is from the planned one at most, in some cells. */
  double peak(boolean[] some) {
    if (planned.isEmpty()) {
      return 0;
    }
    int most = 0;
    for (int i = 0; i < some.length; i++) {
      most = some[i] ? Math.max(most, cells().most(grid.stored(i, orientation))) : most;
    }
    return most * output.unit() / DetailSums.SQUARE;
  }
}
