package io.efface.cli;

import io.efface.pipeline.Progress;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Chooses how progress is shown on standard error. */
public final class ConsoleProgress {
  /** What fits on every terminal: a line that wraps would be drawn again and again. */
  private static final int LEAST_COLUMNS = 40;

  private ConsoleProgress() {}

  /** A bar where standard error is a terminal that can go back on its line, else sparse lines. */
  public static Function<PrintWriter, Progress> forTerminal() {
    return isTerminal(System.getenv().getOrDefault("TERM", ""))
        ? err ->
            new BarProgress(
                err,
                columns(System.getenv().getOrDefault("COLUMNS", ""), ConsoleProgress::size),
                System::nanoTime)
        : err -> new LineProgress(err, System::nanoTime);
  }

  /**
   * How many letters fit on a line.
   *
   * @param told what the environment says, if anything
   * @param asked what the terminal says, rows and columns; asked where the environment does not
   *     tell
   */
  static int columns(String told, Supplier<String> asked) {
    String number = "[1-9]\\d{1,4}";
    if (told.matches(number)) {
      return Integer.parseInt(told);
    }
    String columns = asked.get().strip().replaceFirst("^\\d+ ", "");
    return columns.matches(number) ? Integer.parseInt(columns) : LEAST_COLUMNS;
  }

  /** What {@code stty} says of the terminal; empty where there is none, or no such program. */
  private static String size() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (stty.waitFor(1, TimeUnit.SECONDS)) {
        return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      }
      stty.destroyForcibly();
    } catch (IOException e) {
      // Nobody to ask.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "";
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
