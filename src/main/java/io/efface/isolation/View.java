package io.efface.isolation;

import io.efface.detect.ModelSource;
import io.efface.models.ModelStore;
import io.efface.pipeline.OtherProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a child must see of the file system beside what its virtual machine needs. A child outlives
 * its jobs, so it sees what all of them read.
 *
 * @param readable files and folders, absolute
 * @param writable the folder where it puts what it makes, absolute
 * @param models where fetched models lie, absolute; need not exist
 */
public record View(List<Path> readable, Path writable, Path models) {
  /** More files than this are shown by their folders: a mount each would take too long. */
  private static final int MOST_FILES = 64;

  /** Copies the list. */
  public View {
    readable = List.copyOf(readable);
  }

  /** A view of some files, with the user's own fetched models. */
  public View(List<Path> readable, Path writable) {
    this(readable, writable, ModelStore.ofUser().folder().toAbsolutePath());
  }

  /**
   * The view for jobs.
   *
   * @param inputs all files that jobs may read
   * @param models the models' names or files, separated by commas
   */
  public static View of(Collection<Path> inputs, String models, ModelStore store, Path writable) {
    Set<Path> readable = new LinkedHashSet<>();
    for (Path input : inputs) {
      Path file = OtherProcess.named(input);
      if (inputs.size() > MOST_FILES && !Files.isDirectory(file)) {
        addFolders(file, readable);
      } else {
        readable.add(file);
      }
    }
    Path fetched = OtherProcess.named(store.folder());
    readable.add(fetched);
    for (String model : models.split(",", -1)) {
      Path file = OtherProcess.named(ModelSource.file(model.strip()));
      if (Files.isRegularFile(file)) {
        readable.add(file);
      }
    }
    return new View(
        readable.stream()
            .filter(Files::exists)
            .filter(path -> !isBelowOther(path, readable))
            .toList(),
        writable,
        fetched);
  }

  /** Adds a file's folder, and where the file is a link that of the file meant. */
  private static void addFolders(Path file, Set<Path> readable) {
    readable.add(Optional.ofNullable(file.getParent()).orElse(file));
    try {
      if (Files.isSymbolicLink(file)) {
        Path meant = file.toRealPath();
        readable.add(Optional.ofNullable(meant.getParent()).orElse(meant));
      }
    } catch (IOException e) {
      // It leads nowhere, which the job says when its turn comes.
      return;
    }
  }

  /** Whether a path is seen anyway, since a folder above it is. */
  private static boolean isBelowOther(Path path, Set<Path> all) {
    for (Path up = path.getParent(); up != null; up = up.getParent()) {
      if (all.contains(up)) {
        return true;
      }
    }
    return false;
  }
}
