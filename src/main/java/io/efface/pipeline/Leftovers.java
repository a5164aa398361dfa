package io.efface.pipeline;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

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
   * Removes them from a folder and all below it. Folders below that may not be read are passed
   * over: nothing was written there. So are temporary folders of runs that go on, with all in them:
   * the processes that write there may be numbered otherwise than here.
   *
   * @throws JobException as {@link #remove}
   */
  public static void removeBelow(Path folder) {
    List<Path> readable = new ArrayList<>();
    try {
      Files.walkFileTree(folder, new ReadableFolders(folder, readable));
      remove(readable);
    } catch (IOException e) {
      throw new JobException(folder + ": cannot be read; check its permissions", e);
    }
  }

  private static final class ReadableFolders extends SimpleFileVisitor<Path> {
    private final Path top;
    private final List<Path> found;

    ReadableFolders(Path top, List<Path> found) {
      this.top = top;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (TemporaryOutput.isOne(folder)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      found.add(folder);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (file.equals(top)) {
        throw e;
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
