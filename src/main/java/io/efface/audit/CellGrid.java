package io.efface.audit;

import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.geometry.Polygon;
import io.efface.media.PixelLayout;
import io.efface.media.Plane;
import io.efface.media.VideoFrame;
import io.efface.redact.Region;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A grid of cells over a part of the upright picture. Frames of any layout and orientation are
 * averaged over it, so that two of them can be compared cell by cell.
 *
 * @param part in pixels of the upright picture, inside it
 * @param columns cells a row
 * @param rows rows of cells
 */
record CellGrid(Box part, int columns, int rows) {
  /** Most cells a side: finer detail is the codec's, not the object's. */
  private static final int MOST_CELLS = 24;

  /** Channels that can be compared: luma and, for YUV, the colour differences. */
  static final int LUMA = 0;

  /** A grid of at most 24x24 cells, none smaller than a sample of the channel. */
  static CellGrid over(Box part, VideoFrame frame, int channel) {
    PixelLayout layout = frame.layout();
    boolean turned = frame.orientation().transposed();
    int shiftX = turned ? layout.shiftY(channel) : layout.shiftX(channel);
    int shiftY = turned ? layout.shiftX(channel) : layout.shiftY(channel);
    return new CellGrid(part, cells(part.width(), shiftX), cells(part.height(), shiftY));
  }

  private static int cells(double sidePx, int shift) {
    return (int) Math.max(1, Math.min(MOST_CELLS, Math.floor(sidePx / (1 << shift))));
  }

  /** Whether two frames mean the same by their planes, so that colour can be compared too. */
  static int channels(VideoFrame a, VideoFrame b) {
    return a.layout().model() == PixelLayout.ColourModel.YUV && a.layout().equals(b.layout())
        ? a.layout().planes()
        : 1;
  }

  int size() {
    return columns * rows;
  }

  /** Which cells' middles lie in a shape. */
  boolean[] inside(Region.Shape shape, Box outline) {
    boolean[] inside = new boolean[size()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = isInside(shape, outline, x(i), y(i));
    }
    return inside;
  }

  /** Whether a point lies in a shape that is no polygon. */
  static boolean isInside(Region.Shape shape, Box outline, double x, double y) {
    double dx = (x - outline.centreX()) / (outline.width() / 2);
    double dy = (y - outline.centreY()) / (outline.height() / 2);
    return shape == Region.Shape.ELLIPSE
        ? dx * dx + dy * dy <= 1
        : Math.abs(dx) <= 1 && Math.abs(dy) <= 1;
  }

  /** Which cells' middles lie in a polygon. */
  boolean[] inside(Polygon outline) {
    boolean[] inside = new boolean[size()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = outline.contains(x(i), y(i));
    }
    return inside;
  }

  /** The middle of a cell, horizontally, in pixels of the upright picture. */
  double x(int cell) {
    return part.left() + (cell % columns + 0.5) * part.width() / columns;
  }

  /** The middle of a cell, vertically, in pixels of the upright picture. */
  double y(int cell) {
    int row = cell / columns;
    return part.top() + (row + 0.5) * part.height() / rows;
  }

  /**
   * Means over the cells, row by row, in codes of 8 bits: luma stretched to the full range,
   * whatever the frame's; colour differences as they are.
   *
   * @param frame borrowed for the call
   * @param channel 0 for luma, 1 or 2 for the colour differences of a YUV frame
   */
  double[] means(VideoFrame frame, int channel) {
    if (channel > LUMA || frame.layout().model() != PixelLayout.ColourModel.GBR) {
      double[] means = planeMeans(frame, channel);
      if (channel == LUMA && !frame.layout().fullRange()) {
        for (int i = 0; i < means.length; i++) {
          means[i] = (means[i] - 16) * 255 / 219;
        }
      }
      return means;
    }
    double[] green = planeMeans(frame, 0);
    double[] blue = planeMeans(frame, 1);
    double[] red = planeMeans(frame, 2);
    for (int i = 0; i < green.length; i++) {
      // By BT.601, as JPEG and WebP: RGB stands beside YUV in stills only.
      green[i] = 0.299 * red[i] + 0.587 * green[i] + 0.114 * blue[i];
    }
    return green;
  }

  private double[] planeMeans(VideoFrame frame, int plane) {
    PixelLayout layout = frame.layout();
    int[] xs = xs(frame, plane);
    int[] ys = ys(frame, plane);
    int across = xs.length - 1;
    double unit = 1.0 / (1 << (layout.bitDepth() - 8));
    double[] storedMeans = new double[size()];
    SampleRow samplesOfRow = new SampleRow(frame.planes().get(plane), layout.bytesPerSample(), xs);
    for (int k = 0; k < ys.length - 1; k++) {
      samplesOfRow.means(ys, k, storedMeans, k * across);
    }
    double[] means = new double[size()];
    for (int i = 0; i < means.length; i++) {
      means[i] = unit * storedMeans[stored(i, frame.orientation())];
    }
    return means;
  }

  /** Where the columns of cells begin and end in a plane as it is stored. */
  int[] xs(VideoFrame frame, int plane) {
    Box stored = frame.orientation().toStored(part, frame.width(), frame.height());
    return edges(
        stored.left(),
        stored.right(),
        frame.orientation().transposed() ? rows : columns,
        frame.layout().shiftX(plane),
        frame.planes().get(plane).width());
  }

  /** The same of the rows. */
  int[] ys(VideoFrame frame, int plane) {
    Box stored = frame.orientation().toStored(part, frame.width(), frame.height());
    return edges(
        stored.top(),
        stored.bottom(),
        frame.orientation().transposed() ? columns : rows,
        frame.layout().shiftY(plane),
        frame.planes().get(plane).height());
  }

  /** Where a cell of the upright grid stands among those of the stored picture, row by row. */
  int stored(int cell, Orientation orientation) {
    int row = cell / columns;
    int column = cell % columns;
    int v = orientation.mirroredY() ? rows - 1 - row : row;
    int u = orientation.mirroredX() ? columns - 1 - column : column;
    return orientation.transposed() ? u * rows + v : v * columns + u;
  }

  private static int[] edges(double from, double to, int cells, int shift, int samples) {
    int[] edges = new int[cells + 1];
    for (int i = 0; i <= cells; i++) {
      double at = (from + (to - from) * i / cells) / (1 << shift);
      edges[i] = (int) Math.max(0, Math.min(samples, Math.round(at)));
    }
    return edges;
  }

  /** Reads a plane row by row, each row in one go, and averages it over cells. */
  private static final class SampleRow {
    private static final VarHandle EIGHT_BYTES =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /** Every other byte of eight. */
    private static final long LOW_BYTES = 0x00ff_00ff_00ff_00ffL;

    /** By it, four numbers of 16 bits are added up in the highest of them: at most 8 times 255. */
    private static final long SUM_OF_FOUR = 0x0001_0001_0001_0001L;

    private final Plane plane;
    private final int bytes;
    private final int[] lefts;
    private final int[] rights;
    private final ByteBuffer data;
    private final byte[] line;
    private final long[] sums;

    SampleRow(Plane plane, int bytes, int[] edges) {
      int cells = edges.length - 1;
      this.plane = plane;
      this.bytes = bytes;
      lefts = new int[cells];
      rights = new int[cells];
      for (int i = 0; i < cells; i++) {
        lefts[i] = Math.min(edges[i], edges[cells] - 1);
        rights[i] = Math.max(lefts[i] + 1, edges[i + 1]);
      }
      data = plane.data().duplicate();
      line = new byte[(rights[cells - 1] - lefts[0]) * bytes];
      sums = new long[cells];
    }

    /** Writes the means of one row of cells, in the plane's codes, to {@code into}. */
    void means(int[] edges, int row, double[] into, int first) {
      int top = Math.min(edges[row], edges[edges.length - 1] - 1);
      int bottom = Math.max(top + 1, edges[row + 1]);
      Arrays.fill(sums, 0);
      for (int y = top; y < bottom; y++) {
        data.get(y * plane.stride() + lefts[0] * bytes, line);
        for (int i = 0; i < sums.length; i++) {
          sums[i] += sum(lefts[i] - lefts[0], rights[i] - lefts[0]);
        }
      }
      for (int i = 0; i < sums.length; i++) {
        into[first + i] = (double) sums[i] / ((long) (rights[i] - lefts[i]) * (bottom - top));
      }
    }

    /**
     * Adds up every sample of a stretch: of what is left out, a forger could restore the object.
     */
    private long sum(int from, int to) {
      long sum = 0;
      int x = from;
      if (bytes == 1) {
        for (; x + Long.BYTES <= to; x += Long.BYTES) {
          long eight = (long) EIGHT_BYTES.get(line, x);
          long pairs = (eight & LOW_BYTES) + ((eight >>> 8) & LOW_BYTES);
          sum += (pairs * SUM_OF_FOUR) >>> 48;
        }
      }
      for (; x < to; x++) {
        sum += bytes == 1 ? line[x] & 0xff : code(2 * x);
      }
      return sum;
    }

    private int code(int at) {
      int first = line[at] & 0xff;
      int second = line[at + 1] & 0xff;
      return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
          ? first | second << 8
          : first << 8 | second;
    }
  }
}
