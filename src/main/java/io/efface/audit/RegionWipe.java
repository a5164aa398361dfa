package io.efface.audit;

import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.geometry.Point;
import io.efface.geometry.Polygon;
import io.efface.media.PixelLayout;
import io.efface.media.Plane;
import io.efface.media.VideoFrame;
import io.efface.redact.Region;
import io.efface.redact.Style;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Overwrites the inside of regions in a frame of the input, before the redactor fills them again,
 * with squares of the lowest and the highest code. A redactor that leaves a part of a region as it
 * is, or makes its fill of what is inside, did so in the output too; what it plans over the squares
 * is then not what the output shows.
 *
 * <p>What is inside is told by this class alone: a sample whose middle lies in the region's shape.
 * That is less than what a region covers, so an honest fill stays the same. Mosaics are left, as
 * their colours come from inside. Single-threaded; keeps its lines.
 */
final class RegionWipe {
  /** Samples along a square's side: coarse enough to be told apart in a region's cells. */
  private static final int SIDE = 16;

  private final byte[][] lines = new byte[2][0];
  private int lineDepth;
  private double[] crossings = new double[0];

  /**
   * Overwrites regions.
   *
   * @param frame borrowed for the call, changed in place
   * @param regions in pixels of the upright picture; may lie partly or wholly outside
   */
  void wipe(VideoFrame frame, List<Region> regions) {
    Orientation orientation = frame.orientation();
    for (Region region : regions) {
      Box box = orientation.toStored(region.box(), frame.width(), frame.height());
      boolean seen = !box.isEmpty() && !box.clip(frame.width(), frame.height()).isEmpty();
      if (!seen || region.style() instanceof Style.Mosaic) {
        continue;
      }
      List<Point> corners =
          region
              .outline()
              .map(o -> orientation.toStored(o, frame.width(), frame.height()))
              .map(Polygon::corners)
              .orElse(List.of());
      for (int p = 0; p < frame.planes().size(); p++) {
        wipe(frame, p, region.shape(), box, corners);
      }
    }
  }

  private void wipe(VideoFrame frame, int index, Region.Shape shape, Box box, List<Point> corners) {
    PixelLayout layout = frame.layout();
    Plane plane = frame.planes().get(index);
    prepareLines(plane.width(), layout);
    int shiftX = layout.shiftX(index);
    double unit = 1 << layout.shiftY(index);
    int end = end(box.bottom() / unit, plane.height());
    for (int row = first(box.top() / unit); row < end; row++) {
      double y = (row + 0.5) * unit;
      if (shape == Region.Shape.POLYGON) {
        int found = cross(corners, y);
        for (int i = 0; i + 1 < found; i += 2) {
          write(plane, row, crossings[i], crossings[i + 1], shiftX);
        }
      } else {
        double dy = (y - box.centreY()) / (box.height() / 2);
        double share = shape == Region.Shape.ELLIPSE ? Math.sqrt(Math.max(0, 1 - dy * dy)) : 1;
        double half = share * box.width() / 2;
        write(plane, row, box.centreX() - half, box.centreX() + half, shiftX);
      }
    }
  }

  /** Finds where a line enters and leaves a polygon, from left to right; returns how often. */
  private int cross(List<Point> corners, double y) {
    if (crossings.length < corners.size()) {
      crossings = new double[corners.size()];
    }
    int found = 0;
    for (int i = 0; i < corners.size(); i++) {
      Point a = corners.get(i);
      Point b = corners.get((i + 1) % corners.size());
      if ((a.y() <= y) != (b.y() <= y)) {
        crossings[found++] = a.x() + (y - a.y()) / (b.y() - a.y()) * (b.x() - a.x());
      }
    }
    Arrays.sort(crossings, 0, found);
    return found;
  }

  private void write(Plane plane, int row, double left, double right, int shiftX) {
    int from = first(left / (1 << shiftX));
    int count = end(right / (1 << shiftX), plane.width()) - from;
    if (count > 0) {
      int bytes = lineDepth > 8 ? 2 : 1;
      byte[] line = lines[row / SIDE % 2];
      plane.data().put(row * plane.stride() + from * bytes, line, from * bytes, count * bytes);
    }
  }

  /** The first sample whose middle does not lie before a place. */
  private static int first(double place) {
    return (int) Math.max(0, Math.ceil(place - 0.5));
  }

  /** The first sample whose middle lies beyond a place, or the end of the plane. */
  private static int end(double place, int samples) {
    return (int) Math.max(0, Math.min(samples, Math.floor(place - 0.5) + 1));
  }

  private void prepareLines(int width, PixelLayout layout) {
    int bytes = layout.bytesPerSample();
    if (lineDepth == layout.bitDepth() && lines[0].length >= width * bytes) {
      return;
    }
    lineDepth = layout.bitDepth();
    int highest = (1 << lineDepth) - 1;
    for (int i = 0; i < lines.length; i++) {
      lines[i] = new byte[width * bytes];
      ByteBuffer line = ByteBuffer.wrap(lines[i]).order(ByteOrder.nativeOrder());
      for (int x = 0; x < width; x++) {
        int code = (x / SIDE + i) % 2 == 0 ? 0 : highest;
        if (bytes == 1) {
          line.put(x, (byte) code);
        } else {
          line.putShort(2 * x, (short) code);
        }
      }
    }
  }
}
