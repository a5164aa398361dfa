package io.efface.report;

import java.util.Locale;

/**
 * What the check of a signature found on one part.
 *
 * @param part what was looked at
 * @param state how it was found
 * @param detail the same for people, without a full stop; names no file
 */
public record SignatureFinding(Part part, State state, String detail) {

  /** What is looked at, in this order. */
  public enum Part {
    /** The signature's own file. */
    SIGNATURE,
    /** Whose key it was made with. */
    KEY,
    /** The footage. */
    OUTPUT,
    /** The report for programs. */
    JSON,
    /** The report for people. */
    HTML;

    /** The name in JSON: {@code output}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How a part was found. */
  public enum State {
    /** As it was signed. */
    HOLDS,
    /** Not as it was signed. */
    FAILS,
    /** It was signed, or ought to have been, and is not there. */
    MISSING,
    /** Nothing can be said of it. Never to be shown as if it held. */
    NOT_CHECKED;

    /** The name in JSON: {@code not-checked}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
