package io.efface.pipeline;

import io.efface.detect.Label;
import io.efface.redact.Cover;
import io.efface.redact.Style;
import io.efface.report.VerificationKey;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A finished file to be audited, whoever made it.
 *
 * @param file the file, never written to
 * @param manifest what was to be destroyed; without it only the file itself is checked, and the
 *     usual detector looks for what is left
 * @param original the footage it was made from, never written to; needs the manifest
 * @param report the JSON report that came with the file; empty means the one beside it, if there is
 *     one
 * @param styles what is said to have taken the place of each kind of object, to compare with that
 *     very fill; empty means what the report says, if there is one
 * @param margin the margin of the regions, likewise
 * @param cover how much is said to have been destroyed with a face, likewise
 * @param signer the key that must have signed the file and its reports; without one a signature may
 *     be anybody's, or absent
 */
public record VerifyJob(
    Path file,
    Optional<Path> manifest,
    Optional<Path> original,
    Optional<Path> report,
    Optional<Map<Label, Style>> styles,
    OptionalDouble margin,
    Optional<Cover> cover,
    Optional<VerificationKey> signer) {

  /** Of a file alone: all that can be told without knowing what was to be destroyed. */
  public static VerifyJob of(Path file) {
    return new VerifyJob(
        file,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Copies the styles and checks that the parts fit. */
  public VerifyJob {
    styles = styles.map(Map::copyOf);
    if (original.isPresent() && manifest.isEmpty()) {
      throw new IllegalArgumentException(
          "the original is compared by the manifest's regions; name the manifest too");
    }
    margin.ifPresent(RenderOptions::checkMargin);
  }
}
