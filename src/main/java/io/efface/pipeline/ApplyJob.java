package io.efface.pipeline;

import io.efface.manifest.Manifest;
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
 * @param usualMargin whether the margin is the manifest's where that tells one
 */
public record ApplyJob(
    Path manifest,
    Path input,
    boolean anyInput,
    Path output,
    RenderOptions render,
    boolean overwrite,
    Optional<ReportRequest> report,
    Editing editing,
    boolean usualMargin) {

  /** A job with the margin that its options tell. */
  public ApplyJob(
      Path manifest,
      Path input,
      boolean anyInput,
      Path output,
      RenderOptions render,
      boolean overwrite,
      Optional<ReportRequest> report,
      Editing editing) {
    this(
        manifest,
        input,
        anyInput,
        output,
        render,
        overwrite,
        report,
        editing,
        /* usualMargin= */ false);
  }

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

  /** The same with the margin that the manifest wants. */
  ApplyJob forManifest(Manifest read) {
    if (!usualMargin || read.margin().isEmpty()) {
      return this;
    }
    return new ApplyJob(
        manifest,
        input,
        anyInput,
        output,
        render.withMargin(read.margin().getAsDouble()),
        overwrite,
        report,
        editing);
  }
}
