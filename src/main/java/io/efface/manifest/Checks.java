package io.efface.manifest;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Conditions that the records of this package share; all throw IllegalArgumentException. */
final class Checks {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int MAX_TEXT = 1000;

  private Checks() {}

  /**
   * Checks that a text says something, and makes it storable: half a surrogate pair, which some
   * file systems allow in names, has no UTF-8 form and becomes a question mark.
   */
  static String text(String what, String value) {
    if (value.isBlank() || value.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          what + " must be text of 1 to " + MAX_TEXT + " characters");
    }
    return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** Checks that a text is a file's bare name, which cannot lead out of a folder. */
  static String fileName(String value) {
    String name = text("the file name", value);
    if (name.indexOf('/') >= 0 || name.indexOf('\0') >= 0 || name.matches("\\.\\.?")) {
      throw new IllegalArgumentException("the file name must not be a path");
    }
    return name;
  }

  /** Checks that a text is a SHA-256 in lower-case hexadecimal. */
  static void sha256(String value) {
    if (!SHA256.matcher(value).matches()) {
      throw new IllegalArgumentException("a SHA-256 is 64 lower-case hexadecimal digits");
    }
  }

  /** Checks that a number lies within bounds, both allowed. */
  static void range(String what, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          what + " must be " + min + " to " + max + ", not " + value);
    }
  }

  /** Checks that a score lies between 0 and 1; NaN does not. */
  static void score(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " must be 0 to 1, not " + value);
    }
  }
}
