package io.efface.batch;

import java.nio.file.Path;

/**
 * A file to be worked on.
 *
 * @param file where it is
 * @param place its path below the output folder, still with its own name: relative, without {@code
 *     ..}
 */
public record Source(Path file, Path place) {

  /** Checks that the place lies below the output folder. */
  public Source {
    if (!staysBelow(place)) {
      throw new IllegalArgumentException(place + ": would lie outside the output folder");
    }
  }

  /** Whether a path is relative, names something, and leads nowhere else. */
  static boolean staysBelow(Path place) {
    return !place.isAbsolute()
        && place.getRoot() == null
        && place.equals(place.normalize())
        && !place.startsWith("..")
        && !place.toString().isEmpty();
  }
}
