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
 */
public record RedactionJob(
    Path input,
    Path output,
    DetectionOptions detection,
    RenderOptions render,
    boolean overwrite,
    Optional<ReportRequest> report) {}
