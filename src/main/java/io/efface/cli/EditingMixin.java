package io.efface.cli;

import io.efface.pipeline.Editing;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options for a person's decisions. */
final class EditingMixin {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--edits",
      paramLabel = "FILE",
      description =
          "Decisions to fold in (JSON): boxes to add, tracks to keep or drop, zones to destroy or"
              + " to leave.")
  private @Nullable Path edits;

  @Option(
      names = "--save-manifest",
      paramLabel = "FILE",
      description = "Write what was destroyed, edits included, for 'verify --against FILE'.")
  private @Nullable Path manifest;

  /**
   * The options as given.
   *
   * @param outputs how many outputs there are
   * @throws ParameterException if one manifest is to be that of several outputs
   */
  Editing options(int outputs) {
    if (manifest != null && outputs > 1) {
      throw Usage.error(
          spec, "--save-manifest names one file, but there are " + outputs + " inputs");
    }
    return new Editing(Optional.ofNullable(edits), Optional.ofNullable(manifest));
  }

  /** Whether one of the options was given. */
  boolean given() {
    return edits != null || manifest != null;
  }

  /** The files that are read. */
  Stream<Path> inputs() {
    return Stream.ofNullable(edits);
  }

  /** The files that are written. */
  Stream<Path> outputs() {
    return Stream.ofNullable(manifest);
  }
}
