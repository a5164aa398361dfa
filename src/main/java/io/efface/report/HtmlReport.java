package io.efface.report;

import io.efface.detect.Label;
import io.efface.redact.Redactor;
import io.efface.redact.Style;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes reports as one page for people: no scripts, nothing from elsewhere, of bounded length
 * whatever the film's, fit for paper. The same report always gives the same bytes.
 */
public final class HtmlReport {
  private static final String STYLE = style();

  /** Most lines of any list; the rest stands in the JSON report. */
  static final int MAX_LINES = 100;

  /** Planes of a picture in colour; one in grey lets through less. */
  private static final int CHANNELS = 3;

  private final Report report;
  private final Tally tally;
  private final HtmlWriter html = new HtmlWriter();

  private HtmlReport(Report report) {
    this.report = report;
    this.tally = Tally.of(report.tracks());
  }

  /**
   * Writes a report in UTF-8.
   *
   * @param out is neither flushed nor closed
   * @throws IOException if {@code out} fails
   */
  public static void write(Report report, OutputStream out) throws IOException {
    out.write(new HtmlReport(report).page().getBytes(StandardCharsets.UTF_8));
  }

  private String page() {
    html.trusted("<!DOCTYPE html>\n").open("html", "lang", "en").line().open("head").line();
    html.open("meta", "charset", "utf-8").line();
    html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").line();
    html.open("meta", "name", "robots", "content", "noindex").line();
    html.open(
            "meta",
            "http-equiv",
            "Content-Security-Policy",
            "content",
            "default-src 'none'; style-src 'unsafe-inline'")
        .line();
    html.element("title", "Redaction report: " + report.output().name()).line();
    html.open("style").line().trusted(STYLE).close("style").line().close("head").line();
    html.open("body").line().open("main").line();
    head();
    verdict();
    new HtmlCounts(report, tally, html).write();
    if (Timeline.fits(report)) {
      timeline();
    }
    new HtmlExceptions(report, html).write();
    new HtmlChecks(report, html).write();
    new HtmlDetails(report, html).write();
    foot();
    html.close("main").line().close("body").line().close("html").line();
    return html.toString();
  }

  private void head() {
    html.open("header").line().element("h1", "Redaction report").line();
    html.open("p").text("for ").name(report.output().name()).text(", ");
    html.text("made on " + Words.instant(report.finished())).close("p").line();
    html.close("header").line();
    html.open("p", "class", "lead");
    html.text("Efface " + report.tool().version() + " read ").name(report.input().name());
    String objects = destroyed();
    if (objects.isEmpty()) {
      html.text(", destroyed nothing in it, and wrote ");
    } else {
      html.text(", destroyed the pixels of " + objects + ", and wrote ");
    }
    html.name(report.output().name()).text(": " + length() + ".");
    if (!tally.kept().isEmpty()) {
      html.text(" By a decision, " + Words.objects(tally.kept()) + " stayed visible.");
    }
    if (!tally.dropped().isEmpty()) {
      html.text(" What was taken for " + Words.objects(tally.dropped()));
      html.text(" was left as it is, since somebody saw that it is none.");
    }
    html.close("p").line();
    meanings();
    filing();
  }

  /** {@code 3 faces and 1 zone}. */
  private String destroyed() {
    List<String> parts = new ArrayList<>();
    if (!tally.redacted().isEmpty()) {
      parts.add(Words.objects(tally.redacted()));
    }
    if (!report.zones().isEmpty()) {
      parts.add(Words.counted(report.zones().size(), "zone") + " of the picture");
    }
    return Words.joined(parts);
  }

  private void filing() {
    Filing filing = report.filing();
    if (filing.isEmpty()) {
      return;
    }
    HtmlTable table = HtmlTable.facts(html, "As given by whoever ran the program");
    filing.id().ifPresent(id -> table.fact("Case", id));
    filing.operator().ifPresent(operator -> table.fact("Operator", operator));
    filing.reason().ifPresent(reason -> table.fact("Reason", reason));
    table.close();
  }

  private String length() {
    if (!Timeline.fits(report)) {
      return Words.counted(report.frames(), "picture");
    }
    return Words.counted(report.frames(), "frame")
        + " from "
        + Words.time(report.timing().firstSeconds())
        + " to "
        + Words.time(report.timing().lastSeconds());
  }

  /** What stands in the place of the objects: said once where it is the same for all. */
  private void meanings() {
    Map<Label, Style> styles = new TreeMap<>(report.options().render().styles());
    Set<Label> used = EnumSet.noneOf(Label.class);
    used.addAll(tally.redacted().keySet());
    if (!report.zones().isEmpty()) {
      // Zones are filled as faces are.
      used.add(Label.FACE);
    }
    styles.keySet().retainAll(used);
    if (Set.copyOf(styles.values()).size() == 1) {
      html.element("p", meaning("Their place", styles.values().iterator().next())).line();
    } else {
      styles.forEach(
          (label, style) ->
              html.element("p", meaning("The place of the " + Words.nouns(label), style)).line());
    }
  }

  private static String meaning(String place, Style style) {
    if (style instanceof Style.Solid) {
      return place
          + " is one colour. Nothing of what was inside these regions is left in the output.";
    }
    if (style instanceof Style.Numbered) {
      return place
          + " is black, with the number of the object on it. Nothing of what was inside these"
          + " regions is left in the output.";
    }
    if (style instanceof Style.Mosaic mosaic) {
      return place
          + " is a mosaic of "
          + mosaic.cells()
          + " by "
          + mosaic.cells()
          + " cells. It holds a little of what was there: at most "
          + Redactor.mosaicBits(mosaic, CHANNELS)
          + " bits an object in a shot.";
    }
    return place
        + " is a fill made of the picture around them. Nothing of what was inside these"
        + " regions is left in the output.";
  }

  private void verdict() {
    html.open("section", "class", "verdict " + report.verdict().id(), "aria-labelledby", "verdict")
        .line();
    html.element(
            "h2",
            switch (report.verdict()) {
              case DONE -> isChecked() ? "✓ Done" : "Done, not checked";
              case ATTENTION -> "! Done, but wants a look";
              case FAILED -> "✗ A check failed: do not share the output";
            },
            "id",
            "verdict")
        .line();
    lines();
    html.element(
            "p",
            "No program finds every face and plate. Look at the output before you share it.",
            "class",
            "note")
        .line();
    html.close("section").line();
  }

  private boolean isChecked() {
    return report.checks().stream().anyMatch(Check::ran);
  }

  /** The lines for attention; those on residuals in one, for a table has them each. */
  private void lines() {
    if (!isChecked()) {
      html.element("p", "No check of the finished file ran, so nothing says that it is as planned.")
          .line();
    }
    if (report.attention().isEmpty() && report.residuals().isEmpty()) {
      if (isChecked()) {
        html.element("p", "Nothing that the program noticed wants a look.").line();
      }
      return;
    }
    Set<String> listed =
        report.residuals().stream()
            .flatMap(residual -> Stream.of(residual.words(true), residual.words(false)))
            .collect(Collectors.toSet());
    List<String> lines =
        report.attention().stream().filter(line -> !listed.contains(line)).toList();
    html.open("ul").line();
    if (!report.residuals().isEmpty()) {
      Map<Label, Long> left =
          report.residuals().stream()
              .collect(Collectors.groupingBy(Residual::label, Collectors.counting()));
      html.open("li").text("The detector still finds " + Words.objects(left));
      html.text(" in the output: see “" + HtmlChecks.LEFT + "”.").close("li").line();
    }
    for (String line : Bounded.first(lines)) {
      html.open("li").name(line).close("li").line();
    }
    html.close("ul").line();
    Bounded.rest(html, lines);
  }

  private void timeline() {
    html.element("h2", "When it was covered").line();
    html.open("figure").line().open("div", "class", "scroll").line();
    Timeline.write(report, html);
    html.close("div").line().open("figcaption");
    for (Label label : tally.redacted().keySet()) {
      key(label.id(), Words.noun(label) + " destroyed");
    }
    if (report.tracks().stream().anyMatch(Tally::isLeft)) {
      key("kept", "left visible by a decision");
    }
    boolean cut = report.shots().stream().anyMatch(shot -> shot > 0);
    if (cut) {
      key("shot", "a shot begins");
    }
    if (!report.corruptFrames().isEmpty()) {
      key("damaged", "damaged, filled whole");
    }
    if (cut || !report.corruptFrames().isEmpty()) {
      html.text("Shots and damaged frames are placed as if all frames took the same time.");
    }
    html.close("figcaption").line().close("figure").line();
  }

  private void key(String style, String words) {
    html.open("span").open("i", "class", "key " + style).close("i").text(words).close("span");
    html.text(" ");
  }

  private void foot() {
    html.open("footer", "class", "note").line();
    html.element(
            "p",
            "This page holds no pixel of the footage and nothing that its metadata said. It names"
                + " files as they were called; a file's name can itself name somebody.")
        .line();
    report
        .signer()
        .ifPresent(
            signer -> {
              html.open("p").text("A signature of the output and of its reports was made with the");
              html.text(" Ed25519 key of fingerprint ").element("code", signer);
              html.text(". This line proves nothing: 'efface verify' checks the signature.");
              html.close("p").line();
            });
    html.open("p").text("Made by Efface " + report.tool().version());
    html.text(", version " + Report.VERSION + " of the report.").close("p").line();
    html.close("footer").line();
  }

  private static String style() {
    try (InputStream in =
        Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"), "the page")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the program's own file cannot be read", e);
    }
  }
}
