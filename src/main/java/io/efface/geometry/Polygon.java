package io.efface.geometry;

import java.util.List;

/**
 * A closed outline of straight edges in pixels, whose edges meet at corners only. Corners may lie
 * outside the picture; either direction will do.
 *
 * @param corners {@value #MIN_CORNERS} to {@value #MAX_CORNERS}, the first not repeated at the end
 */
public record Polygon(List<Point> corners) {

  /** Fewest corners. */
  public static final int MIN_CORNERS = 3;

  /** Most corners: more than a person draws, few enough to look at all of them in every row. */
  public static final int MAX_CORNERS = 100;

  /** Places looked at along each side of a box whose share is asked for. */
  private static final int LOOKS_A_SIDE = 16;

  /** Copies the corners and checks that they make a simple outline. */
  public Polygon {
    corners = List.copyOf(corners);
    int n = corners.size();
    if (n < MIN_CORNERS || n > MAX_CORNERS) {
      throw new IllegalArgumentException(
          "a polygon has " + MIN_CORNERS + " to " + MAX_CORNERS + " corners, not " + n);
    }
    for (int i = 0; i < n; i++) {
      if (corners.get(i).equals(corners.get((i + 1) % n))) {
        throw new IllegalArgumentException(
            "the polygon's corners "
                + (i + 1)
                + " and "
                + ((i + 1) % n + 1)
                + " are the same place; name each once, the first not again at the end");
      }
    }
    for (int i = 0; i < n; i++) {
      for (int k = i + 1; k < n; k++) {
        boolean neighbours = k == i + 1 || (i == 0 && k == n - 1);
        if (neighbours ? foldsBack(corners, i, k) : meet(corners, i, k)) {
          throw new IllegalArgumentException(
              "the polygon's edges " + (i + 1) + " and " + (k + 1) + " cross or touch");
        }
      }
    }
  }

  /** The smallest box that holds it. */
  public Box bounds() {
    double left = Double.MAX_VALUE;
    double top = Double.MAX_VALUE;
    double right = -Double.MAX_VALUE;
    double bottom = -Double.MAX_VALUE;
    for (Point corner : corners) {
      left = Math.min(left, corner.x());
      top = Math.min(top, corner.y());
      right = Math.max(right, corner.x());
      bottom = Math.max(bottom, corner.y());
    }
    return new Box(left, top, right, bottom);
  }

  /** Whether a place lies inside; on an edge either answer is possible. */
  public boolean contains(double x, double y) {
    boolean inside = false;
    for (int i = 0; i < corners.size(); i++) {
      Point a = corners.get(i);
      Point b = end(i);
      if ((a.y() <= y) != (b.y() <= y)
          && x < a.x() + (y - a.y()) / (b.y() - a.y()) * (b.x() - a.x())) {
        inside = !inside;
      }
    }
    return inside;
  }

  /** Whether a box lies wholly inside. */
  public boolean contains(Box box) {
    if (!contains(box.centreX(), box.centreY())) {
      return false;
    }
    for (int i = 0; i < corners.size(); i++) {
      if (entersBox(corners.get(i), end(i), box)) {
        return false;
      }
    }
    return true;
  }

  /** The share of a box that lies inside, 0 to 1, told from a grid of places in the box. */
  public double shareOf(Box box) {
    int inside = 0;
    for (int row = 0; row < LOOKS_A_SIDE; row++) {
      double y = box.top() + (row + 0.5) * box.height() / LOOKS_A_SIDE;
      for (int column = 0; column < LOOKS_A_SIDE; column++) {
        double x = box.left() + (column + 0.5) * box.width() / LOOKS_A_SIDE;
        inside += contains(x, y) ? 1 : 0;
      }
    }
    return (double) inside / (LOOKS_A_SIDE * LOOKS_A_SIDE);
  }

  private Point end(int edge) {
    return corners.get((edge + 1) % corners.size());
  }

  /** Whether a part of an edge lies within a box and not only on its border (Liang, Barsky). */
  private static boolean entersBox(Point a, Point b, Box box) {
    double dx = b.x() - a.x();
    double dy = b.y() - a.y();
    double[] steps = {-dx, dx, -dy, dy};
    double[] rooms = {
      a.x() - box.left(), box.right() - a.x(), a.y() - box.top(), box.bottom() - a.y()
    };
    double first = 0;
    double last = 1;
    for (int i = 0; i < steps.length; i++) {
      if (steps[i] == 0 && rooms[i] <= 0) {
        return false;
      }
      double at = rooms[i] / steps[i];
      first = steps[i] < 0 ? Math.max(first, at) : first;
      last = steps[i] > 0 ? Math.min(last, at) : last;
    }
    return first < last;
  }

  /** Whether two edges without a common corner have a point in common. */
  private static boolean meet(List<Point> corners, int i, int k) {
    Point a = corners.get(i);
    Point b = corners.get((i + 1) % corners.size());
    Point c = corners.get(k);
    Point d = corners.get((k + 1) % corners.size());
    double sideC = side(a, b, c);
    double sideD = side(a, b, d);
    double sideA = side(c, d, a);
    double sideB = side(c, d, b);
    if (sideC * sideD < 0 && sideA * sideB < 0) {
      return true;
    }
    return (sideC == 0 && between(a, b, c))
        || (sideD == 0 && between(a, b, d))
        || (sideA == 0 && between(c, d, a))
        || (sideB == 0 && between(c, d, b));
  }

  /** Whether two neighbouring edges lie on one another. */
  private static boolean foldsBack(List<Point> corners, int i, int k) {
    int n = corners.size();
    boolean around = i == 0 && k == n - 1;
    Point shared = corners.get(around ? 0 : k);
    Point before = corners.get(around ? k : i);
    Point after = corners.get(around ? 1 : (k + 1) % n);
    double along =
        (before.x() - shared.x()) * (after.x() - shared.x())
            + (before.y() - shared.y()) * (after.y() - shared.y());
    return side(before, shared, after) == 0 && along > 0;
  }

  /** Positive, negative or 0: on which side of the line from a to b a point lies. */
  private static double side(Point a, Point b, Point p) {
    return (b.x() - a.x()) * (p.y() - a.y()) - (b.y() - a.y()) * (p.x() - a.x());
  }

  /** Whether a point on the line through a and b lies between them. */
  private static boolean between(Point a, Point b, Point p) {
    return Math.min(a.x(), b.x()) <= p.x()
        && p.x() <= Math.max(a.x(), b.x())
        && Math.min(a.y(), b.y()) <= p.y()
        && p.y() <= Math.max(a.y(), b.y());
  }
}
