package io.efface.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What stood under the names of a view when a child was shown it. A sandbox shows files and folders
 * and not names: what is put under a name later, by a folder that is made or mounted anew, a child
 * that is there already never sees.
 *
 * @param keys by name, what the file system tells its files apart by
 */
record Shown(Map<Path, Object> keys) {
  /** Copies the map. */
  Shown {
    keys = Map.copyOf(keys);
  }

  /** What stands there now. */
  static Shown of(View view) {
    Map<Path, Object> keys = new HashMap<>();
    Stream.concat(view.readable().stream(), Stream.of(view.writable()))
        .forEach(path -> key(path).ifPresent(key -> keys.put(path, key)));
    return new Shown(keys);
  }

  /** Whether the same stands there still. */
  boolean isStill() {
    return keys.entrySet().stream()
        .allMatch(shown -> key(shown.getKey()).filter(shown.getValue()::equals).isPresent());
  }

  /**
   * Whether a file is shown, by itself or with a folder.
   *
   * @param file as {@link io.efface.pipeline.OtherProcess#named} gives it
   */
  boolean holds(Path file) {
    return keys.keySet().stream().anyMatch(file::startsWith);
  }

  /** Empty where there is nothing; where nothing tells files apart, its kind must do. */
  private static Optional<Object> key(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return Optional.of(
          Optional.ofNullable(attributes.fileKey()).orElse(attributes.isDirectory()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
