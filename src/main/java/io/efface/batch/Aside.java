package io.efface.batch;

import io.efface.pipeline.FileStamp;
import io.efface.pipeline.FreeName;
import io.efface.pipeline.JobException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Takes originals aside before they go for good: what somebody puts under a name after its file was
 * proved to be redacted must not go with it. A file that is aside lies beside its old place under a
 * hidden name, which no walk takes for footage, and by which it is found where a run ended in the
 * middle.
 */
final class Aside {
  private static final String ENDING = ".efface-original";

  private Aside() {}

  /** Ends what an original was taken aside for. */
  @FunctionalInterface
  interface End {
    /** Moves or deletes the file. */
    void of(Path aside) throws IOException;
  }

  /**
   * Takes a file aside and ends it, if it is still the one that was proved; else it gets its name
   * back.
   *
   * @param proved the file's stamp from before the proof
   * @return what a person should know, where the file stays
   * @throws IOException if it cannot be taken aside or ended; it has its name or a similar one then
   */
  static Optional<String> end(Path file, FileStamp proved, End end) throws IOException {
    Path aside = file.resolveSibling("." + file.getFileName() + ENDING);
    if (Files.exists(aside, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(aside.toString());
    }
    Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
    try {
      if (proved.equals(FileStamp.of(aside))) {
        end.of(aside);
        return Optional.empty();
      }
    } catch (IOException | JobException e) {
      restore(aside);
      throw e;
    }
    Path stays = restore(aside);
    return Optional.of(
        file
            + ": stays"
            + (stays.equals(file) ? "" : " as " + stays)
            + ", since it has changed since it was redacted");
  }

  /** Whether a file is one that was taken aside, by whatever run. */
  static boolean isOne(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(".")
        && name.endsWith(ENDING)
        && name.length() > 1 + ENDING.length()
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Gives a file that is aside its name back, with a number where another has that by now.
   *
   * @return where it lies
   */
  static Path restore(Path aside) throws IOException {
    String name = String.valueOf(aside.getFileName());
    Path place =
        FreeName.of(aside.resolveSibling(name.substring(1, name.length() - ENDING.length())));
    Files.move(aside, place);
    return place;
  }
}
