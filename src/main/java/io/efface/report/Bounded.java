package io.efface.report;

import java.util.List;

/** Lists that may be of any length, on a page that may not. */
final class Bounded {
  private Bounded() {}

  /** The part of a list that is shown. */
  static <T> List<T> first(List<T> all) {
    return all.subList(0, Math.min(all.size(), HtmlReport.MAX_LINES));
  }

  /** Says how many are not shown, if any. */
  static void rest(HtmlWriter html, List<?> all) {
    int more = all.size() - HtmlReport.MAX_LINES;
    if (more > 0) {
      html.element(
              "p",
              "And " + Words.number(more) + " more, which the JSON report lists.",
              "class",
              "note")
          .line();
    }
  }
}
