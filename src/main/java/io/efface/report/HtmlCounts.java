package io.efface.report;

import io.efface.detect.Label;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The part of the page on how many objects and zones there were. */
final class HtmlCounts {
  private final Report report;
  private final Tally tally;
  private final HtmlWriter html;

  HtmlCounts(Report report, Tally tally, HtmlWriter html) {
    this.report = report;
    this.tally = tally;
    this.html = html;
  }

  void write() {
    html.element("h2", "What was found").line();
    HtmlTable table =
        new HtmlTable(
            html,
            "Objects by class; one object is one face or plate followed through a shot",
            List.of(
                "Class",
                "#Destroyed",
                "#Of them drawn",
                "#Kept visible",
                "#Dropped",
                "#Object-frames covered"));
    Set<Label> classes = EnumSet.noneOf(Label.class);
    report.options().detection().ifPresent(d -> classes.addAll(d.classes()));
    classes.addAll(report.options().manifestClasses());
    report.tracks().forEach(track -> classes.add(track.label()));
    for (Label label : classes) {
      table
          .row(Words.nouns(label))
          .number(count(tally.redacted(), label))
          .number(count(tally.drawn(), label))
          .number(count(tally.kept(), label))
          .number(count(tally.dropped(), label))
          .number(count(tally.frames(), label))
          .end();
    }
    table.close();
    boolean asked = report.options().detection().isPresent();
    if (asked && report.options().detection().get().classes().isEmpty()) {
      html.element("p", "Nothing was looked for: only what a person named was destroyed.").line();
    } else if (classes.isEmpty()) {
      html.element("p", "There were no objects in the manifest.").line();
    }
    if (!report.zones().isEmpty()) {
      String zones = Words.counted(report.zones().size(), "zone");
      html.element("p", "Destroyed whatever was in it: " + zones + " of the picture.").line();
    }
  }

  private static String count(Map<Label, Long> counts, Label label) {
    return Words.number(counts.getOrDefault(label, 0L));
  }
}
