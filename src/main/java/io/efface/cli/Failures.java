package io.efface.cli;

import io.efface.batch.Failure;
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

  /** Prints a job's failure, and where it arose if that is wanted. */
  static void print(PrintWriter err, Failure failure, boolean stacktrace) {
    print(err, failure.message());
    if (stacktrace && failure.kind() != Failure.Kind.INTERRUPTED) {
      failure.cause().printStackTrace(err);
      err.flush();
    }
  }
}
