package io.efface.batch;

import io.efface.pipeline.JobException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

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
   * @throws JobException if it is no pattern, or the folder cannot be read
   */
  List<Path> matches() {
    try {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      int depth = pattern.contains("**") ? Integer.MAX_VALUE : pattern.split("/", -1).length;
      try (Stream<Path> below = Files.walk(folder, depth)) {
        return below
            .filter(path -> !path.equals(folder) && matcher.matches(folder.relativize(path)))
            .sorted()
            .toList();
      }
    } catch (PatternSyntaxException e) {
      throw new JobException("'" + pattern + "' is no pattern: " + e.getDescription(), e);
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new JobException(folder + ": cannot be read; check its permissions", e);
    }
  }
}
