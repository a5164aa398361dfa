package io.efface.cli;

import io.efface.batch.Failure;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs jobs one after another, prints how each ended and keeps the most severe exit code. A job
 * that fails does not stop the ones after it; being cancelled does.
 */
final class Batch {
  private final PrintWriter err;
  private final Progress progress;
  private final Results results;
  private final Interruption interruption;
  private final boolean stacktrace;
  private ExitCode exit = ExitCode.DONE;

  Batch(
      PrintWriter err,
      Progress progress,
      Results results,
      Interruption interruption,
      boolean stacktrace) {
    this.err = err;
    this.progress = progress;
    this.results = results;
    this.interruption = interruption;
    this.stacktrace = stacktrace;
  }

  /**
   * Runs a job unless the batch was cancelled.
   *
   * @param input what the job is about, for a failure's result
   */
  void run(Path input, Function<Progress, Outcome> job) {
    if (exit == ExitCode.INTERRUPTED) {
      return;
    }
    Optional<Outcome> outcome = attempt(input, job);
    progress.finished();
    outcome.ifPresent(this::succeeded);
  }

  private Optional<Outcome> attempt(Path input, Function<Progress, Outcome> job) {
    try {
      return Optional.of(job.apply(progress));
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      failed(input, interruption.failure(input, e));
    }
    return Optional.empty();
  }

  private void succeeded(Outcome outcome) {
    results.done(outcome);
    outcome.notes().forEach(line -> Failures.print(err, line));
    if (!outcome.attention().isEmpty()) {
      outcome.attention().forEach(line -> Failures.print(err, line));
      exit = exit.worse(ExitCode.ATTENTION);
    }
    if (outcome instanceof Outcome.Verified verified) {
      VerifyResults.unseen(verified).ifPresent(line -> Failures.print(err, line));
      exit = exit.worse(VerifyResults.exit(verified));
    }
  }

  private void failed(Path input, Failure failure) {
    progress.finished();
    Failures.print(err, failure, stacktrace);
    results.failed(input, failure.message(), ExitCode.of(failure.kind()));
    exit = exit.worse(ExitCode.of(failure.kind()));
  }

  /** The most severe of what happened. */
  ExitCode exit() {
    return exit;
  }
}
