package io.efface.redact;

import io.efface.geometry.Point;
import io.efface.geometry.Polygon;
import java.util.List;

/**
 * Where a polygon, grown by a number of pixels along both axes, lies within a band of rows.
 *
 * <p>Grown so, it reaches into a band exactly where the polygon itself reaches into the band grown
 * by as much, and as far beyond to the left and to the right. Each connected part of a polygon in a
 * band covers the columns that its border covers, and its border is made of pieces of the polygon's
 * edges and of the band's two lines. Keeps the last band asked for; single-threaded.
 */
final class PolygonRows {
  private final List<Point> corners;
  private final double reachPx;
  private final double[] lefts;
  private final double[] rights;
  private final double[] crossings;
  private int count;

  /** A polygon of the stored picture, grown by {@code reachPx}. */
  PolygonRows(Polygon polygon, double reachPx) {
    this.corners = polygon.corners();
    this.reachPx = reachPx;
    // A piece for each edge, and one for each two crossings of an edge with either line.
    this.lefts = new double[2 * corners.size()];
    this.rights = new double[2 * corners.size()];
    this.crossings = new double[corners.size()];
  }

  /**
   * Finds the parts that lie in rows {@code top} to {@code bottom}, apart and from left to right.
   *
   * @return how many there are
   */
  int seek(double top, double bottom) {
    count = 0;
    double from = top - reachPx;
    double to = bottom + reachPx;
    for (int i = 0; i < corners.size(); i++) {
      addEdge(corners.get(i), corners.get((i + 1) % corners.size()), from, to);
    }
    addLine(from, true);
    addLine(to, false);
    sort();
    join();
    return count;
  }

  /** Left end of a part, in pixels. */
  double left(int part) {
    return lefts[part];
  }

  /** Right end of a part, in pixels. */
  double right(int part) {
    return rights[part];
  }

  private void addEdge(Point a, Point b, double from, double to) {
    Point upper = a.y() <= b.y() ? a : b;
    Point lower = a.y() <= b.y() ? b : a;
    if (lower.y() <= from || upper.y() >= to) {
      return;
    }
    double x0 = upper.y() < from ? at(upper, lower, from) : upper.x();
    double x1 = lower.y() > to ? at(upper, lower, to) : lower.x();
    add(Math.min(x0, x1), Math.max(x0, x1));
  }

  /**
   * Adds where a line of the band lies inside. Corners on it count as above the band's upper line
   * and as below its lower one, so that what only touches the band adds nothing.
   */
  private void addLine(double y, boolean upper) {
    int found = 0;
    for (int i = 0; i < corners.size(); i++) {
      Point a = corners.get(i);
      Point b = corners.get((i + 1) % corners.size());
      if (isAbove(a, y, upper) != isAbove(b, y, upper)) {
        int k = found++;
        double x = at(a, b, y);
        for (; k > 0 && crossings[k - 1] > x; k--) {
          crossings[k] = crossings[k - 1];
        }
        crossings[k] = x;
      }
    }
    for (int i = 0; i + 1 < found; i += 2) {
      add(crossings[i], crossings[i + 1]);
    }
  }

  private static boolean isAbove(Point corner, double y, boolean orOn) {
    return orOn ? corner.y() <= y : corner.y() < y;
  }

  private static double at(Point a, Point b, double y) {
    return a.x() + (y - a.y()) / (b.y() - a.y()) * (b.x() - a.x());
  }

  private void add(double left, double right) {
    lefts[count] = left - reachPx;
    rights[count] = right + reachPx;
    count++;
  }

  /** By insertion: there are few, and in neighbouring rows they come in the same order. */
  private void sort() {
    for (int i = 1; i < count; i++) {
      double left = lefts[i];
      double right = rights[i];
      int k = i;
      for (; k > 0 && lefts[k - 1] > left; k--) {
        lefts[k] = lefts[k - 1];
        rights[k] = rights[k - 1];
      }
      lefts[k] = left;
      rights[k] = right;
    }
  }

  private void join() {
    int parts = 0;
    for (int i = 0; i < count; i++) {
      if (parts > 0 && lefts[i] <= rights[parts - 1]) {
        rights[parts - 1] = Math.max(rights[parts - 1], rights[i]);
      } else {
        lefts[parts] = lefts[i];
        rights[parts] = rights[i];
        parts++;
      }
    }
    count = parts;
  }
}
