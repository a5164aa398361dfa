package io.efface.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Stream;

/** What processes that were killed left behind. */
public final class Leftovers {
  private Leftovers() {}

  /**
   * Removes temporary files and folders of processes that are gone.
   *
   * @param folders where to look, not below; need not exist
   * @throws JobException if a folder cannot be read or something cannot be removed
   */
  public static void remove(Collection<Path> folders) {
    for (Path folder : folders) {
      try {
        if (Files.isDirectory(folder)) {
          TemporaryOutput.removeLeftovers(folder);
        }
      } catch (IOException e) {
        throw new JobException(
            folder + ": what an earlier run left cannot be removed; check the permissions", e);
      }
    }
  }

  /**
   * Removes them from a folder and all below it.
   *
   * @throws JobException as {@link #remove}
   */
  public static void removeBelow(Path folder) {
    try (Stream<Path> below = Files.walk(folder)) {
      remove(below.filter(Files::isDirectory).toList());
    } catch (IOException e) {
      throw new JobException(folder + ": cannot be read; check its permissions", e);
    }
  }
}
