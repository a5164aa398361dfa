package io.efface.audit;

import io.efface.geometry.Orientation;
import io.efface.media.PixelLayout;
import io.efface.media.Plane;
import io.efface.media.VideoFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
  /** Samples of a 3x3 square. */
  private static final int SQUARE = 9;

  /** More bits a sample are cut off, so that nine of them fit a short. */
  private static final int MOST_BITS = 10;

  /** Of so many samples the squares, of at most 16 times 1,023 codes each, fit an int. */
  private static final int SHORT_ROW = 8;

  private final CellGrid grid;
  private final int channel;
  private final Orientation orientation;

  /** Where the cells begin and end in the plane. */
  private final int[] xs;

  private final int[] ys;

  /** The part of the plane that is looked at: the cells, and a sample around where there is one. */
  private final int left;

  private final int top;
  private final int width;
  private final int height;
  private final ShortPool memory;
  private final Patch output;
  private final Patch input;

  /** What is looked at: the output's detail, or what it has beyond the planned fill. */
  private short[] detail;

  /** How far the sums of 3x3 samples are from the planned ones; empty where no plan is known. */
  private short[] apart = new short[0];

  /** A part of a plane. */
  private static final class Patch {
    /** Of 3x3 samples, row by row; anything at the edges. */
    private final short[] sums;

    /** Nine times the difference of a sample from the mean of the 3x3 around it; likewise. */
    private final short[] detail;

    /** Codes of 8 bits and full range in one of a sum's. */
    private final double unit;

    Patch(short[] sums, short[] detail, double unit) {
      this.sums = sums;
      this.detail = detail;
      this.unit = unit;
    }
  }

  /**
   * What was summed up over cells, in codes of 8 bits.
   *
   * @param samples how many
   * @param input squares of the input's detail
   * @param output squares of what is looked at: the output's detail, or what it has beyond the fill
   * @param product of both
   */
  record Sums(long samples, double input, double output, double product) {
    static final Sums NONE = new Sums(0, 0, 0, 0);

    /** The sums over some cells. */
    static Sums of(Sums[] all, int[] cells) {
      long samples = 0;
      double input = 0;
      double output = 0;
      double product = 0;
      for (int cell : cells) {
        samples += all[cell].samples;
        input += all[cell].input;
        output += all[cell].output;
        product += all[cell].product;
      }
      return new Sums(samples, input, output, product);
    }

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

  private RegionDetail(
      CellGrid grid, int channel, VideoFrame out, VideoFrame in, ShortPool memory) {
    this.grid = grid;
    this.memory = memory;
    this.channel = channel;
    orientation = out.orientation();
    Plane plane = out.planes().get(channel);
    xs = grid.xs(out, channel);
    ys = grid.ys(out, channel);
    left = Math.max(0, xs[0] - 1);
    top = Math.max(0, ys[0] - 1);
    width = Math.min(plane.width(), xs[xs.length - 1] + 1) - left;
    height = Math.min(plane.height(), ys[ys.length - 1] + 1) - top;
    output = patch(out);
    input = patch(in);
    detail = output.detail;
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
      CellGrid grid, int channel, VideoFrame out, VideoFrame in, ShortPool memory) {
    Plane output = out.planes().get(channel);
    Plane other = in.planes().get(channel);
    return out.orientation() == in.orientation()
            && output.width() == other.width()
            && output.height() == other.height()
        ? Optional.of(new RegionDetail(grid, channel, out, in, memory))
        : Optional.empty();
  }

  private Patch patch(VideoFrame frame) {
    PixelLayout layout = frame.layout();
    int bits = Math.min(MOST_BITS, layout.bitDepth());
    short[] codes = codes(frame, channel, layout.bitDepth() - bits);
    if (layout.model() == PixelLayout.ColourModel.GBR) {
      short[] blue = codes(frame, 1, layout.bitDepth() - bits);
      short[] red = codes(frame, 2, layout.bitDepth() - bits);
      for (int i = 0; i < width * height; i++) {
        // By BT.601, as the cells.
        codes[i] = (short) ((77 * red[i] + 150 * codes[i] + 29 * blue[i]) >> 8);
      }
    }
    short[] sums = memory.take(width * height);
    short[] fine = memory.take(width * height);
    short[] columns = memory.take(width);
    for (int y = 1; y < height - 1; y++) {
      int row = y * width;
      for (int x = 0; x < width; x++) {
        columns[x] = (short) (codes[row - width + x] + codes[row + x] + codes[row + width + x]);
      }
      for (int x = 1; x < width - 1; x++) {
        sums[row + x] = (short) (columns[x - 1] + columns[x] + columns[x + 1]);
      }
      for (int x = 1; x < width - 1; x++) {
        fine[row + x] = (short) (SQUARE * codes[row + x] - sums[row + x]);
      }
    }
    boolean stretched = channel == CellGrid.LUMA && !layout.fullRange();
    double unit = 1.0 / SQUARE / (1 << (bits - 8)) * (stretched ? 255.0 / 219 : 1);
    return new Patch(sums, fine, unit);
  }

  private short[] codes(VideoFrame frame, int index, int surplusBits) {
    Plane plane = frame.planes().get(index);
    PixelLayout layout = frame.layout();
    short[] codes = memory.take(width * height);
    int bytes = layout.bytesPerSample();
    ByteBuffer data = plane.data().duplicate().order(ByteOrder.nativeOrder());
    byte[] line = new byte[width * bytes];
    for (int y = 0; y < height; y++) {
      data.get((top + y) * plane.stride() + left * bytes, line);
      if (bytes == 1) {
        for (int x = 0; x < width; x++) {
          codes[y * width + x] = (short) (line[x] & 0xff);
        }
      } else {
        ByteBuffer wide = ByteBuffer.wrap(line).order(ByteOrder.nativeOrder());
        for (int x = 0; x < width; x++) {
          codes[y * width + x] = (short) ((wide.getShort(2 * x) & 0xffff) >> surplusBits);
        }
      }
    }
    return codes;
  }

  /**
   * Takes the planned fill out of the output.
   *
   * @param plan the planned fill's frame, borrowed for the call
   */
  void takeOut(VideoFrame plan) {
    Patch planned = patch(plan);
    short[] beyond = memory.take(width * height);
    apart = memory.take(width * height);
    for (int i = 0; i < width * height; i++) {
      beyond[i] = (short) (output.detail[i] - planned.detail[i]);
      apart[i] = (short) Math.abs(output.sums[i] - planned.sums[i]);
    }
    detail = beyond;
  }

  /** How far the mean of 3x3 samples is from the planned one at most, in some cells. */
  double peak(boolean[] cells) {
    int most = 0;
    for (int i = 0; i < cells.length; i++) {
      most = cells[i] && apart.length > 0 ? Math.max(most, peak(i)) : most;
    }
    return most * output.unit;
  }

  private int peak(int cell) {
    int at = grid.stored(cell, orientation);
    int across = xs.length - 1;
    int most = 0;
    for (int y = Math.max(1, ys[at / across] - top);
        y < Math.min(height - 1, ys[at / across + 1] - top);
        y++) {
      for (int x = Math.max(1, xs[at % across] - left);
          x < Math.min(width - 1, xs[at % across + 1] - left);
          x++) {
        most = Math.max(most, apart[y * width + x]);
      }
    }
    return most;
  }

  /** What is in each cell of the upright grid. */
  Sums[] sums() {
    Sums[] sums = new Sums[grid.size()];
    int across = xs.length - 1;
    for (int i = 0; i < sums.length; i++) {
      int at = grid.stored(i, orientation);
      int u = at % across;
      int v = at / across;
      sums[i] = sums(xs[u], xs[u + 1], ys[v], ys[v + 1]);
    }
    return sums;
  }

  private Sums sums(int fromX, int toX, int fromY, int toY) {
    long inputs = 0;
    long outputs = 0;
    long products = 0;
    int x0 = Math.max(1, fromX - left);
    int x1 = Math.min(width - 1, toX - left);
    int y0 = Math.max(1, fromY - top);
    int y1 = Math.min(height - 1, toY - top);
    if (x1 <= x0 || y1 <= y0) {
      return Sums.NONE;
    }
    for (int y = y0; y < y1; y++) {
      for (int x = x0; x < x1; x += SHORT_ROW) {
        int from = y * width + x;
        int to = y * width + Math.min(x1, x + SHORT_ROW);
        int in = 0;
        int out = 0;
        int both = 0;
        for (int i = from; i < to; i++) {
          in += input.detail[i] * input.detail[i];
          out += detail[i] * detail[i];
          both += input.detail[i] * detail[i];
        }
        inputs += in;
        outputs += out;
        products += both;
      }
    }
    return new Sums(
        (long) (x1 - x0) * (y1 - y0),
        input.unit * input.unit * inputs,
        output.unit * output.unit * outputs,
        input.unit * output.unit * products);
  }
}
