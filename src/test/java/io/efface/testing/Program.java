package io.efface.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that tests start as a user would. One run at a time writes what it says into a folder.
 *
 * @param command how it is started, before its arguments
 * @param folder where its words go
 */
public record Program(List<String> command, Path folder) {
  /** Copies the command. */
  public Program {
    command = List.copyOf(command);
  }

  /**
   * How a run ended.
   *
   * @param exit its exit code
   * @param out what it said on standard output, line by line
   * @param err what it said on standard error, line by line
   */
  public record Run(int exit, List<String> out, List<String> err) {}

  /** The Java that runs the tests. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Starts it. */
  public Process start(Object... args) throws IOException {
    List<String> words = new ArrayList<>(command);
    for (Object arg : args) {
      words.add(arg.toString());
    }
    return new ProcessBuilder(words)
        .redirectOutput(folder.resolve("out.txt").toFile())
        .redirectError(folder.resolve("err.txt").toFile())
        .start();
  }

  /** Waits for its end, which must come within so many seconds. */
  public Run end(Process process, int seconds) throws IOException, InterruptedException {
    assertThat(process.waitFor(seconds, TimeUnit.SECONDS))
        .as("ends within %d seconds", seconds)
        .isTrue();
    return new Run(
        process.exitValue(),
        Files.readAllLines(folder.resolve("out.txt")),
        Files.readAllLines(folder.resolve("err.txt")));
  }
}
