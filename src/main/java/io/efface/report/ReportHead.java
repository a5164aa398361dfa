package io.efface.report;

import io.efface.manifest.FileIdentity;
import io.efface.manifest.ModelIdentity;
import java.util.List;

/**
 * What a written report says of how its output was made.
 *
 * @param input what was read
 * @param output what was written
 * @param models the detectors
 * @param options how the job was set up
 */
public record ReportHead(
    FileIdentity input, FileIdentity output, List<ModelIdentity> models, ReportOptions options) {
  /** Copies the list. */
  public ReportHead {
    models = List.copyOf(models);
  }
}
