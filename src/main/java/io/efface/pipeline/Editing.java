package io.efface.pipeline;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a person has a say in.
 *
 * @param edits the file with that person's decisions; empty where there are none
 * @param manifest where the manifest of what was destroyed goes, decisions included; empty for
 *     nowhere
 */
public record Editing(Optional<Path> edits, Optional<Path> manifest) {

  /** No decisions, and no manifest wanted. */
  public static final Editing NONE = new Editing(Optional.empty(), Optional.empty());
}
