package io.efface.redact;

import io.efface.geometry.Box;
import io.efface.geometry.Polygon;
import java.util.Arrays;
import java.util.Optional;

/**
 * A region's shape on the stored picture, answered row by row for a plane of any subsampling. A
 * sample belongs to the shape when the shape touches any pixel that the sample covers, so chroma is
 * rounded outward. Keeps the last row asked for; single-threaded.
 */
final class Footprint {
  private static final double FEATHER_SHARE = 0.08;
  private static final double MIN_FEATHER_PX = 3;

  /** Widest soft edge, in pixels of the full-size picture. */
  static final double MAX_FEATHER_PX = 16;

  /** Thinner shapes' soft edges are those of this one; a long could not hold their curvature. */
  private static final double LEAST_RADIUS_PX = 0.25;

  /** A share of samples of 16 bits is still an int. */
  static final int WHOLE_BITS = 12;

  /** What a share of the fill is out of. */
  static final int WHOLE = 1 << WHOLE_BITS;

  private static final int FALL_BITS = 10;
  private static final int UNIT_BITS = 40;
  private static final long UNIT = 1L << UNIT_BITS;
  private static final int[] FALL = fall();

  private final Region region;
  private final Box box;
  private final boolean ellipse;
  private final double centreX;
  private final double centreY;
  private final double radiusX;
  private final double radiusY;
  private final double featherPx;

  // How far the soft edge reaches from the centre, and what an ellipse's share is made of.
  private final double softX;
  private final double softY;
  private final double inverseX;
  private final double inverseY;
  private final double slope;

  private final Optional<PolygonRows> polygon;

  // Begin and end of each run of the row last asked for.
  private int[] froms = new int[1];
  private int[] tos = new int[1];

  /** The shape of a region whose box, on the stored picture, is {@code box}. */
  Footprint(Region region, Box box) {
    this(region, box, Optional.empty());
  }

  /**
   * The shape of a region.
   *
   * @param box of the region, on the stored picture
   * @param outline of a region that is a polygon, on the stored picture
   */
  Footprint(Region region, Box box, Optional<Polygon> outline) {
    this.region = region;
    this.box = box;
    this.polygon = outline.map(o -> new PolygonRows(o, RegionPlanner.CODEC_REACH_PX));
    this.ellipse = region.shape() == Region.Shape.ELLIPSE;
    this.centreX = box.centreX();
    this.centreY = box.centreY();
    this.radiusX = box.width() / 2;
    this.radiusY = box.height() / 2;
    this.featherPx =
        outline.isPresent()
            ? 0
            : Math.max(MIN_FEATHER_PX, Math.min(MAX_FEATHER_PX, FEATHER_SHARE * shortSide()));
    double longer = Math.max(LEAST_RADIUS_PX, Math.max(radiusX, radiusY));
    this.softX = radiusX + (ellipse ? featherPx * radiusX / longer : featherPx);
    this.softY = radiusY + (ellipse ? featherPx * radiusY / longer : featherPx);
    this.inverseX = 1 / Math.max(LEAST_RADIUS_PX, radiusX);
    this.inverseY = 1 / Math.max(LEAST_RADIUS_PX, radiusY);
    double scale = 1 + featherPx / longer;
    this.slope = 1 / (scale * scale - 1);
  }

  Region region() {
    return region;
  }

  /** Bounds on the stored picture, in pixels; may reach beyond its edge. */
  Box box() {
    return box;
  }

  /** Shorter side of the bounds, in pixels. */
  final double shortSide() {
    return Math.min(box.width(), box.height());
  }

  /**
   * Width of the soft edge that lies outside the shape, in pixels of the full-size picture; a
   * polygon has none. Around an ellipse it is that wide along the longer axis and narrower in
   * proportion along the other: its outline is the ellipse's own, scaled.
   */
  double featherPx() {
    return featherPx;
  }

  /** First row of a plane that the shape, with its soft edge if asked, can touch. */
  int firstRow(boolean soft, int shiftY) {
    return (int) Math.max(0, Math.floor(centreY - (soft ? softY : radiusY))) >> shiftY;
  }

  /** First row beyond those that the shape, with its soft edge if asked, can touch. */
  int endRow(boolean soft, int shiftY, int planeHeight) {
    double end = Math.ceil((centreY + (soft ? softY : radiusY)) / (1 << shiftY));
    return (int) Math.max(0, Math.min(planeHeight, end));
  }

  /** First column of a plane that the shape with its soft edge can touch. */
  int firstColumn(int shiftX) {
    return (int) Math.max(0, Math.floor(centreX - softX)) >> shiftX;
  }

  /** First column beyond those that the shape with its soft edge can touch. */
  int endColumn(int shiftX, int planeWidth) {
    double end = Math.ceil((centreX + softX) / (1 << shiftX));
    return (int) Math.max(0, Math.min(planeWidth, end));
  }

  /**
   * Finds the samples of a plane's row that the shape, with its soft edge if asked, touches: runs
   * of {@link #from} to {@link #to}, half-open, within the plane, apart and from left to right.
   *
   * @return how many runs there are; at most one unless the shape is a polygon
   */
  int seek(int row, boolean soft, int shiftX, int shiftY, int planeWidth) {
    double top = (double) row * (1 << shiftY);
    double bottom = (row + 1.0) * (1 << shiftY);
    double reachX = soft ? softX : radiusX;
    double reachY = soft ? softY : radiusY;
    if (box.isEmpty() || bottom <= centreY - reachY || top >= centreY + reachY) {
      return 0;
    }
    double scale = 1.0 / (1 << shiftX);
    if (polygon.isPresent()) {
      return seekParts(
          polygon.get().seek(top, bottom),
          scale,
          firstColumn(shiftX),
          endColumn(shiftX, planeWidth));
    }
    double half = reachX;
    // The row's line nearest to the centre is where the ellipse is widest within the row.
    double gap = top > centreY ? top - centreY : bottom < centreY ? centreY - bottom : 0;
    if (ellipse && gap > 0) {
      double share = gap / reachY;
      double rest = 1 - share * share;
      half = rest > 0 ? reachX * Math.sqrt(rest) : 0;
    }
    froms[0] = clamp((int) Math.floor((centreX - half) * scale), planeWidth);
    tos[0] = clamp((int) Math.ceil((centreX + half) * scale), planeWidth);
    return froms[0] < tos[0] ? 1 : 0;
  }

  /** Parts that come to lie in the same sample are one run. */
  private int seekParts(int parts, double scale, int first, int end) {
    PolygonRows rows = polygon.orElseThrow();
    if (froms.length < parts) {
      froms = Arrays.copyOf(froms, parts);
      tos = Arrays.copyOf(tos, parts);
    }
    int runs = 0;
    for (int part = 0; part < parts; part++) {
      int from = Math.max(first, (int) Math.floor(rows.left(part) * scale));
      int to = Math.min(end, (int) Math.ceil(rows.right(part) * scale));
      if (runs > 0 && from <= tos[runs - 1]) {
        tos[runs - 1] = Math.max(tos[runs - 1], to);
      } else if (from < to) {
        froms[runs] = from;
        tos[runs] = to;
        runs++;
      }
    }
    return runs;
  }

  private static int clamp(int column, int planeWidth) {
    return Math.max(0, Math.min(planeWidth, column));
  }

  int from(int run) {
    return froms[run];
  }

  int to(int run) {
    return tos[run];
  }

  /**
   * How much of the fill the samples beside the shape take: {@link #WHOLE} at the shape's outline,
   * falling smoothly to 0 where the soft edge ends.
   *
   * @param y row of the samples in their plane
   * @param start first column
   * @param end first column beyond
   * @param shares takes the answers, at the columns' places
   */
  void feather(int y, int start, int end, int shiftX, int shiftY, int[] shares) {
    double dy = (y + 0.5) * (1 << shiftY) - centreY;
    double dx = (start + 0.5) * (1 << shiftX) - centreX;
    int step = 1 << shiftX;
    if (ellipse) {
      // Linear in the square of the scale at which the outline meets the sample: no roots, and the
      // square of an evenly growing number grows by evenly growing steps.
      double along = dx * inverseX;
      double across = dy * inverseY;
      double stride = step * inverseX;
      long t = (long) ((1 - (along * along + across * across - 1) * slope) * UNIT);
      long rise = (long) (-(2 * along + stride) * stride * slope * UNIT);
      long bend = (long) (-2 * stride * stride * slope * UNIT);
      for (int x = start; x < end; x++) {
        shares[x] = smooth(t);
        t += rise;
        rise += bend;
      }
    } else {
      double gapY = Math.max(0, Math.abs(dy) - radiusY);
      double unit = UNIT / featherPx;
      for (int x = start; x < end; x++) {
        double gapX = Math.max(0, Math.abs(dx + (x - start) * step) - radiusX);
        double gap = gapY == 0 ? gapX : Math.sqrt(gapX * gapX + gapY * gapY);
        shares[x] = smooth(UNIT - (long) (gap * unit));
      }
    }
  }

  private static int smooth(long t) {
    return FALL[(int) Math.max(0, Math.min(FALL.length - 1, t >> (UNIT_BITS - FALL_BITS)))];
  }

  private static int[] fall() {
    int[] fall = new int[(1 << FALL_BITS) + 1];
    for (int i = 0; i < fall.length; i++) {
      double t = (double) i / (1 << FALL_BITS);
      fall[i] = (int) Math.round(t * t * (3 - 2 * t) * WHOLE);
    }
    return fall;
  }
}
