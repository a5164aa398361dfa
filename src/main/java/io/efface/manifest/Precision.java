package io.efface.manifest;

import io.efface.geometry.Box;
import io.efface.geometry.Point;
import io.efface.geometry.Polygon;
import io.efface.track.Track;
import io.efface.track.TrackPoint;
import java.math.BigDecimal;
import java.util.List;

/**
 * The precision at which manifests store numbers: edges of boxes and corners to 1/100 px, scores to
 * 1/10000. What is rounded once stays as it is when rounded again or read back, so a render from
 * rounded tracks and a render from the manifest's file destroy the same pixels.
 */
public final class Precision {
  /** Decimal places of a pixel coordinate. */
  static final int PIXEL_DIGITS = 2;

  /** Decimal places of a score. */
  static final int SCORE_DIGITS = 4;

  /** Largest distance of a box's edge from the picture's corner, in pixels. */
  static final double MAX_COORDINATE = 1e7;

  private Precision() {}

  /** The track as a manifest stores it. */
  public static Track rounded(Track track) {
    List<TrackPoint> points = track.points().stream().map(Precision::rounded).toList();
    return points.equals(track.points()) ? track : new Track(track.id(), track.label(), points);
  }

  /**
   * The point as a manifest stores it.
   *
   * @throws IllegalArgumentException if the box lies absurdly far away or the score is none
   */
  public static TrackPoint rounded(TrackPoint point) {
    Checks.score("a point's score", point.score());
    Box b = point.box();
    Box box = new Box(edge(b.left()), edge(b.top()), edge(b.right()), edge(b.bottom()));
    double score = score(point.score());
    return box.equals(b) && Double.compare(score, point.score()) == 0
        ? point
        : new TrackPoint(point.frame(), point.pts(), box, score, point.origin());
  }

  /** The polygon as a manifest stores it. */
  static Polygon rounded(Polygon polygon) {
    return new Polygon(
        polygon.corners().stream().map(c -> new Point(edge(c.x()), edge(c.y()))).toList());
  }

  static double score(double score) {
    return Math.round(score * 1e4) / 1e4;
  }

  private static double edge(double pixels) {
    if (!(Math.abs(pixels) <= MAX_COORDINATE)) {
      throw new IllegalArgumentException(
          "an edge or a corner must lie within " + (long) MAX_COORDINATE + " px, not at " + pixels);
    }
    return Math.round(pixels * 100) / 100.0;
  }

  /**
   * Writes a number in as few digits as it needs, never with an exponent.
   *
   * @param digits most decimal places
   */
  public static String decimal(double value, int digits) {
    long scaled = Math.round(value * Math.pow(10, digits));
    return BigDecimal.valueOf(scaled, digits).stripTrailingZeros().toPlainString();
  }
}
