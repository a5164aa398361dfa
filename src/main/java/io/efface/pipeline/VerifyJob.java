package io.efface.pipeline;

import io.efface.detect.Label;
import io.efface.redact.Cover;
import io.efface.redact.Style;
import io.efface.report.VerificationKey;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A finished file to be audited, whoever made it.
 *
 * @param file the file, never written to
 * @param manifest what was to be destroyed; without it only the file itself is checked
 * @param original the footage it was made from, never written to; needs the manifest
 * @param styles what is said to have taken the place of each kind of object, to compare with that
 *     very fill; empty where it is unknown
 * @param margin the margin of the regions
 * @param cover how much is said to have been destroyed with a face
 * @param signer the key that must have signed the file and its reports; without one a signature may
 *     be anybody's, or absent
 */
public record VerifyJob(
    Path file,
    Optional<Path> manifest,
    Optional<Path> original,
    Optional<Map<Label, Style>> styles,
    double margin,
    Cover cover,
    Optional<VerificationKey> signer) {

  /** Copies the styles and checks that the parts fit. */
  public VerifyJob {
    styles = styles.map(Map::copyOf);
    if (original.isPresent() && manifest.isEmpty()) {
      throw new IllegalArgumentException(
          "the original is compared by the manifest's regions; name the manifest too");
    }
    if (!(margin >= 0 && margin <= 2)) {
      throw new IllegalArgumentException("the margin is 0 to 2, not " + margin);
    }
  }
}
