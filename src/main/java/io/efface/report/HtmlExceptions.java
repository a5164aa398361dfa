package io.efface.report;

import io.efface.manifest.Decision;
import io.efface.manifest.FrameRange;
import java.util.Comparator;
import java.util.List;

/** The part of the page on single objects: what was left visible, damaged frames, all the rest. */
final class HtmlExceptions {
  private static final Comparator<TrackSummary> BY_TIME =
      Comparator.comparingDouble(TrackSummary::firstSeconds).thenComparingInt(TrackSummary::id);

  private final Report report;
  private final HtmlWriter html;

  HtmlExceptions(Report report, HtmlWriter html) {
    this.report = report;
    this.html = html;
  }

  void write() {
    html.element("h2", "Exceptions").line();
    List<TrackSummary> kept =
        report.tracks().stream().filter(Tally::isKept).sorted(BY_TIME).toList();
    if (kept.isEmpty()) {
      html.element("p", "No object that was found was left visible.").line();
    } else {
      kept(kept);
    }
    if (report.corruptFrames().isEmpty()) {
      html.element("p", "No frame was damaged.").line();
    } else {
      damaged();
    }
    redacted();
  }

  private void kept(List<TrackSummary> tracks) {
    HtmlTable table =
        new HtmlTable(
            html,
            "Left visible by a decision",
            List.of("Object", "#From", "#To", "#Frames", "Reason given"));
    for (TrackSummary track : Bounded.first(tracks)) {
      object(table, track);
      table.cell(track.decision() instanceof Decision.Keep keep ? keep.reason() : "").end();
    }
    table.close();
    Bounded.rest(html, tracks);
  }

  private static void object(HtmlTable table, TrackSummary track) {
    table
        .row(Words.noun(track.label()) + " " + track.id())
        .number(Words.time(track.firstSeconds()))
        .number(Words.time(track.lastSeconds()))
        .number(Words.number(track.frames()));
  }

  private void damaged() {
    HtmlTable table =
        new HtmlTable(
            html,
            "Frames that could not be decoded cleanly and were filled whole, counted from 0",
            List.of("First", "Last", "#Frames"));
    for (FrameRange range : Bounded.first(report.corruptFrames())) {
      table
          .row(Words.number(range.first()))
          .cell(Words.number(range.last()))
          .number(Words.number(range.frames()))
          .end();
    }
    table.close();
    Bounded.rest(html, report.corruptFrames());
  }

  private void redacted() {
    List<TrackSummary> tracks =
        report.tracks().stream().filter(t -> !Tally.isKept(t)).sorted(BY_TIME).toList();
    if (tracks.isEmpty()) {
      return;
    }
    html.element("h2", "What was destroyed").line();
    HtmlTable table =
        new HtmlTable(
            html,
            "Each object, in the order of time; the score is the detector's best, 0 to 1",
            List.of("Object", "#From", "#To", "#Frames", "#Score"));
    for (TrackSummary track : Bounded.first(tracks)) {
      object(table, track);
      table.number(Words.score(track.peakScore())).end();
    }
    table.close();
    Bounded.rest(html, tracks);
  }
}
