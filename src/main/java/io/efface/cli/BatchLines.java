package io.efface.cli;

import io.efface.batch.BatchListener;
import io.efface.batch.Ending;
import io.efface.batch.Failure;
import io.efface.batch.Item;
import io.efface.batch.PassedOver;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.ReportRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Shows how a batch goes on: a line a job with totals and the time left, and keeps the most severe
 * exit code. Called by one thread at a time.
 */
final class BatchLines implements BatchListener {
  private static final double BASIS_SECONDS = 5;
  private static final double BASIS_SHARE = 0.01;

  private final PrintWriter err;
  private final Results results;
  private final BatchLog log;
  private final Supplier<Progress> progress;
  private final boolean quiet;
  private final boolean stacktrace;
  private final int slots;
  private final LongSupplier nanoTime;
  private final long start;
  private final Map<Integer, Progress> running = new HashMap<>();
  private final Map<Integer, Long> bytes = new HashMap<>();
  private final BatchTotals totals = new BatchTotals();
  private long bytesLeft;
  private long bytesDone;
  private double secondsOfDone;
  private ExitCode exit = ExitCode.DONE;

  /**
   * Lines of a batch without jobs yet.
   *
   * @param progress makes what shows the progress of one job
   * @param quiet whether only failures are shown
   * @param slots how many jobs run at once
   */
  BatchLines(
      PrintWriter err,
      Results results,
      BatchLog log,
      Supplier<Progress> progress,
      boolean quiet,
      boolean stacktrace,
      int slots,
      LongSupplier nanoTime) {
    this.err = err;
    this.results = results;
    this.log = log;
    this.progress = progress;
    this.quiet = quiet;
    this.stacktrace = stacktrace;
    this.slots = slots;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /** Adds jobs to those that are still to come. */
  void expect(List<Item> items) {
    for (Item item : items) {
      long size = size(item);
      bytes.put(item.number(), size);
      bytesLeft += size;
      totals.expect();
    }
  }

  private static long size(Item item) {
    try {
      // A file that is missing or empty costs no time, but no division by nothing either.
      return 1 + Files.size(item.input());
    } catch (IOException e) {
      return 1;
    }
  }

  /** Tells what of the input folders is left alone. */
  void passedOver(List<PassedOver> files) {
    for (PassedOver file : files) {
      log.line("passed over " + file.file() + ": " + file.why());
      if (file.fault()) {
        Failures.print(err, file.file() + ": " + file.why());
        exit = exit.worse(ExitCode.FAILED);
      }
    }
    totals.passedOver(files);
  }

  @Override
  public Progress started(Item item) {
    log.line("started " + item.input() + " -> " + item.job().output());
    Progress shown = progress.get();
    running.put(item.number(), shown);
    return shown;
  }

  @Override
  public void remark(String line) {
    Failures.print(err, line);
    log.line(line);
  }

  @Override
  public void ended(Item item, Ending ending) {
    Progress shown = running.remove(item.number());
    if (shown != null) {
      shown.finished();
    }
    Long expected = bytes.remove(item.number());
    long size = expected == null ? 1 : expected;
    bytesLeft -= size;
    totals.ended(item, ending);
    if (ending instanceof Ending.Done done) {
      bytesDone += size;
      secondsOfDone += done.took().toMillis() / 1e3;
      done(item, done.outcome());
    } else if (ending instanceof Ending.Skipped skipped) {
      skipped(item, skipped.attention());
    } else if (ending instanceof Ending.Failed failed) {
      failed(item, failed.failure());
    }
    // After an interruption there is nothing to come but the sum.
    if (totals.expected() > 1 && !quiet && totals.interrupted() == 0) {
      err.print(standing() + "\n");
      err.flush();
    }
  }

  private void skipped(Item item, boolean attention) {
    Path output = item.job().output();
    Optional<Path> report = item.job().report().map(ReportRequest::main);
    Optional<String> look =
        attention
            ? Optional.of(
                output
                    + ": finished before, wants a look"
                    + report.map(path -> " (see " + path + ")").orElse(""))
            : Optional.empty();
    results.skipped(item.input(), output, report, look);
    look.ifPresent(line -> Failures.print(err, line));
    log.line("finished already " + item.input() + " -> " + output);
    look.ifPresent(log::line);
    exit = exit.worse(attention ? ExitCode.ATTENTION : ExitCode.DONE);
  }

  private void done(Item item, Outcome.Redacted outcome) {
    results.done(outcome);
    outcome.notes().forEach(this::remark);
    for (String line : outcome.attention()) {
      Failures.print(err, line);
      log.line(line);
    }
    log.line("done " + item.input() + " -> " + outcome.output());
    exit = exit.worse(outcome.attention().isEmpty() ? ExitCode.DONE : ExitCode.ATTENTION);
  }

  private void failed(Item item, Failure failure) {
    ExitCode code = ExitCode.of(failure.kind());
    Failures.print(err, failure, stacktrace);
    results.failed(item.input(), failure.message(), code);
    log.line(Choices.id(code) + " " + item.input() + ": " + failure.message());
    exit = exit.worse(code);
  }

  /**
   * The totals, and the time left by the bytes of what this run has done: what was finished before
   * or failed took hardly any time. A photo before hours of film is no basis for it.
   */
  private String standing() {
    int together = Math.max(1, Math.min(slots, totals.left()));
    String left =
        secondsOfDone >= BASIS_SECONDS
                && bytesDone >= BASIS_SHARE * (bytesDone + bytesLeft)
                && totals.left() > 0
            ? ", " + Durations.clock(secondsOfDone / bytesDone * bytesLeft / together) + " left"
            : "";
    return "[" + totals.ended() + "/" + totals.expected() + "] " + totals.words() + left;
  }

  /** Prints what the batch came to, and its failures once more in a table. */
  void finish() {
    String took = Durations.clock((nanoTime.getAsLong() - start) / 1e9);
    log.line("ended after " + took + ": " + totals.sum());
    log.fault().ifPresent(this::lost);
    if (totals.expected() > 1 || totals.anyPassedOver()) {
      results.summary(totals);
      if (!quiet) {
        totals.table().forEach(line -> err.print(SafeText.of(line) + "\n"));
        err.print(SafeText.of(totals.sum() + " in " + took + totals.passedOverWords()) + "\n");
        err.flush();
      }
    }
  }

  /** Tells of a failure that ended the batch, and for programs what it had come to. */
  void broken(Failure failure) {
    ExitCode code = ExitCode.of(failure.kind());
    Failures.print(err, failure, stacktrace);
    log.line(Choices.id(code) + " " + failure.message());
    totals.broken(failure);
    results.broken(failure.message(), code);
    results.summary(totals);
    exit = exit.worse(code);
  }

  private void lost(String why) {
    Failures.print(err, why);
    exit = exit.worse(ExitCode.FAILED);
  }

  /** The most severe of what happened. */
  ExitCode exit() {
    return exit;
  }
}
