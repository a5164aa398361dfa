package io.efface.report;

import io.efface.manifest.Decision;
import io.efface.manifest.FrameRange;
import io.efface.manifest.Zone;
import java.util.Comparator;
import java.util.List;

/** The part of the page on single objects: what was left as it is, damaged frames, all the rest. */
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
    List<TrackSummary> left =
        report.tracks().stream().filter(Tally::isLeft).sorted(BY_TIME).toList();
    if (left.isEmpty()) {
      html.element("p", "No object was left visible by a decision.").line();
    } else {
      left(left);
    }
    if (report.corruptFrames().isEmpty()) {
      html.element("p", "No frame was filled whole.").line();
    } else {
      damaged();
    }
    redacted();
  }

  private void left(List<TrackSummary> tracks) {
    HtmlTable table =
        new HtmlTable(
            html,
            "Left as it is by a decision",
            HtmlTable.timed(report, "Object", "#Frames", "Decision", "Reason given"));
    for (TrackSummary track : Bounded.first(tracks)) {
      object(table, track);
      if (track.decision() instanceof Decision.Keep keep) {
        table.cell("kept visible on purpose").cell(keep.reason()).end();
      } else if (track.decision() instanceof Decision.Drop drop) {
        table.cell("taken to be none").cell(drop.reason()).end();
      }
    }
    table.close();
    Bounded.rest(html, tracks);
  }

  private void object(HtmlTable table, TrackSummary track) {
    table
        .row(Words.noun(track.label()) + " " + track.id())
        .times(report, track.firstSeconds(), track.lastSeconds())
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
        report.tracks().stream().filter(t -> !Tally.isLeft(t)).sorted(BY_TIME).toList();
    if (tracks.isEmpty() && report.zones().isEmpty()) {
      return;
    }
    html.element("h2", "What was destroyed").line();
    if (!tracks.isEmpty()) {
      objects(tracks);
    }
    if (!report.zones().isEmpty()) {
      zones();
    }
  }

  private void objects(List<TrackSummary> tracks) {
    HtmlTable table =
        new HtmlTable(
            html,
            "Each object, in the order of time; the score is the detector's best, 0 to 1",
            HtmlTable.timed(report, "Object", "#Frames", "#Score"));
    for (TrackSummary track : Bounded.first(tracks)) {
      object(table, track);
      table.number(track.isDrawn() ? "drawn" : Words.score(track.peakScore())).end();
    }
    table.close();
    Bounded.rest(html, tracks);
  }

  private void zones() {
    HtmlTable table =
        new HtmlTable(
            html,
            "Parts of the picture that were destroyed whatever was in them; frames counted from 0,"
                + " places in pixels of the upright picture",
            List.of("Zone", "#First frame", "#Last frame", "Corners", "Reason given"));
    List<Zone> shown = Bounded.first(report.zones());
    for (int i = 0; i < shown.size(); i++) {
      Zone zone = shown.get(i);
      table
          .row("zone " + (i + 1))
          .number(Words.number(zone.frames().first()))
          .number(Words.number(zone.frames().last()))
          .cell(Words.corners(zone.outline()))
          .cell(zone.reason().orElse(""))
          .end();
    }
    table.close();
    Bounded.rest(html, report.zones());
  }
}
