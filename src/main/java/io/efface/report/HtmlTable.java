package io.efface.report;

import java.util.ArrayList;
import java.util.List;

/** Writes tables with a caption and headers that a screen reader can tell. */
final class HtmlTable {
  private final HtmlWriter html;

  /**
   * Begins a table.
   *
   * @param columns the headers; one that begins with {@code #} stands over numbers
   */
  HtmlTable(HtmlWriter html, String caption, List<String> columns) {
    this.html = html;
    html.open("div", "class", "scroll").open("table").element("caption", caption).line();
    html.open("thead").open("tr");
    for (String column : columns) {
      boolean number = column.startsWith("#");
      html.element(
          "th",
          number ? column.substring(1) : column,
          "scope",
          "col",
          "class",
          number ? "number" : "text");
    }
    html.close("tr").close("thead").line().open("tbody").line();
  }

  private HtmlTable(HtmlWriter html, String caption) {
    this.html = html;
    html.open("div", "class", "scroll").open("table", "class", "facts");
    html.element("caption", caption).line().open("tbody").line();
  }

  /** Begins a table of two columns: what, and what of it. */
  static HtmlTable facts(HtmlWriter html, String caption) {
    return new HtmlTable(html, caption);
  }

  /** Columns of which two behind the first are for {@link #times}. */
  static List<String> timed(Report report, String first, String... others) {
    List<String> columns = new ArrayList<>(List.of(first));
    if (Timeline.fits(report)) {
      columns.addAll(List.of("#From", "#To"));
    }
    columns.addAll(List.of(others));
    return columns;
  }

  /** Adds two cells with times, where the footage takes time. */
  HtmlTable times(Report report, double firstSeconds, double lastSeconds) {
    return Timeline.fits(report)
        ? number(Words.time(firstSeconds)).number(Words.time(lastSeconds))
        : this;
  }

  /** Begins a row by its header, which is a text of anybody's. */
  HtmlTable row(String header) {
    html.open("tr").open("th", "scope", "row").name(header).close("th");
    return this;
  }

  /** Adds a cell with a text of anybody's. */
  HtmlTable cell(String text) {
    html.open("td").name(text).close("td");
    return this;
  }

  /** Adds a cell with the program's own words in a style. */
  HtmlTable styled(String text, String style) {
    html.element("td", text, "class", style);
    return this;
  }

  /** Adds a cell with a number. */
  HtmlTable number(String text) {
    return styled(text, "number");
  }

  /** Adds a cell with a digest. */
  HtmlTable code(String text) {
    html.open("td").element("code", text).close("td");
    return this;
  }

  /** Ends a row. */
  void end() {
    html.close("tr").line();
  }

  /** Adds a row of a table of facts. */
  void fact(String what, String value) {
    row(what).cell(value).end();
  }

  /** Ends the table. */
  void close() {
    html.close("tbody").close("table").close("div").line();
  }
}
