package io.efface.bench;

import io.efface.pipeline.JobException;
import io.efface.pipeline.OtherProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/**
 * A process that is watched to its end. Whoever starts it closes it, which ends it. {@link #end}
 * may come from any thread.
 */
final class TimedProcess implements AutoCloseable {
  /** How often is asked what it took so far: the last answer before its end counts. */
  private static final long LOOK_MILLIS = 20;

  /** Exit code of a redaction that wants a look, as one without any findings does. */
  private static final int ATTENTION = 5;

  private final Process process;
  private final long began;

  private TimedProcess(Process process, long began) {
    this.process = process;
    this.began = began;
  }

  /**
   * Starts a process.
   *
   * @param said gets what it says on standard error
   * @throws JobException if it cannot be started
   */
  static TimedProcess start(List<String> command, Path said) {
    try {
      long now = System.nanoTime();
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(said.toFile())
              .start();
      return new TimedProcess(process, now);
    } catch (IOException e) {
      throw new JobException(
          command.get(0) + ": cannot be started (" + e.getMessage() + "); is it whole?", e);
    }
  }

  /**
   * Waits for the end.
   *
   * @param subject what to call it in messages
   * @param said where it was told to speak
   * @throws JobException if it fails
   * @throws CancellationException if the thread is interrupted
   */
  Run watch(String subject, Path said) {
    double cpu = 0;
    long peak = 0;
    try {
      do {
        cpu = cpuSeconds().orElse(cpu);
        peak = Math.max(peak, OtherProcess.memoryBytes(process.toHandle(), "VmHWM"));
      } while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped");
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    if (process.exitValue() != 0 && process.exitValue() != ATTENTION) {
      throw new JobException(
          "the run '" + subject + "' ended with " + process.exitValue() + ": " + words(said));
    }
    return new Run(seconds, cpu, peak);
  }

  private static String words(Path said) {
    try {
      String all = new String(Files.readAllBytes(said), StandardCharsets.UTF_8).strip();
      return all.isEmpty() ? "it did not say why" : all.substring(all.lastIndexOf('\n') + 1);
    } catch (IOException e) {
      return "it did not say why";
    }
  }

  private Optional<Double> cpuSeconds() {
    return process.info().totalCpuDuration().map(Duration::toMillis).map(ms -> ms / 1000.0);
  }

  /** Ends it at once. */
  void end() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    end();
    OtherProcess.awaitEnd(process);
  }
}
