package io.efface.report;

import io.efface.detect.Label;
import io.efface.manifest.FrameRange;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Draws when objects were destroyed as SVG: a row for each track, or where there are many, a row
 * for each class that shows how many at once. Its size is bounded whatever the film's.
 */
final class Timeline {
  /** Most tracks that get a row of their own. */
  static final int MAX_ROWS = 40;

  private static final int WIDTH = 900;
  private static final int LEFT = 150;
  private static final int RIGHT = 880;
  private static final int ROW = 16;
  private static final int BAR = 10;
  private static final int DENSITY_ROW = 52;
  private static final int DENSITY_BAR = 40;
  private static final int BINS = (RIGHT - LEFT) / 2;
  private static final int MOST_TICKS = 8;
  private static final double[] STEPS = {
    0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600
  };

  private final Report report;
  private final HtmlWriter html;
  private final double first;
  private final double span;
  private int y = 8;

  private Timeline(Report report, HtmlWriter html) {
    this.report = report;
    this.html = html;
    this.first = report.timing().firstSeconds();
    this.span = report.timing().lastSeconds() - first;
  }

  /** Whether a report's footage takes time, so that there is something to draw. */
  static boolean fits(Report report) {
    double span = report.timing().lastSeconds() - report.timing().firstSeconds();
    return report.frames() > 1 && span > 0 && Double.isFinite(span);
  }

  /** Draws. */
  static void write(Report report, HtmlWriter html) {
    new Timeline(report, html).draw();
  }

  private void draw() {
    boolean dense = report.tracks().size() > MAX_ROWS;
    html.open(
            "svg",
            "viewBox",
            "0 0 " + WIDTH + " " + height(dense),
            "role",
            "img",
            "aria-labelledby",
            "timeline-title timeline-text")
        .line()
        .element("title", "Timeline of redactions", "id", "timeline-title")
        .element("desc", description(dense), "id", "timeline-text")
        .line();
    marks("shots", "shot", shots());
    if (dense) {
      for (Label label : Label.values()) {
        density(label, false);
        density(label, true);
      }
    } else {
      report.tracks().stream()
          .sorted(
              Comparator.comparingDouble(TrackSummary::firstSeconds)
                  .thenComparingInt(TrackSummary::id))
          .forEach(this::row);
    }
    marks("damaged frames", "damaged", damaged());
    axis();
    html.close("svg").line();
  }

  private String description(boolean dense) {
    Tally tally = Tally.of(report.tracks());
    String redacted = Words.objects(tally.redacted());
    return (dense ? "How many objects were covered at once" : "When each object was covered")
        + ", from "
        + Words.time(first)
        + " to "
        + Words.time(first + span)
        + ": "
        + (redacted.isEmpty() ? "nothing" : redacted)
        + " redacted"
        + (tally.kept().isEmpty() ? "" : ", " + Words.objects(tally.kept()) + " kept visible")
        + (tally.dropped().isEmpty() ? "" : ", " + Words.objects(tally.dropped()) + " dropped")
        + ". The tables below say the same in words.";
  }

  private int height(boolean dense) {
    int rows = report.tracks().size() * ROW;
    if (dense) {
      rows = 0;
      for (Label label : Label.values()) {
        rows += (has(label, false) ? DENSITY_ROW : 0) + (has(label, true) ? DENSITY_ROW : 0);
      }
    }
    int marks = (shots().isEmpty() ? 0 : ROW) + (damaged().isEmpty() ? 0 : ROW);
    return y + rows + marks + 34;
  }

  private boolean has(Label label, boolean kept) {
    return report.tracks().stream().anyMatch(t -> t.label() == label && Tally.isLeft(t) == kept);
  }

  private void label(String text, int height) {
    html.element(
        "text",
        text,
        "x",
        Integer.toString(LEFT - 8),
        "y",
        number(y + height / 2.0 + 4),
        "text-anchor",
        "end");
  }

  private void row(TrackSummary track) {
    boolean kept = Tally.isLeft(track);
    double from = x(track.firstSeconds());
    double to = Math.max(from + 2, x(track.lastSeconds()));
    label(track.label().id() + " " + track.id(), BAR);
    html.open(
            "rect",
            "class",
            kept ? "kept" : track.label().id(),
            "x",
            number(from),
            "y",
            number(y),
            "width",
            number(to - from),
            "height",
            number(BAR))
        .element(
            "title",
            track.label().id()
                + " "
                + track.id()
                + (kept ? ", left visible, " : ", redacted, ")
                + Words.time(track.firstSeconds())
                + " to "
                + Words.time(track.lastSeconds()))
        .close("rect")
        .line();
    y += ROW;
  }

  private void density(Label label, boolean kept) {
    List<TrackSummary> tracks =
        report.tracks().stream()
            .filter(track -> track.label() == label && Tally.isLeft(track) == kept)
            .toList();
    if (tracks.isEmpty()) {
      return;
    }
    int[] counts = Density.of(tracks, BINS, this::bin);
    int most = Arrays.stream(counts).max().orElse(1);
    int bottom = y + DENSITY_BAR;
    StringBuilder path = new StringBuilder("M" + LEFT + " " + bottom);
    for (int i = 0; i < BINS; i++) {
      if (i == 0 || counts[i] != counts[i - 1]) {
        double top = bottom - (double) DENSITY_BAR * counts[i] / most;
        path.append("H").append(LEFT + 2 * i).append("V").append(number(top));
      }
    }
    path.append("H").append(RIGHT).append("V").append(bottom).append("Z");
    label(label.id() + "s " + (kept ? "kept" : "redacted"), DENSITY_BAR - 14);
    y += 14;
    label("at most " + most + " at once", DENSITY_BAR - 14);
    y -= 14;
    html.open("path", "class", kept ? "kept" : label.id(), "d", path.toString())
        .close("path")
        .line();
    y += DENSITY_ROW;
  }

  private BitSet shots() {
    BitSet marks = new BitSet();
    for (long shot : report.shots()) {
      if (shot > 0) {
        marks.set(frameBin(shot));
      }
    }
    return marks;
  }

  private BitSet damaged() {
    BitSet marks = new BitSet();
    for (FrameRange range : report.corruptFrames()) {
      marks.set(frameBin(range.first()), frameBin(range.last()) + 1);
    }
    return marks;
  }

  private void marks(String words, String style, BitSet marks) {
    if (marks.isEmpty()) {
      return;
    }
    label(words, BAR);
    StringBuilder path = new StringBuilder();
    for (int from = marks.nextSetBit(0); from >= 0; from = marks.nextSetBit(from)) {
      int to = marks.nextClearBit(from);
      path.append("M").append(LEFT + 2 * from).append(" ").append(y);
      path.append("h").append(2 * (to - from)).append("v").append(BAR);
      path.append("h").append(-2 * (to - from)).append("z");
      from = to;
    }
    html.open("path", "class", style, "d", path.toString()).close("path").line();
    y += ROW;
  }

  private void axis() {
    html.open("path", "class", "axis", "d", "M" + LEFT + " " + y + "H" + RIGHT, "fill", "none")
        .close("path");
    double step = step();
    double tick = Math.ceil(first / step) * step;
    for (int i = 0; i <= MOST_TICKS + 1 && tick + i * step <= first + span; i++) {
      String at = number(x(tick + i * step));
      html.open("path", "class", "axis", "d", "M" + at + " " + y + "v5").close("path");
      html.element(
          "text",
          step < 1 ? Words.time(tick + i * step) : Words.time(tick + i * step).replace(".0", ""),
          "x",
          at,
          "y",
          number(y + 20.0),
          "text-anchor",
          "middle");
    }
    html.line();
  }

  /** Seconds between two ticks. */
  private double step() {
    for (double step : STEPS) {
      if (span / step <= MOST_TICKS) {
        return step;
      }
    }
    double step = STEPS[STEPS.length - 1];
    while (span / step > MOST_TICKS) {
      step *= 2;
    }
    return step;
  }

  private double x(double seconds) {
    return LEFT + share((seconds - first) / span) * (RIGHT - LEFT);
  }

  private int bin(double seconds) {
    return (int) Math.min(BINS - 1, share((seconds - first) / span) * BINS);
  }

  /** Where a frame lies, as if all took the same time. */
  private int frameBin(long frame) {
    return (int) Math.min(BINS - 1, share((double) frame / report.frames()) * BINS);
  }

  private static double share(double part) {
    return Math.max(0, Math.min(1, part));
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
