package io.efface.report;

/**
 * Writes HTML. Tags and names of attributes are the program's own; every text and every attribute's
 * value may come from anywhere and cannot become markup, end a line or turn the direction of
 * writing.
 */
final class HtmlWriter {
  private final StringBuilder out = new StringBuilder();

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn
   */
  HtmlWriter open(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
    out.append('>');
    return this;
  }

  /** Closes an element. */
  HtmlWriter close(String tag) {
    out.append("</").append(tag).append('>');
    return this;
  }

  /** Ends a line of the source; nothing that a reader sees. */
  HtmlWriter line() {
    out.append('\n');
    return this;
  }

  /** Writes a text. */
  HtmlWriter text(String text) {
    escape(text);
    return this;
  }

  /** Writes an element that holds a text alone. */
  HtmlWriter element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /** Writes a name from outside, whose direction of writing stays its own. */
  HtmlWriter name(String name) {
    return element("bdi", name);
  }

  /** Writes what is the program's own and safe as it stands. */
  HtmlWriter trusted(String html) {
    out.append(html);
    return this;
  }

  private void escape(String text) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                  if (isShown(c)) {
                    out.appendCodePoint(c);
                  } else {
                    out.append(String.format("\\u%04x", c));
                  }
                }
              }
            });
  }

  /** Whether a character can be seen and does nothing else. */
  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
