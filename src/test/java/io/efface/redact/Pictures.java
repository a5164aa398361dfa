package io.efface.redact;

import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.geometry.Point;
import io.efface.geometry.Polygon;
import io.efface.media.PixelLayout;
import io.efface.media.PixelLayout.ColourModel;
import io.efface.media.Plane;
import io.efface.media.VideoFrame;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small pictures and regions made from a seed, and which samples a region touches. */
public final class Pictures {
  private static final List<PixelLayout> LAYOUTS =
      List.of(
          new PixelLayout(ColourModel.YUV, 1, 1, 8, false),
          new PixelLayout(ColourModel.YUV, 1, 1, 10, false),
          new PixelLayout(ColourModel.YUV, 1, 0, 8, true),
          new PixelLayout(ColourModel.YUV, 1, 0, 10, false),
          new PixelLayout(ColourModel.YUV, 0, 0, 8, false),
          new PixelLayout(ColourModel.YUV, 0, 0, 12, false),
          new PixelLayout(ColourModel.YUV, 2, 2, 8, false),
          new PixelLayout(ColourModel.GREY, 0, 0, 8, true),
          new PixelLayout(ColourModel.GREY, 0, 0, 16, true),
          new PixelLayout(ColourModel.GBR, 0, 0, 8, true));

  private Pictures() {}

  public static VideoFrame random(Random random) {
    PixelLayout layout = LAYOUTS.get(random.nextInt(LAYOUTS.size()));
    Orientation orientation = Orientation.ofExif(1 + random.nextInt(8));
    VideoFrame f = VideoFrame.allocate(layout, 1 + random.nextInt(160), 1 + random.nextInt(120));
    VideoFrame frame = turned(f, orientation, random.nextInt(1000));
    noise(frame, random);
    return frame;
  }

  static VideoFrame turned(VideoFrame f, Orientation orientation, long index) {
    return new VideoFrame(
        index,
        f.pts(),
        f.duration(),
        f.timeBase(),
        f.width(),
        f.height(),
        f.sampleAspect(),
        orientation,
        f.layout(),
        f.planes(),
        f.corrupt());
  }

  /** Some regions that overlap, touch borders or lie outside. */
  public static List<Region> regions(VideoFrame frame, Random random, Style... styles) {
    List<Region> regions = new ArrayList<>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      Box box =
          Box.around(
              frame.uprightWidth() * (random.nextDouble() * 1.4 - 0.2),
              frame.uprightHeight() * (random.nextDouble() * 1.4 - 0.2),
              random.nextDouble() * (random.nextInt(5) == 0 ? 300 : 60),
              random.nextDouble() * (random.nextInt(5) == 0 ? 300 : 60));
      Region.Shape shape = random.nextBoolean() ? Region.Shape.ELLIPSE : Region.Shape.RECTANGLE;
      regions.add(new Region(i, styles[random.nextInt(styles.length)], shape, box));
    }
    return regions;
  }

  public static VideoFrame copy(VideoFrame frame) {
    VideoFrame to = VideoFrame.allocate(frame.layout(), frame.width(), frame.height());
    for (int p = 0; p < to.planes().size(); p++) {
      Plane plane = to.planes().get(p);
      for (int y = 0; y < plane.height(); y++) {
        for (int x = 0; x < plane.width(); x++) {
          set(to, p, x, y, get(frame, p, x, y));
        }
      }
    }
    return turned(to, frame.orientation(), frame.index());
  }

  static void noise(VideoFrame frame, Random random) {
    int max = 1 << frame.layout().bitDepth();
    for (int p = 0; p < frame.planes().size(); p++) {
      Plane plane = frame.planes().get(p);
      for (int y = 0; y < plane.height(); y++) {
        for (int x = 0; x < plane.width(); x++) {
          set(frame, p, x, y, random.nextInt(max));
        }
      }
    }
  }

  public static void flat(VideoFrame frame, int... values) {
    for (int p = 0; p < frame.planes().size(); p++) {
      Plane plane = frame.planes().get(p);
      for (int y = 0; y < plane.height(); y++) {
        for (int x = 0; x < plane.width(); x++) {
          set(frame, p, x, y, values[p]);
        }
      }
    }
  }

  /** Replaces every sample that a region touches by noise. */
  static void scramble(VideoFrame frame, List<Region> regions, Random random) {
    int max = 1 << frame.layout().bitDepth();
    for (int p = 0; p < frame.planes().size(); p++) {
      Plane plane = frame.planes().get(p);
      for (int y = 0; y < plane.height(); y++) {
        for (int x = 0; x < plane.width(); x++) {
          if (touched(frame, regions, p, x, y, 0)) {
            set(frame, p, x, y, random.nextInt(max));
          }
        }
      }
    }
  }

  /**
   * Whether a region, grown by some pixels, touches the pixels that a sample covers. Found by the
   * point of those pixels nearest to the region's centre, independently of the product's code.
   */
  public static boolean touched(
      VideoFrame frame, List<Region> regions, int plane, int x, int y, double grow) {
    int w = 1 << frame.layout().shiftX(plane);
    int h = 1 << frame.layout().shiftY(plane);
    for (Region region : regions) {
      if (region.outline().isPresent()) {
        double reach = RegionPlanner.CODEC_REACH_PX + grow;
        if (path(frame, region.outline().get())
            .intersects(x * w - reach, y * h - reach, w + 2 * reach, h + 2 * reach)) {
          return true;
        }
        continue;
      }
      Box box = frame.orientation().toStored(region.box(), frame.width(), frame.height());
      if (box.isEmpty() || box.clip(frame.width(), frame.height()).isEmpty()) {
        continue;
      }
      // A row is widest where it is nearest to the centre, then it is rounded out to whole pixels.
      double dy = gap(y * h, (y + 1) * h, box.centreY());
      double dx = gap(x * w, (x + 1) * w, box.centreX());
      double rx = box.width() / 2 + grow;
      double ry = box.height() / 2 + grow;
      boolean in =
          region.shape() == Region.Shape.ELLIPSE
              ? (dx / rx) * (dx / rx) + (dy / ry) * (dy / ry) < 1 - 1e-12
              : dx < rx && dy < ry;
      if (in) {
        return true;
      }
    }
    return false;
  }

  private static Path2D path(VideoFrame frame, Polygon upright) {
    Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
    for (Point corner : upright.corners()) {
      Box at = new Box(corner.x(), corner.y(), corner.x(), corner.y());
      Box stored = frame.orientation().toStored(at, frame.width(), frame.height());
      if (path.getCurrentPoint() == null) {
        path.moveTo(stored.left(), stored.top());
      } else {
        path.lineTo(stored.left(), stored.top());
      }
    }
    path.closePath();
    return path;
  }

  /** A star of 3 to 12 corners around a place in or near the picture: as a rule not convex. */
  public static Polygon star(VideoFrame frame, Random random) {
    double x = frame.uprightWidth() * (random.nextDouble() * 1.2 - 0.1);
    double y = frame.uprightHeight() * (random.nextDouble() * 1.2 - 0.1);
    int corners = 3 + random.nextInt(10);
    double radius = random.nextInt(5) == 0 ? 200 : 60;
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < corners; i++) {
      double angle = 2 * Math.PI * (i + 0.8 * random.nextDouble()) / corners;
      double length = radius * (0.1 + 0.9 * random.nextDouble());
      points.add(new Point(x + length * Math.cos(angle), y + length * Math.sin(angle)));
    }
    return new Polygon(points);
  }

  private static double gap(double from, double to, double point) {
    return Math.max(0, Math.max(from - point, point - to));
  }

  public static int get(VideoFrame frame, int p, int x, int y) {
    Plane plane = frame.planes().get(p);
    return frame.layout().bytesPerSample() == 2
        ? plane.data().getShort(y * plane.stride() + 2 * x) & 0xffff
        : plane.data().get(y * plane.stride() + x) & 0xff;
  }

  public static void set(VideoFrame frame, int p, int x, int y, int value) {
    Plane plane = frame.planes().get(p);
    if (frame.layout().bytesPerSample() == 2) {
      plane.data().putShort(y * plane.stride() + 2 * x, (short) value);
    } else {
      plane.data().put(y * plane.stride() + x, (byte) value);
    }
  }

  /** All samples of all planes, row by row. */
  public static int[] samples(VideoFrame frame) {
    int total = 0;
    for (Plane plane : frame.planes()) {
      total += plane.width() * plane.height();
    }
    int[] all = new int[total];
    int i = 0;
    for (int p = 0; p < frame.planes().size(); p++) {
      Plane plane = frame.planes().get(p);
      for (int y = 0; y < plane.height(); y++) {
        for (int x = 0; x < plane.width(); x++) {
          all[i++] = get(frame, p, x, y);
        }
      }
    }
    return all;
  }
}
