package io.efface.models;

import io.efface.detect.ModelSource;
import io.efface.detect.ModelSpec;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is known of a model, here or not.
 *
 * @param name what it is called on the command line
 * @param state whether it can be used
 * @param sha256 of its file, or of the file that was published
 * @param spec what the network itself tells; empty unless it was loaded
 * @param published what its publisher says; empty for what is none of the catalogue's
 * @param file where it lies; empty for a shipped model
 */
public record KnownModel(
    String name,
    State state,
    String sha256,
    Optional<ModelSpec> spec,
    Optional<CatalogueModel> published,
    Optional<Path> file) {

  /** Whether a model can be used. */
  public enum State {
    /** It comes with the program. */
    SHIPPED,
    /** It was fetched and is as published. */
    FETCHED,
    /** It can be fetched. */
    NOT_FETCHED,
    /** Its file is not what was published. */
    DAMAGED,
    /** It is a file of the user's. */
    FILE
  }

  /** Whether it only looks at what the project's detectors find, and is none to be asked for. */
  public boolean refines() {
    return state == State.SHIPPED && name.equals(ModelSource.REFINER);
  }

  /** The same with what the network tells. */
  KnownModel with(ModelSpec told) {
    return new KnownModel(name, state, sha256, Optional.of(told), published, file);
  }
}
