package io.efface.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say where reports go. */
final class ReportMixin {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Where the report goes (default: OUT.report.json).")
  private @Nullable Path report;

  @Option(names = "--no-report", description = "Write no report.")
  private boolean none;

  /**
   * The report of an output.
   *
   * @param outputs how many outputs there are in all
   * @throws ParameterException if the options contradict each other
   */
  Optional<Path> of(Path output, int outputs) {
    if (report != null && none) {
      throw Usage.error(spec, "--report and --no-report exclude each other");
    }
    if (report != null && outputs > 1) {
      throw Usage.error(spec, "--report names one file, but there are " + outputs + " inputs");
    }
    if (none) {
      return Optional.empty();
    }
    return Optional.of(report == null ? OutputNames.report(output) : report);
  }
}
