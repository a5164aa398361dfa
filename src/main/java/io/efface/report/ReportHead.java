package io.efface.report;

import io.efface.manifest.FileIdentity;
import io.efface.manifest.ModelIdentity;
import io.efface.manifest.Tool;
import java.util.List;
import java.util.Optional;

/**
 * What a written report says of how its output came to be.
 *
 * @param tool what made it
 * @param input what was read
 * @param output what was written
 * @param models the detectors, in order
 * @param options how the job was set up
 * @param attention whether somebody should look at the output
 * @param checks what was checked on the output
 * @param filing what whoever ran the job wanted to stand in the report
 * @param signer fingerprint of the key that signed; empty where none did
 * @param edited whether somebody's decisions are in the output
 */
public record ReportHead(
    Tool tool,
    FileIdentity input,
    FileIdentity output,
    List<ModelIdentity> models,
    ReportOptions options,
    boolean attention,
    List<Check> checks,
    Filing filing,
    Optional<String> signer,
    boolean edited) {
  /** Copies the lists. */
  public ReportHead {
    models = List.copyOf(models);
    checks = List.copyOf(checks);
  }
}
