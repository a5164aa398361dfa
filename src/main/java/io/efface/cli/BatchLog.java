package io.efface.cli;

import io.efface.pipeline.JobException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Appends lines with times to a file, or to nothing. Whoever opens it closes it. */
final class BatchLog implements AutoCloseable {
  /** What every line begins with, and so every log. */
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ ";

  private static final int TIME_BYTES = 21;

  private final Optional<Path> name;
  private final Optional<PrintWriter> file;
  private final Clock clock;

  private BatchLog(Optional<Path> name, Optional<PrintWriter> file, Clock clock) {
    this.name = name;
    this.file = file;
    this.clock = clock;
  }

  /**
   * Whether lines may be put behind what a file holds: it is not there, is empty or begins as a log
   * does. What is no regular file, such as a terminal, holds nothing.
   */
  static boolean canContinue(Path file) {
    if (!Files.isRegularFile(file)) {
      return true;
    }
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(TIME_BYTES), StandardCharsets.ISO_8859_1);
      return start.isEmpty() || start.matches(TIME);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Opens a log.
   *
   * @param file where to; empty for nowhere
   * @throws JobException if it cannot be written to
   */
  static BatchLog open(Optional<Path> file, Clock clock) {
    if (file.isEmpty()) {
      return new BatchLog(file, Optional.empty(), clock);
    }
    try {
      return new BatchLog(
          file,
          Optional.of(
              new PrintWriter(
                  Files.newBufferedWriter(
                      file.get(),
                      StandardCharsets.UTF_8,
                      StandardOpenOption.CREATE,
                      StandardOpenOption.APPEND))),
          clock);
    } catch (IOException e) {
      throw new JobException(file.get() + ": cannot be written to; name another log", e);
    }
  }

  void line(String text) {
    file.ifPresent(
        to -> {
          to.print(
              clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + SafeText.of(text) + "\n");
          to.flush();
        });
  }

  /** Says so if not all of the lines so far could be written. */
  Optional<String> fault() {
    return file.filter(PrintWriter::checkError)
        .flatMap(lost -> name)
        .map(path -> path + ": not all could be written; is the disk full?");
  }

  @Override
  public void close() {
    file.ifPresent(PrintWriter::close);
  }
}
