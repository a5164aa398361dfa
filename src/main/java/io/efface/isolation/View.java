package io.efface.isolation;

import io.efface.detect.ModelSource;
import io.efface.models.ModelStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
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
      Path file = input.toAbsolutePath().normalize();
      Path folder = file.getParent();
      readable.add(inputs.size() > MOST_FILES && folder != null ? folder : file);
    }
    Path fetched = store.folder().toAbsolutePath().normalize();
    readable.add(fetched);
    for (String model : models.split(",", -1)) {
      Path file = ModelSource.file(model.strip()).toAbsolutePath().normalize();
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
