package io.efface.cli;

import io.efface.manifest.DocumentException;
import io.efface.pipeline.FileNames;
import io.efface.pipeline.ReportRequest;
import io.efface.report.Filing;
import io.efface.report.ReportFiles;
import io.efface.report.ReportFormat;
import io.efface.report.SigningKey;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which reports there are, where they go and what else stands in them. */
final class ReportMixin {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Where the report goes; the page for people and the signature go beside it (default:"
              + " OUT.report.json, OUT.report.html, OUT.report.sig).")
  private @Nullable Path report;

  @Option(names = "--no-report", description = "Write no report.")
  private boolean none;

  @Option(
      names = "--report-format",
      paramLabel = "json|html|both",
      description = "Which reports: for programs, for people (default: both).")
  private @Nullable ReportFormat format;

  @Option(
      names = "--case",
      paramLabel = "TEXT",
      description = "The case or file it belongs to, for the report.")
  private @Nullable String id;

  @Option(names = "--operator", paramLabel = "TEXT", description = "Who runs it, for the report.")
  private @Nullable String operator;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the report.")
  private @Nullable String reason;

  @Option(
      names = "--sign",
      paramLabel = "KEY",
      description =
          "Sign output and reports with this Ed25519 private key, which 'efface keys new' or openssl"
              + " made.")
  private @Nullable Path key;

  private Optional<SigningKey> signer = Optional.empty();

  /**
   * The reports of an output.
   *
   * @param outputs how many outputs there are in all
   * @throws ParameterException if the options contradict each other, a text is none or the key
   *     cannot be used
   */
  Optional<ReportRequest> of(Path output, int outputs) {
    if (report != null && outputs > 1) {
      throw Usage.error(spec, "--report names one file, but there are " + outputs + " inputs");
    }
    if (none) {
      refuseWithoutReport("--report", report);
      refuseWithoutReport("--report-format", format);
      refuseWithoutReport("--case", id);
      refuseWithoutReport("--operator", operator);
      refuseWithoutReport("--reason", reason);
      refuseWithoutReport("--sign", key);
      return Optional.empty();
    }
    return Optional.of(
        new ReportRequest(
            report == null ? ReportFiles.beside(output) : ReportFiles.named(report),
            format == null ? ReportFormat.BOTH : format,
            filing(),
            signer()));
  }

  private void refuseWithoutReport(String option, @Nullable Object value) {
    if (value != null) {
      throw Usage.error(spec, option + " and --no-report exclude each other");
    }
  }

  private Filing filing() {
    refuseUnreadable("--case", id);
    refuseUnreadable("--operator", operator);
    refuseUnreadable("--reason", reason);
    return Usage.checked(
        spec,
        () ->
            new Filing(
                Optional.ofNullable(id),
                Optional.ofNullable(operator),
                Optional.ofNullable(reason)));
  }

  /** What Java could not read of the command line must not stand in a report for good. */
  private void refuseUnreadable(String option, @Nullable String text) {
    if (text != null && text.indexOf(FileNames.UNREADABLE) >= 0) {
      throw Usage.error(
          spec,
          option
              + ": this locale lacks letters of this text; set the variable LC_ALL to C.UTF-8 and"
              + " run it again");
    }
  }

  /** Reads the key once for all outputs, before any work is done. */
  private Optional<SigningKey> signer() {
    if (key != null && signer.isEmpty()) {
      try {
        signer = Optional.of(SigningKey.read(key));
      } catch (DocumentException e) {
        throw Usage.error(spec, Failures.message(e));
      }
    }
    return signer;
  }

  /** The files that must stay as they are. */
  Stream<Path> inputs() {
    return Stream.ofNullable(key);
  }
}
