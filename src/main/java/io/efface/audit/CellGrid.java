package io.efface.audit;

import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.geometry.Polygon;
import io.efface.media.PixelLayout;
import io.efface.media.Plane;
import io.efface.media.VideoFrame;
import io.efface.redact.Region;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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

  /** Samples looked at along each side of a cell. */
  private static final int SAMPLES_A_SIDE = 8;

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
      double dx = (x(i) - outline.centreX()) / (outline.width() / 2);
      double dy = (y(i) - outline.centreY()) / (outline.height() / 2);
      inside[i] =
          shape == Region.Shape.ELLIPSE
              ? dx * dx + dy * dy <= 1
              : Math.abs(dx) <= 1 && Math.abs(dy) <= 1;
    }
    return inside;
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
      green[i] = 0.2126 * red[i] + 0.7152 * green[i] + 0.0722 * blue[i];
    }
    return green;
  }

  private double[] planeMeans(VideoFrame frame, int plane) {
    Orientation orientation = frame.orientation();
    Box stored = orientation.toStored(part, frame.width(), frame.height());
    int across = orientation.transposed() ? rows : columns;
    int down = orientation.transposed() ? columns : rows;
    PixelLayout layout = frame.layout();
    Plane samples = frame.planes().get(plane);
    int[] xs = edges(stored.left(), stored.right(), across, layout.shiftX(plane), samples.width());
    int[] ys = edges(stored.top(), stored.bottom(), down, layout.shiftY(plane), samples.height());
    double unit = 1.0 / (1 << (layout.bitDepth() - 8));
    double[] means = new double[size()];
    ByteBuffer data = samples.data().duplicate().order(ByteOrder.nativeOrder());
    for (int row = 0; row < rows; row++) {
      int v = orientation.mirroredY() ? rows - 1 - row : row;
      for (int column = 0; column < columns; column++) {
        int u = orientation.mirroredX() ? columns - 1 - column : column;
        int i = orientation.transposed() ? v : u;
        int k = orientation.transposed() ? u : v;
        means[row * columns + column] =
            unit * mean(data, samples.stride(), layout.bytesPerSample(), xs, i, ys, k);
      }
    }
    return means;
  }

  private static int[] edges(double from, double to, int cells, int shift, int samples) {
    int[] edges = new int[cells + 1];
    for (int i = 0; i <= cells; i++) {
      double at = (from + (to - from) * i / cells) / (1 << shift);
      edges[i] = (int) Math.max(0, Math.min(samples, Math.round(at)));
    }
    return edges;
  }

  private static double mean(
      ByteBuffer data, int stride, int bytes, int[] xs, int i, int[] ys, int k) {
    int left = Math.min(xs[i], xs[xs.length - 1] - 1);
    int right = Math.max(left + 1, xs[i + 1]);
    int top = Math.min(ys[k], ys[ys.length - 1] - 1);
    int bottom = Math.max(top + 1, ys[k + 1]);
    int stepX = Math.max(1, (right - left) / SAMPLES_A_SIDE);
    int stepY = Math.max(1, (bottom - top) / SAMPLES_A_SIDE);
    long sum = 0;
    int count = 0;
    for (int y = top; y < bottom; y += stepY) {
      int row = y * stride;
      for (int x = left; x < right; x += stepX) {
        sum += bytes == 1 ? data.get(row + x) & 0xff : data.getShort(row + 2 * x) & 0xffff;
        count++;
      }
    }
    return (double) sum / count;
  }
}
