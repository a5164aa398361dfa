package io.efface.cli;

import java.io.PrintWriter;

/** How failures are put on standard error: one line each. */
final class Failures {
  private Failures() {}

  static void print(PrintWriter err, String message) {
    err.print("efface: " + SafeText.of(message) + "\n");
    err.flush();
  }

  static String message(RuntimeException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** What is said of a fault of the program itself. */
  static String internal(RuntimeException e) {
    return "internal error: "
        + e.getClass().getSimpleName()
        + (e.getMessage() == null ? "" : ": " + e.getMessage())
        + " (--stacktrace shows where)";
  }
}
