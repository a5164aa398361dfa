package io.efface.pipeline;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One file to be redacted: detection and rendering at once.
 *
 * @param input the footage, never written to
 * @param output the file to make; its name decides the container
 * @param detection what is looked for
 * @param render how it is destroyed
 * @param overwrite whether an existing output may be replaced
 * @param report which reports are written; empty for none
 * @param editing a person's decisions, and whether the manifest is kept
 */
public record RedactionJob(
    Path input,
    Path output,
    DetectionOptions detection,
    RenderOptions render,
    boolean overwrite,
    Optional<ReportRequest> report,
    Editing editing) {

  /** Checks that something is to be destroyed. */
  public RedactionJob {
    if (detection.classes().isEmpty() && editing.edits().isEmpty()) {
      throw new IllegalArgumentException(
          "with no class to look for, a file of edits must say what to destroy");
    }
  }

  /** A job without a person's decisions, of which no manifest is kept. */
  public RedactionJob(
      Path input,
      Path output,
      DetectionOptions detection,
      RenderOptions render,
      boolean overwrite,
      Optional<ReportRequest> report) {
    this(input, output, detection, render, overwrite, report, Editing.NONE);
  }
}
