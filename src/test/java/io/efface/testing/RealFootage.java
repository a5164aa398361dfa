package io.efface.testing;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Footage with known truth that is too large, and partly not free enough, to be kept with the
 * source. It lies in the folder that the system property {@code efface.data} names. A test that
 * asks for it fails where it is missing, so that nobody takes a build without it for a full one,
 * unless {@code efface.noRealFootage} says that this is meant: then it is skipped.
 */
public final class RealFootage {
  private RealFootage() {}

  /**
   * A file or folder of the footage.
   *
   * @param below its path below the folder, such as {@code clips/lebanon_bmw.mp4}
   * @throws AssertionError if there is no such file
   */
  public static Path path(String below) {
    assumeFalse(
        Boolean.getBoolean("efface.noRealFootage"), "skipped by -Defface.noRealFootage=true");
    Path data = Path.of(System.getProperty("efface.data", "../shared/data")).normalize();
    Path path = data.resolve(below);
    if (!Files.exists(path)) {
      throw new AssertionError(
          path
              + " is missing: name the folder of the real footage with -Defface.data=DIR, or skip"
              + " the tests that need it with -Defface.noRealFootage=true");
    }
    return path;
  }

  /** The files of a folder of the footage, by name. */
  public static List<Path> files(String folder) {
    try (Stream<Path> files = Files.list(path(folder))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
