package io.efface.cli;

import io.efface.manifest.DocumentException;
import io.efface.pipeline.RenderOptions;
import io.efface.pipeline.VerifyJob;
import io.efface.redact.Cover;
import io.efface.report.VerificationKey;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code efface verify FILE [--against MANIFEST] [--original IN] [--key PUB]}: audits, changes
 * nothing.
 */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Audit a finished file, whatever program made it, and check its signature (FILE.report.sig)"
            + " where there is one.")
final class VerifyCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Spec private @Nullable CommandSpec spec;
  @ParentCommand private @Nullable RootCommand root;

  @Parameters(paramLabel = "FILE", description = "The file to audit.")
  private @Nullable Path file;

  @Option(
      names = "--against",
      paramLabel = "MANIFEST",
      description =
          "What was to be destroyed: checks frames and regions, and that nothing is left beside"
              + " them; without it the usual detector looks for faces and plates.")
  private @Nullable Path manifest;

  @Option(
      names = "--original",
      paramLabel = "IN",
      description = "The footage it was made from: checks that no region follows its detail.")
  private @Nullable Path original;

  @Option(
      names = "--style",
      paramLabel = "STYLE",
      description =
          "With --original: how it was redacted, as for 'redact', to compare with that very fill"
              + " (default: as its report says).")
  private @Nullable Styles styles;

  @Option(
      names = "--margin",
      paramLabel = "SHARE",
      description =
          "The margin it was redacted with (default: as its report, or the manifest, says, else "
              + RenderOptions.DEFAULT_MARGIN
              + ").")
  private @Nullable Double margin;

  @Option(
      names = "--report",
      paramLabel = "REPORT",
      description = "The JSON report that came with it (default: FILE.report.json, if there).")
  private @Nullable Path report;

  @Option(
      names = "--cover",
      paramLabel = "face|head",
      description = "What was covered with a face (default: as its report says, else face).")
  private @Nullable Cover cover;

  @Option(
      names = "--key",
      paramLabel = "PUB",
      description =
          "The Ed25519 public key that must have signed the file; without it, whose signature it is"
              + " is not checked.")
  private @Nullable Path key;

  @Mixin private PrintMixin result = new PrintMixin();

  VerifyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (styles != null && original == null) {
      throw Usage.error(
          spec, "--style is compared by the original's regions; name --original IN, too");
    }
    VerifyJob job =
        Usage.checked(
            spec,
            () ->
                new VerifyJob(
                    Objects.requireNonNull(file, "picocli demands the parameter"),
                    Optional.ofNullable(manifest),
                    Optional.ofNullable(original),
                    Optional.ofNullable(report),
                    Optional.ofNullable(styles).map(Styles::byClass),
                    margin == null ? OptionalDouble.empty() : OptionalDouble.of(margin),
                    Optional.ofNullable(cover),
                    signer()));
    Batch batch = Commands.batch(surroundings, spec, root, result);
    batch.run(job.file(), progress -> surroundings.runner().verify(job, progress));
    return batch.exit().code();
  }

  private Optional<VerificationKey> signer() {
    try {
      return Optional.ofNullable(key).map(VerificationKey::read);
    } catch (DocumentException e) {
      throw Usage.error(spec, Failures.message(e));
    }
  }
}
