package io.efface.batch;

import io.efface.pipeline.FileNames;
import io.efface.pipeline.JobException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Gathers the files that words of a command line mean: files, folders with all below them,
 * patterns, lists in files ({@code @FILE}) and a list on standard input ({@code -}).
 *
 * <p>Where outputs go to a folder, the tree is kept: a file of a folder or pattern keeps its path
 * below that, a file that is named keeps its name, and what a list names keeps the whole path that
 * stands there.
 */
public final class Gathering {
  private static final String LEFT_OUT = "among outputs";

  private final InputStream standardInput;
  private final List<Path> leftOut;
  private final FolderWalk walk;
  private final EarlierRedactions earlier;
  private final List<Source> found = new ArrayList<>();
  private final List<PassedOver> passedOver = new ArrayList<>();

  /**
   * A gathering of nothing yet.
   *
   * @param standardInput what {@code -} means; not closed
   * @param leftOut folders that are not looked into, where outputs lie; nor is what a pattern finds
   *     below them taken
   * @param everyBlock called before each block of a file that is read; may throw to end the
   *     gathering
   */
  public Gathering(InputStream standardInput, List<Path> leftOut, Runnable everyBlock) {
    this.standardInput = standardInput;
    this.leftOut = List.copyOf(leftOut);
    this.walk = new FolderWalk(leftOut, passedOver);
    this.earlier = new EarlierRedactions(everyBlock);
  }

  /**
   * Adds what a word means. A file's own name goes before any other meaning, but for {@code -}; a
   * word that means nothing that is there is taken for a file, which fails when its turn comes.
   *
   * @throws JobException if a list or folder cannot be read, or a list names what would lie outside
   *     the output folder
   */
  public void add(String word) {
    Optional<Path> path = path(word);
    if (word.equals("-")) {
      try {
        listed(ListFile.read(standardInput, "standard input"));
      } catch (IOException e) {
        throw new JobException("standard input: cannot be read to its end", e);
      }
    } else if (path.isPresent() && Files.exists(path.get(), LinkOption.NOFOLLOW_LINKS)) {
      named(path.get());
    } else if (word.startsWith("@")) {
      listed(ListFile.read(path(word.substring(1)).orElseThrow(() -> none(word))));
    } else if (Glob.isOne(word)) {
      matched(word);
    } else {
      named(path.orElseThrow(() -> none(word)));
    }
  }

  private void named(Path path) {
    if (Files.isDirectory(path)) {
      folder(path, Path.of(""));
    } else {
      found.add(new Source(path, name(path)));
    }
  }

  private void matched(String word) {
    Glob glob = Glob.of(word);
    if (!Files.isDirectory(glob.folder().toAbsolutePath())) {
      throw new JobException(word + ": there is no folder " + glob.folder());
    }
    List<Path> matches = glob.matches(passedOver);
    if (matches.isEmpty()) {
      throw new JobException(word + ": nothing matches; check the pattern");
    }
    for (Path match : matches) {
      Path place = glob.folder().relativize(match);
      if (Files.isSymbolicLink(match)) {
        passedOver.add(new PassedOver(match, "a symbolic link", false));
      } else if (isLeftOut(match)) {
        passedOver.add(new PassedOver(match, LEFT_OUT, false));
      } else if (Files.isDirectory(match)) {
        folder(match, place);
      } else {
        addUnlessRedaction(new Source(match, place));
      }
    }
  }

  private void listed(List<String> lines) {
    for (String line : lines) {
      Path path = path(line).orElseThrow(() -> none(line));
      Path place = (path.getRoot() == null ? path : path.getRoot().relativize(path)).normalize();
      if (Files.isDirectory(path)) {
        if (!place.toString().isEmpty() && !Source.staysBelow(place)) {
          throw outside(line);
        }
        folder(path, place);
      } else if (Source.staysBelow(place)) {
        found.add(new Source(path, place));
      } else {
        throw outside(line);
      }
    }
  }

  private void folder(Path folder, Path place) {
    if (isLeftOut(folder)) {
      passedOver.add(new PassedOver(folder, LEFT_OUT, false));
      return;
    }
    List<Source> files = new ArrayList<>();
    walk.files(folder, (file, below) -> files.add(new Source(file, place.resolve(below))));
    files.sort(Comparator.comparing(source -> source.place().toString()));
    files.forEach(this::addUnlessRedaction);
  }

  private void addUnlessRedaction(Source source) {
    if (earlier.isOne(source.file())) {
      passedOver.add(new PassedOver(source.file(), PassedOver.REDACTION, false));
    } else {
      found.add(source);
    }
  }

  /** Whether a file or folder is one that is not looked into, or lies below one. */
  private boolean isLeftOut(Path path) {
    try {
      Path real = path.toRealPath();
      for (Path folder : leftOut) {
        if (Files.exists(folder) && real.startsWith(folder.toRealPath())) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      // What cannot be looked at fails when its turn comes.
      return false;
    }
  }

  /** What was added so far; what was named twice counts once. */
  public Sources sources() {
    return new Sources(found.stream().distinct().toList(), passedOver.stream().distinct().toList());
  }

  /** The last part of a path; for {@code ..} that of the file meant. */
  private static Path name(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? Path.of("root") : name;
  }

  private static Optional<Path> path(String word) {
    try {
      return word.isEmpty() ? Optional.empty() : Optional.of(Path.of(word));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static JobException none(String word) {
    return new JobException(FileNames.refusal(word));
  }

  private static JobException outside(String line) {
    return new JobException(
        line + ": leads out of the folder it is named from; name it without '..'");
  }
}
