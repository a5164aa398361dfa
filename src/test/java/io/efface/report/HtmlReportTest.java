package io.efface.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.detect.Label;
import io.efface.redact.Style;
import io.efface.report.Report.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlReportTest {
  private static final Pattern TAG =
      Pattern.compile("<(/?)([a-z0-9]+)((?: [a-zA-Z-]+=\"[^\"<>]*\")*)>");

  @Test
  void writesTheGoldenPageToTheByte() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            HtmlReportTest.class.getResourceAsStream("/io/efface/report/golden.html"))) {
      assertThat(page(Reports.full()))
          .isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\" onload=\"alert(1)",
        "' onload='alert(1)",
        "</style></title></svg><img src=x onerror=alert(1)>",
        "<!--",
        "]]><x>",
        "&lt;script&gt;",
        "javascript:alert(1)",
      })
  void noTextBecomesMarkup(String text) throws IOException {
    String harmless = page(Reports.hostile("harmless"));
    String hostile = page(Reports.hostile(text));
    assertThat(tags(hostile)).isEqualTo(tags(harmless));
    assertThat(hostile)
        .doesNotContain("<script", "<img", "<!--", "<x>", "onload=\"", "onload='")
        .contains(escaped(text));
  }

  @Test
  void noTextSteersTheReader() throws IOException {
    String page =
        page(Reports.hostile("a\u202egpj.exe\u0007\u001b[31m\u2028\u200b\ufeff\u0085\tb"));
    assertThat(page)
        .doesNotContainPattern("[\\p{Cntrl}\u202e\u2028\u200b\ufeff\u0085&&[^\n]]")
        .contains(
            "<bdi>a\\u202egpj.exe\\u0007\\u001b[31m\\u2028\\u200b\\ufeff\\u0085\\u0009b</bdi>");
  }

  @Test
  void namesInAnyScriptStayAsTheyAre() throws IOException {
    assertThat(page(Reports.hostile("مقطع é 映像 🎥.mp4"))).contains("<bdi>مقطع é 映像 🎥.mp4</bdi>");
  }

  @Test
  void everyElementIsClosedInItsTurn() throws IOException {
    for (Report report :
        List.of(
            Reports.full(),
            Reports.bare(),
            Reports.hostile("x"),
            Reports.ofLength(Timeline.MAX_ROWS),
            Reports.ofLength(300))) {
      Deque<String> open = new ArrayDeque<>();
      for (String tag : tags(page(report))) {
        String name = tag.replaceAll("</?([a-z0-9]+).*", "$1");
        if (tag.startsWith("</")) {
          assertThat(open.pop()).isEqualTo(name);
        } else if (!name.equals("meta")) {
          open.push(name);
        }
      }
      assertThat(open).isEmpty();
    }
  }

  @Test
  void nothingComesFromElsewhereAndNothingRuns() throws IOException {
    String page = page(Reports.full());
    assertThat(page)
        .contains("default-src 'none'; style-src 'unsafe-inline'".replace("'", "&#39;"))
        .doesNotContain("<script", "<link", "<iframe", "src=", "href=", "url(", "@import", "http:")
        .doesNotContain("https:");
    assertThat(tags(page)).noneMatch(tag -> tag.contains(" on"));
  }

  @Test
  void whatIsNotThereIsNotSaidToBeWhole() throws IOException {
    assertThat(page(Reports.left(1)))
        .contains("No object was left visible by a decision.", "No frame was filled whole.")
        .contains("What seems to be left");
  }

  @Test
  void aMosaicsBitsAreThoseOfItsCells() throws IOException {
    Report full = Reports.full();
    assertThat(page(withStyle(full, new Style.Mosaic(3))))
        .contains("at most 108 bits an object in");
    assertThat(page(withStyle(full, new Style.Mosaic(6))))
        .contains("at most 432 bits an object in");
  }

  private static Report withStyle(Report full, Style style) {
    ReportOptions.Render render = full.options().render();
    ReportOptions options =
        new ReportOptions(
            full.options().detection(),
            new ReportOptions.Render(
                Map.of(Label.FACE, style, Label.PLATE, style),
                render.margin(),
                render.cover(),
                render.encoder(),
                render.audio(),
                render.onCorrupt(),
                render.allowTruncated(),
                render.smart(),
                render.audit()));
    return withOptions(full, options);
  }

  private static Report withOptions(Report full, ReportOptions options) {
    return with(full, options, full.encoder());
  }

  private static Report with(Report full, ReportOptions options, Optional<Means> encoder) {
    return new Report(
        full.tool(),
        full.started(),
        full.finished(),
        full.input(),
        full.output(),
        full.models(),
        options,
        full.streams(),
        full.droppedMetadata(),
        full.frames(),
        full.copying(),
        encoder,
        full.device(),
        full.timing(),
        full.tracks(),
        full.zones(),
        full.edits(),
        full.corruptFrames(),
        full.checks(),
        full.residuals(),
        full.attention(),
        full.shots(),
        full.filing(),
        full.signer());
  }

  @Test
  void aScreenReaderFindsItsWay() throws IOException {
    String page = page(Reports.full());
    assertThat(page)
        .contains("<html lang=\"en\">", "role=\"img\"", "<main>", "id=\"timeline-text\">");
    assertThat(page.split("<h1>", -1)).hasSize(2);
    assertThat(page.split("<table", -1)).hasSameSizeAs(page.split("<caption>", -1));
    assertThat(tags(page))
        .filteredOn(tag -> tag.startsWith("<th ") || tag.equals("<th>"))
        .allMatch(tag -> tag.contains("scope=\"col\"") || tag.contains("scope=\"row\""));
  }

  @Test
  void thePageOfALongFilmIsNotLong() throws IOException {
    String page = page(Reports.ofLength(20_000));
    assertThat(page.length()).isLessThan(150_000);
    assertThat(page)
        .contains("faces redacted", "plates kept", "at once", "And 19,900 more")
        .contains("to 5:33:20.0");
    int shorter = page(Reports.ofLength(2_000)).length();
    assertThat(page.length() - shorter).isLessThan(10_000);
  }

  @Test
  void eachOfAFewTracksHasARow() throws IOException {
    String page = page(Reports.ofLength(Timeline.MAX_ROWS));
    assertThat(page.split("<rect ", -1)).hasSize(Timeline.MAX_ROWS + 1);
    assertThat(page).contains("face 1, redacted, 0:00.0 to 0:02.0").contains("kept visible");
  }

  @Test
  void theDensityCountsWhatIsThereAtOnce() throws IOException {
    Report report = Reports.ofLength(100);
    long most =
        IntStream.rangeClosed(0, 100)
            .mapToLong(
                second ->
                    report.tracks().stream()
                        .filter(t -> t.label() == Label.FACE && !Tally.isLeft(t))
                        .filter(t -> t.firstSeconds() <= second && second <= t.lastSeconds())
                        .count())
            .max()
            .orElseThrow();
    assertThat(most).isGreaterThan(1);
    assertThat(page(report)).contains("at most " + most + " at once");
  }

  @Test
  void aCheckThatDidNotRunIsNotShownAsPassed() throws IOException {
    String page =
        page(
            Reports.withChecks(
                List.of(
                    Check.skipped(Check.RESIDUE, "the model is not at hand"),
                    Check.ran(Check.REGIONS, false, "3 regions judged"),
                    Check.ran("own", true, ""))));
    assertThat(page)
        .contains(
            "nothing left</bdi></th><td class=\"open\">did not run</td>"
                + detail("the model is not at hand"))
        .contains(
            "of the input</bdi></th><td class=\"fail\">failed</td>" + detail("3 regions judged"))
        .contains("<bdi>own</bdi></th><td class=\"pass\">passed</td>");
    assertThat(page(Reports.bare())).contains("No check ran.");
  }

  @Test
  void whatSeemsToBeLeftIsToldOnceAndListed() throws IOException {
    String page = page(Reports.full());
    assertThat(page)
        .contains("<li>The detector still finds 1 face in the output", "wants a look</td>")
        .contains(detail("looked at 2 of 10 frames"), "<h2>What seems to be left</h2>")
        .contains("<th scope=\"row\"><bdi>face</bdi></th><td class=\"number\">0:00.5</td>");
    Report left = Reports.left(3);
    assertThat(page(left))
        .contains("finds 3 faces in the output")
        .doesNotContain("<bdi>" + left.residuals().get(0) + "</bdi>");
    assertThat(page(Reports.bare())).doesNotContain("still finds", "What seems to be left");
  }

  @Test
  void stylesAreSaidByClassWhereTheyDiffer() throws IOException {
    assertThat(page(Reports.ofLength(3)))
        .contains(
            "<p>The place of the faces is a fill", "<p>The place of the licence plates is one")
        .contains("Style of faces</bdi></th><td><bdi>blur<")
        .contains("Style of licence plates</bdi></th><td><bdi>solid:#0080ff<");
    assertThat(page(Reports.full())).contains("<p>Their place is a fill");
    assertThat(page(Reports.bare())).contains("Style</bdi></th><td><bdi>mosaic:4<");
  }

  @Test
  void theVerdictIsSaidInWords() throws IOException {
    assertThat(Reports.bare().verdict()).isEqualTo(Verdict.DONE);
    assertThat(page(Reports.bare())).contains("verdict done", "destroyed nothing");
    assertThat(page(Reports.withChecks(List.of(Check.ran(Check.FRAMES, true, "")))))
        .contains("✓ Done<", "Nothing that the program noticed wants a look.");
    assertThat(page(Reports.full()))
        .contains("verdict attention", "wants a look", "1 licence plate stayed visible");
    assertThat(page(Reports.withChecks(List.of(Check.ran(Check.FRAMES, false, "")))))
        .contains("verdict failed", "do not share the output");
  }

  @Test
  void whatWasNotCheckedIsNotCalledWell() throws IOException {
    for (Report report :
        List.of(
            Reports.bare(),
            Reports.withChecks(List.of(Check.skipped(Check.FRAMES, "not asked"))))) {
      assertThat(page(report))
          .contains("Done, not checked<", "No check of the finished file ran")
          .doesNotContain("✓", "Nothing that the program noticed");
    }
    assertThat(page(Reports.left(1))).contains("No check of the finished file ran");
    assertThat(page(Reports.full())).doesNotContain("No check of the finished file ran");
  }

  @Test
  void whatWasLeftByDecisionIsNotSaidToBeGone() throws IOException {
    List<Check> checks = List.of(Check.ran(Check.RESIDUE, true, ""));
    assertThat(page(Reports.withChecks(checks))).contains("finds nothing left</bdi>");
    assertThat(page(Reports.full()))
        .contains("finds nothing left besides what was left visible by decision</bdi>");
  }

  @Test
  void aManifestsClassesAreSaidToBeLookedFor() throws IOException {
    Report full = Reports.full();
    ReportOptions applied =
        new ReportOptions(
            Optional.empty(), List.of(Label.PLATE, Label.FACE), full.options().render());
    assertThat(page(withOptions(full, applied)))
        .contains(
            "Looked for</bdi></th><td><bdi>faces, licence plates, when the manifest was made that"
                + " said what to destroy<");
    assertThat(page(Reports.bare())).contains("nothing: a manifest said what to destroy");
  }

  @Test
  void driversWordsStayInTheJson() throws IOException {
    Report full = Reports.full();
    Report hardware =
        with(
            full,
            full.options(),
            Optional.of(new Means("h264_nvenc", Optional.of("hevc_qsv: error -22"))));
    assertThat(page(hardware))
        .contains("Encoded by</bdi></th><td><bdi>h264_nvenc</bdi>")
        .doesNotContain("error -22");
    assertThat(page(full))
        .contains("libx265 (hardware was not available)")
        .doesNotContain("does not work here");
  }

  @Test
  void aStillHasNoTimes() throws IOException {
    Report still = Reports.still();
    assertThat(page(still))
        .contains("<h2>What was destroyed</h2>", "<h2>What seems to be left</h2>")
        .doesNotContain("0:00", ">From<", ">To<")
        .doesNotContain("<bdi>" + still.residuals().get(0).words(true) + "</bdi>");
    assertThat(still.residuals().get(0))
        .hasToString("a face seems to be left at 0.00 s, around 10,20 30x40 (score 0.75)");
    assertThat(still.residuals().get(0).words(true))
        .isEqualTo("a face seems to be left around 10,20 30x40 (score 0.75)");
    assertThat(Reports.full().residuals().get(0).words(false)).contains(" at 0.50 to 1.50 s, ");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-3, 1, 59.96, 3600, 1e6, 1e300})
  void anyLengthCanBeDrawn(double seconds) throws IOException {
    Report full = Reports.full();
    Report report =
        new Report(
            full.tool(),
            full.started(),
            full.finished(),
            full.input(),
            full.output(),
            full.models(),
            full.options(),
            full.streams(),
            full.droppedMetadata(),
            10,
            full.copying(),
            full.encoder(),
            full.device(),
            new Report.Timing(-seconds, seconds),
            full.tracks(),
            full.zones(),
            full.edits(),
            full.corruptFrames(),
            full.checks(),
            full.residuals(),
            full.attention(),
            full.shots(),
            full.filing(),
            full.signer());
    assertThat(page(report)).contains("<svg ").doesNotContain("NaN", "Infinity");
  }

  private static String detail(String text) {
    return "<td><bdi>" + text + "</bdi></td>";
  }

  private static List<String> tags(String page) {
    Matcher matcher = TAG.matcher(page.replaceAll("(?s)<style>.*?</style>", ""));
    return matcher.results().map(tag -> tag.group()).toList();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String page(Report report) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HtmlReport.write(report, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
