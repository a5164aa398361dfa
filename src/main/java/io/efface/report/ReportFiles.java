package io.efface.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The names of the documents that belong to one output, whether they are written or not.
 *
 * @param json the report for programs
 * @param html the report for people
 * @param signature the signature over both and the output
 */
public record ReportFiles(Path json, Path html, Path signature) {
  private static final String JSON = ".json";
  private static final String HTML = ".html";

  /** {@code OUT.report.json}, {@code OUT.report.html} and {@code OUT.report.sig}. */
  public static ReportFiles beside(Path output) {
    return named(output.resolveSibling(output.getFileName() + ".report" + JSON));
  }

  /**
   * The documents where one of them is named: {@code FILE.html} is the page, any other name the
   * JSON. The rest differ by their ending.
   */
  public static ReportFiles named(Path report) {
    String name = String.valueOf(report.getFileName());
    String lower = name.toLowerCase(Locale.ROOT);
    boolean page = lower.endsWith(HTML);
    String stem =
        page || lower.endsWith(JSON) ? name.substring(0, name.length() - JSON.length()) : name;
    return new ReportFiles(
        page ? report.resolveSibling(stem + JSON) : report,
        page ? report : report.resolveSibling(stem + HTML),
        report.resolveSibling(stem + ".sig"));
  }

  /** All three. */
  public List<Path> all() {
    return List.of(json, html, signature);
  }
}
