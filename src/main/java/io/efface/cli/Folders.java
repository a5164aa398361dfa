package io.efface.cli;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Tells how folders of one run lie to each other, whatever links and {@code ..} they are named by.
 */
final class Folders {
  private Folders() {}

  /** Whether two names mean one folder, be it there or not. */
  static boolean same(Path one, Path other) {
    return real(one).equals(real(other));
  }

  /** Whether a file or folder is another folder or lies below it, be it there or not. */
  static boolean isWithin(Path inner, Path outer) {
    return real(inner).startsWith(real(outer));
  }

  /** The path without links, as far as it is there. */
  private static Path real(Path path) {
    Path absolute = path.toAbsolutePath();
    for (Path up = absolute; up != null; up = up.getParent()) {
      try {
        return up.toRealPath().resolve(up.relativize(absolute)).normalize();
      } catch (IOException e) {
        // Not there, so the folder above it tells.
      }
    }
    return absolute.normalize();
  }
}
