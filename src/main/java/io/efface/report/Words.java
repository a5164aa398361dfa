package io.efface.report;

import io.efface.detect.Label;
import io.efface.geometry.Point;
import io.efface.geometry.Polygon;
import io.efface.manifest.Precision;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How the page for people, and lines for them elsewhere, put numbers and names. */
public final class Words {
  /** Corners of a polygon that are told; the rest stands in the JSON report. */
  private static final int MOST_CORNERS = 8;

  private Words() {}

  /** A time as {@code m:ss.t} or {@code h:mm:ss.t}, rounded to tenths of a second. */
  static String time(double seconds) {
    long tenths = Math.round(Math.abs(seconds) * 10);
    long whole = tenths / 10;
    String sign = seconds < 0 && tenths > 0 ? "−" : "";
    String end = String.format(Locale.ROOT, "%02d.%d", whole % 60, tenths % 10);
    return whole < 3600
        ? sign + whole / 60 + ":" + end
        : sign + String.format(Locale.ROOT, "%d:%02d:%s", whole / 3600, whole / 60 % 60, end);
  }

  /** A count with its noun: {@code 1,234 frames}. */
  static String counted(long count, String noun) {
    return number(count) + " " + numbered(count, noun);
  }

  /** The same without commas, as it stands in lines: {@code 1234 frames}. */
  public static String plain(long count, String noun) {
    return count + " " + numbered(count, noun);
  }

  private static String numbered(long count, String noun) {
    return count == 1 ? noun : noun + "s";
  }

  /** A count: {@code 1,234}. */
  static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A score or a share in at most four decimal places. */
  static String score(double score) {
    return Precision.decimal(score, 4);
  }

  /** A moment to the second: {@code 2026-01-02 03:04:05 UTC}. */
  static String instant(Instant instant) {
    return instant
        .truncatedTo(ChronoUnit.SECONDS)
        .toString()
        .replace('T', ' ')
        .replace("Z", " UTC");
  }

  /** A class as people call it. */
  static String noun(Label label) {
    return label == Label.PLATE ? "licence plate" : label.id();
  }

  /** Several of a class. */
  static String nouns(Label label) {
    return noun(label) + "s";
  }

  /** {@code 3 faces and 1 licence plate}; classes with none are left out. */
  static String objects(Map<Label, Long> counts) {
    List<String> parts = new ArrayList<>();
    for (Label label : Label.values()) {
      long count = counts.getOrDefault(label, 0L);
      if (count > 0) {
        parts.add(counted(count, noun(label)));
      }
    }
    return joined(parts);
  }

  /** Where a polygon's first corners are: {@code 10,20 30,20 30,40}. */
  static String corners(Polygon outline) {
    List<Point> corners = outline.corners();
    List<String> places = new ArrayList<>();
    for (Point corner : corners.subList(0, Math.min(MOST_CORNERS, corners.size()))) {
      places.add(Precision.decimal(corner.x(), 1) + "," + Precision.decimal(corner.y(), 1));
    }
    int rest = corners.size() - places.size();
    return String.join(" ", places) + (rest > 0 ? " and " + rest + " more" : "");
  }

  /** {@code a, b and c}. */
  static String joined(List<String> parts) {
    if (parts.size() < 2) {
      return String.join("", parts);
    }
    return String.join(", ", parts.subList(0, parts.size() - 1))
        + " and "
        + parts.get(parts.size() - 1);
  }
}
