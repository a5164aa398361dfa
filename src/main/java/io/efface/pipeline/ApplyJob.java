package io.efface.pipeline;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A manifest to be rendered on its footage.
 *
 * @param manifest the manifest file
 * @param input the footage it was made from, or another with the same pictures' times
 * @param anyInput whether an input with another SHA-256 than the manifest's is accepted
 * @param output the file to make; its name decides the container
 * @param render how regions are destroyed
 * @param overwrite whether an existing output may be replaced
 * @param report which reports are written; empty for none
 * @param editing a person's decisions, and whether the manifest is kept
 */
public record ApplyJob(
    Path manifest,
    Path input,
    boolean anyInput,
    Path output,
    RenderOptions render,
    boolean overwrite,
    Optional<ReportRequest> report,
    Editing editing) {

  /** A job without a person's decisions, of which no manifest is kept. */
  public ApplyJob(
      Path manifest,
      Path input,
      boolean anyInput,
      Path output,
      RenderOptions render,
      boolean overwrite,
      Optional<ReportRequest> report) {
    this(manifest, input, anyInput, output, render, overwrite, report, Editing.NONE);
  }
}
