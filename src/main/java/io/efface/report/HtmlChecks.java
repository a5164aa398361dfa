package io.efface.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The part of the page on the finished output: what was checked and what seems to be left. */
final class HtmlChecks {
  /** The headline over the residuals, which the verdict names, too. */
  static final String LEFT = "What seems to be left";

  private static final String RESIDUE =
      "Residue: the detector, run on the output, finds nothing left";

  /** What the checks of today are called on paper. */
  private static final Map<String, String> CHECKS =
      Map.of(
          Check.CONTAINER, "Container: the file holds nothing but what is allowed",
          Check.FRAMES, "Frames: their count, times and size, read back from the finished file",
          Check.REGIONS, "Regions: each looks as planned and follows nothing of the input",
          Check.RESIDUE, RESIDUE);

  private static final Comparator<Residual> BY_TIME =
      Comparator.comparingDouble(Residual::firstSeconds).thenComparing(Residual::label);

  private final Report report;
  private final HtmlWriter html;

  HtmlChecks(Report report, HtmlWriter html) {
    this.report = report;
    this.html = html;
  }

  void write() {
    html.element("h2", "Checks of the finished output").line();
    if (report.checks().isEmpty()) {
      html.element("p", "No check ran.").line();
    } else {
      checks();
    }
    if (!report.residuals().isEmpty()) {
      residuals();
    }
  }

  private void checks() {
    HtmlTable table =
        new HtmlTable(html, "What was checked", List.of("Check", "Result", "How much, or why not"));
    for (Check check : report.checks()) {
      String words = CHECKS.getOrDefault(check.name(), check.name());
      table.row(
          words.equals(RESIDUE) && report.tracks().stream().anyMatch(Tally::isLeft)
              ? words + " besides what was left visible by decision"
              : words);
      if (!check.ran()) {
        table.styled("did not run", "open");
      } else if (check.passed()) {
        table.styled("passed", "pass");
      } else {
        table.styled(check.failed() ? "failed" : "wants a look", check.failed() ? "fail" : "open");
      }
      table.cell(check.detail()).end();
    }
    table.close();
  }

  private void residuals() {
    html.element("h2", LEFT).line();
    html.element(
            "p",
            "The detector, run on the output, takes these for faces or plates outside of what was"
                + " destroyed. Some may be nothing of the kind; look at each in the output.")
        .line();
    HtmlTable table =
        new HtmlTable(
            html,
            "The box holds all places it was seen in, in pixels of the upright picture, from its"
                + " left upper corner; the score is the detector's best, 0 to 1",
            HtmlTable.timed(report, "Class", "#Left", "#Top", "#Width", "#Height", "#Score"));
    List<Residual> residuals = report.residuals().stream().sorted(BY_TIME).toList();
    for (Residual residual : Bounded.first(residuals)) {
      table
          .row(Words.noun(residual.label()))
          .times(report, residual.firstSeconds(), residual.lastSeconds())
          .number(Words.number(Math.round(residual.box().left())))
          .number(Words.number(Math.round(residual.box().top())))
          .number(Words.number(Math.round(residual.box().width())))
          .number(Words.number(Math.round(residual.box().height())))
          .number(Words.score(residual.peakScore()))
          .end();
    }
    table.close();
    Bounded.rest(html, residuals);
  }
}
