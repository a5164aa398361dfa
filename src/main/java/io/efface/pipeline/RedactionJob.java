package io.efface.pipeline;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One file to be redacted: detection and rendering at once.
 *
 * @param input the footage, never written to
 * @param recordedName what the input is called in reports; empty for its own name
 * @param output the file to make; its name decides the container
 * @param detection what is looked for
 * @param render how it is destroyed
 * @param overwrite whether an existing output may be replaced
 * @param report which reports are written; empty for none
 * @param editing a person's decisions, and whether the manifest is kept
 */
public record RedactionJob(
    Path input,
    Optional<String> recordedName,
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

  /** A job whose input is called by its own name. */
  public RedactionJob(
      Path input,
      Path output,
      DetectionOptions detection,
      RenderOptions render,
      boolean overwrite,
      Optional<ReportRequest> report,
      Editing editing) {
    this(input, Optional.empty(), output, detection, render, overwrite, report, editing);
  }

  /** The same without a person's decisions, of which no manifest is kept. */
  public RedactionJob(
      Path input,
      Path output,
      DetectionOptions detection,
      RenderOptions render,
      boolean overwrite,
      Optional<ReportRequest> report) {
    this(input, output, detection, render, overwrite, report, Editing.NONE);
  }

  /** The same job with another leave to replace what is there. */
  public RedactionJob overwriting(boolean allowed) {
    return new RedactionJob(
        input, recordedName, output, detection, render, allowed, report, editing);
  }

  /** A path whose last part is the name to record. */
  Path recorded() {
    return recordedName.map(input::resolveSibling).orElse(input);
  }
}
