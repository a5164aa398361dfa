package io.efface.pipeline;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file, or a folder of stills, to be analysed without rendering.
 *
 * @param input a video, a still, or (with {@code csv}) a folder of stills
 * @param detection what is looked for
 * @param allowTruncated whether a file that ends in the middle is analysed as far as it goes
 * @param manifest where the manifest goes; empty for none
 * @param csv where raw detections go, one a row: {@code image,x,y,w,h,score,class}; empty for none
 * @param overwrite whether existing files may be replaced
 */
public record DetectJob(
    Path input,
    DetectionOptions detection,
    boolean allowTruncated,
    Optional<Path> manifest,
    Optional<Path> csv,
    boolean overwrite) {

  /** Checks that there is something to look for. */
  public DetectJob {
    if (detection.classes().isEmpty()) {
      throw new IllegalArgumentException("there is no class to look for");
    }
  }
}
