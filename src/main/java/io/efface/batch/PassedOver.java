package io.efface.batch;

import java.nio.file.Path;

/**
 * A file or folder of an input folder that nothing is done with.
 *
 * @param file where it is
 * @param why in a person's words, such as {@code a symbolic link}
 * @param fault whether it may hold footage that could not be reached, so that the batch is not
 *     complete
 */
public record PassedOver(Path file, String why, boolean fault) {
  /** Why what this program made beside its input is left alone. */
  public static final String REDACTION = "an earlier redaction beside its original";

  /** A folder that cannot be looked into, or a file of which nothing can be told. */
  static PassedOver unreadable(Path file) {
    return new PassedOver(file, "cannot be read; check its permissions", true);
  }
}
