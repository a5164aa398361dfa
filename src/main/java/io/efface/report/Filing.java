package io.efface.report;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What whoever ran a job wants to stand in its report, in their own words.
 *
 * @param id the case or file it belongs to, at most {@value #MAX_ID} characters
 * @param operator who ran it, at most {@value #MAX_ID} characters
 * @param reason why, at most {@value #MAX_REASON} characters
 */
public record Filing(Optional<String> id, Optional<String> operator, Optional<String> reason) {
  /** Most characters of a case and of an operator. */
  public static final int MAX_ID = 200;

  /** Most characters of a reason. */
  public static final int MAX_REASON = 1000;

  /** Nothing to record. */
  public static final Filing NONE =
      new Filing(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Controls, ends of lines, halves of characters, and what overrides the direction of writing so
   * that a text reads as another than it is.
   */
  private static final Pattern REFUSED =
      Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

  /** Checks that each text says something, on one line. */
  public Filing {
    check("the case", id, MAX_ID);
    check("the operator", operator, MAX_ID);
    check("the reason", reason, MAX_REASON);
  }

  private static void check(String what, Optional<String> text, int most) {
    text.ifPresent(
        t -> {
          if (t.isBlank() || t.length() > most) {
            throw new IllegalArgumentException(
                what + " must be text of 1 to " + most + " characters");
          }
          if (REFUSED.matcher(t).find()) {
            throw new IllegalArgumentException(
                what + " must be one line without control characters");
          }
        });
  }

  /** Whether there is nothing to record. */
  public boolean isEmpty() {
    return equals(NONE);
  }
}
