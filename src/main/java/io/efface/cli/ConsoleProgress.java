package io.efface.cli;

import io.efface.pipeline.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;

/** Chooses how progress is shown on standard error. */
public final class ConsoleProgress {
  /** What fits on every terminal: a line that wraps would be drawn again and again. */
  private static final int LEAST_COLUMNS = 40;

  private ConsoleProgress() {}

  /** A bar where standard error is a terminal that can go back on its line, else sparse lines. */
  public static Function<PrintWriter, Progress> forTerminal() {
    return isTerminal(System.getenv().getOrDefault("TERM", ""))
        ? err -> new BarProgress(err, columns(System.getenv().getOrDefault("COLUMNS", "")))
        : err -> new LineProgress(err, System::nanoTime);
  }

  /** What the environment tells of a line's length, else what is shown on every terminal. */
  static int columns(String told) {
    return told.matches("[1-9]\\d{1,4}") ? Integer.parseInt(told) : LEAST_COLUMNS;
  }

  /**
   * Whether standard error is a terminal. Where the system shows what a process has open, that
   * decides; elsewhere Java tells only whether input and output are one.
   */
  // From JDK 22 on there is always a console, and a redirected run would draw a bar on systems
  // without /proc: untidy, not wrong.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal(String term) {
    if (term.equals("dumb")) {
      return false;
    }
    Path standardError = Path.of("/proc/self/fd/2");
    if (!Files.isSymbolicLink(standardError)) {
      return System.console() != null;
    }
    try {
      String target = Files.readSymbolicLink(standardError).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }
}
