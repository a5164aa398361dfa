package io.efface.cli;

import java.util.Locale;

/** How times are put in words. */
final class Durations {
  private Durations() {}

  /** {@code 4:05} or {@code 1:04:05}. */
  static String clock(double seconds) {
    long whole = Math.max(0, Math.round(seconds));
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }
}
