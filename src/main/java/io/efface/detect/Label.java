package io.efface.detect;

import java.util.Locale;

/** What a detector can find. */
public enum Label {
  FACE,
  PLATE;

  /** The name in files and on the command line: {@code face}, {@code plate}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The label with the given {@link #id}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Label ofId(String id) {
    for (Label label : values()) {
      if (label.id().equals(id)) {
        return label;
      }
    }
    throw new IllegalArgumentException("unknown class '" + id + "'; known: face, plate");
  }
}
