package io.efface.cli;

import io.efface.pipeline.JobException;
import io.efface.pipeline.Progress;
import io.efface.pipeline.ReportRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
    CommandLine command = Objects.requireNonNull(spec, "picocli sets the spec").commandLine();
    PrintWriter err = command.getErr();
    return new Batch(
        err,
        result.quiet() ? Progress.NONE : surroundings.progress().apply(err),
        new Results(command.getOut(), result.json(), result.quiet()),
        root != null && root.stacktrace());
  }

  /** All files that a job writes or takes away. */
  static Stream<Path> outputs(Path output, Optional<ReportRequest> report) {
    return Stream.concat(Stream.of(output), report.stream().flatMap(r -> r.files().all().stream()));
  }

  /**
   * Checks that no file is written twice and none that is read is written to. Names that differ in
   * case only count as equal, since on many file systems they are.
   *
   * @throws ParameterException if not
   */
  static void checkFiles(@Nullable CommandSpec spec, List<Path> inputs, List<Path> outputs) {
    Map<String, Path> seen = new HashMap<>();
    for (Path output : outputs) {
      Path other = seen.put(key(output), output);
      if (other != null) {
        throw Usage.error(
            spec, "two outputs would both be " + output + "; redact them in separate runs");
      }
    }
    Set<String> read = new HashSet<>();
    inputs.forEach(input -> read.add(key(input)));
    for (Path output : outputs) {
      if (read.contains(key(output))) {
        throw Usage.error(spec, "the output " + output + " is also an input");
      }
    }
  }

  private static String key(Path path) {
    return path.toAbsolutePath().normalize().toString().toLowerCase(Locale.ROOT);
  }

  /**
   * Makes a folder for outputs.
   *
   * @throws JobException if that fails
   */
  static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new JobException(
          folder + ": cannot be made a folder for outputs; choose another with -d", e);
    }
  }
}
