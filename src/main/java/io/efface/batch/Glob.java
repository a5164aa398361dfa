package io.efface.batch;

import io.efface.pipeline.JobException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for files, for shells that do not expand it themselves, in Java's words: {@code *} and
 * {@code ?} stay within a folder, <code>**</code> goes through folders, <code>{a,b}</code> and
 * {@code [a-z]} choose.
 *
 * @param folder the part in front of the first folder with a wildcard
 * @param pattern the rest
 */
record Glob(Path folder, String pattern) {

  /** Whether a word can be meant as a pattern. */
  static boolean isOne(String word) {
    return word.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  /** Takes a pattern apart. */
  static Glob of(String word) {
    int wildcard = 0;
    while ("*?[{".indexOf(word.charAt(wildcard)) < 0) {
      wildcard++;
    }
    int slash = word.lastIndexOf('/', wildcard);
    if (slash < 0) {
      return new Glob(Path.of(""), word);
    }
    return new Glob(Path.of(word.substring(0, slash + 1)), word.substring(slash + 1));
  }

  /**
   * The files that match, sorted; folders that match count with nothing below them.
   *
   * @param passedOver gets the folders below that cannot be looked into
   * @throws JobException if it is no pattern, or the folder itself cannot be read
   */
  List<Path> matches(List<PassedOver> passedOver) {
    try {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      int depth = pattern.contains("**") ? Integer.MAX_VALUE : pattern.split("/", -1).length;
      List<Path> found = new ArrayList<>();
      Files.walkFileTree(
          folder,
          EnumSet.noneOf(FileVisitOption.class),
          depth,
          new Visitor(this, matcher, found, passedOver));
      found.sort(Comparator.naturalOrder());
      return found;
    } catch (PatternSyntaxException e) {
      throw new JobException("'" + pattern + "' is no pattern: " + e.getDescription(), e);
    } catch (IOException e) {
      throw new JobException(folder + ": cannot be read; check its permissions", e);
    }
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Glob glob;
    private final PathMatcher matcher;
    private final List<Path> found;
    private final List<PassedOver> passedOver;

    Visitor(Glob glob, PathMatcher matcher, List<Path> found, List<PassedOver> passedOver) {
      this.glob = glob;
      this.matcher = matcher;
      this.found = found;
      this.passedOver = passedOver;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) {
      return visitFile(below, attributes);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (!file.equals(glob.folder) && matcher.matches(glob.folder.relativize(file))) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (file.equals(glob.folder)) {
        throw e;
      }
      passedOver.add(PassedOver.unreadable(file));
      return FileVisitResult.CONTINUE;
    }
  }
}
