package io.efface.batch;

import io.efface.pipeline.RedactionJob;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that files and folders of one run do not stand in each other's way. Names that differ in
 * case or in how accents are composed only count as equal, since on many file systems they are.
 */
public final class Claims {
  private Claims() {}

  /**
   * Names two jobs that would make the same file.
   *
   * @return their inputs and the file; empty if there are none
   */
  public static Optional<String> collision(List<RedactionJob> jobs) {
    Map<String, Path> makers = new HashMap<>();
    for (RedactionJob job : jobs) {
      Path other = makers.put(key(job.output()), job.input());
      if (other != null) {
        return Optional.of(
            other.equals(job.input())
                ? job.input() + " is named twice; name it once"
                : other + " and " + job.input() + " would both become " + job.output());
      }
    }
    return Optional.empty();
  }

  /**
   * What is wrong with a run that reads some files and writes others.
   *
   * @param inputs files that are read
   * @param outputs files that are written or taken away
   * @return the first fault; empty if all is well
   */
  public static Optional<String> fault(Collection<Path> inputs, Collection<Path> outputs) {
    Map<String, Path> written = new HashMap<>();
    Set<String> folders = new HashSet<>();
    for (Path output : outputs) {
      if (written.put(key(output), output) != null) {
        return Optional.of(
            "two outputs would both be "
                + output
                + "; redact them in separate runs, or use --rename");
      }
      for (Path up = folder(output); up != null && folders.add(key(up)); up = up.getParent()) {
        // All folders on the way are claimed.
      }
    }
    for (Path output : outputs) {
      if (folders.contains(key(output))) {
        return Optional.of(
            "the output " + output + " would also be a folder of others; use --rename");
      }
    }
    for (Path input : inputs) {
      Path output = written.get(key(input));
      if (output != null) {
        return Optional.of("the output " + output + " is also an input");
      }
    }
    return Optional.empty();
  }

  private static @Nullable Path folder(Path path) {
    return path.toAbsolutePath().normalize().getParent();
  }

  private static String key(Path path) {
    String text = path.toAbsolutePath().normalize().toString();
    return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
