package io.efface.cli;

import io.efface.batch.Claims;
import io.efface.media.ImageFormat;
import io.efface.pipeline.Progress;
import io.efface.pipeline.ReportRequest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What the commands that run jobs share. */
final class Commands {
  private Commands() {}

  /** The batch that a command runs its jobs in. */
  static Batch batch(
      Surroundings surroundings,
      @Nullable CommandSpec spec,
      @Nullable RootCommand root,
      ResultMixin result) {
    return batch(surroundings, spec, root, result.print());
  }

  /** The batch of a command that writes no files. */
  static Batch batch(
      Surroundings surroundings,
      @Nullable CommandSpec spec,
      @Nullable RootCommand root,
      PrintMixin result) {
    CommandLine command = line(spec);
    PrintWriter err = command.getErr();
    return new Batch(
        err,
        result.quiet() ? Progress.NONE : surroundings.progress().apply(err),
        new Results(command.getOut(), result.json(), result.quiet()),
        surroundings.interruption(),
        root != null && root.stacktrace());
  }

  /**
   * The lines of a batch whose outputs go to one folder. Jobs side by side show no bars.
   *
   * @param slots how many jobs run at once
   * @param log borrowed
   */
  static BatchLines batchLines(
      Surroundings surroundings,
      @Nullable CommandSpec spec,
      @Nullable RootCommand root,
      ResultMixin result,
      int slots,
      BatchLog log) {
    CommandLine command = line(spec);
    PrintWriter err = command.getErr();
    boolean bars = !result.quiet() && slots == 1;
    return new BatchLines(
        err,
        new Results(command.getOut(), result.json(), result.quiet()),
        log,
        () -> bars ? surroundings.progress().apply(err) : Progress.NONE,
        result.quiet(),
        root != null && root.stacktrace(),
        slots,
        System::nanoTime);
  }

  /** Tells that a batch came to nothing before its first job. */
  static ExitCode failed(
      Surroundings surroundings,
      @Nullable CommandSpec spec,
      @Nullable RootCommand root,
      ResultMixin result,
      Path folder,
      RuntimeException e) {
    try (BatchLog nowhere = BatchLog.open(Optional.empty(), Clock.systemUTC())) {
      BatchLines lines = batchLines(surroundings, spec, root, result, 1, nowhere);
      lines.broken(surroundings.interruption().failure(folder, e));
      return lines.exit();
    }
  }

  /** The command line that a command is part of. */
  static CommandLine line(@Nullable CommandSpec spec) {
    return Objects.requireNonNull(spec, "picocli sets the spec").commandLine();
  }

  /** All files that a job writes or takes away. */
  static Stream<Path> outputs(Path output, Optional<ReportRequest> report) {
    return Stream.concat(Stream.of(output), report.stream().flatMap(r -> r.files().all().stream()));
  }

  /**
   * Checks that nothing is written among the pictures of a folder as if it were one of them.
   *
   * @throws ParameterException if it is
   */
  static void checkPictures(@Nullable CommandSpec spec, Path folder, List<Path> outputs) {
    for (Path output : outputs) {
      if (ImageFormat.ofName(output).isPresent() && Folders.isWithin(output, folder)) {
        throw Usage.error(
            spec,
            "the output "
                + output
                + " would be one of the pictures in "
                + folder
                + "; give it another ending, as .csv");
      }
    }
  }

  /**
   * Checks that no file is written twice and none that is read is written to, as {@link Claims}.
   *
   * @throws ParameterException if not
   */
  static void checkFiles(@Nullable CommandSpec spec, List<Path> inputs, List<Path> outputs) {
    Optional<String> fault = Claims.fault(inputs, outputs);
    if (fault.isPresent()) {
      throw Usage.error(spec, fault.get());
    }
  }
}
