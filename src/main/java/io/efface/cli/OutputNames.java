package io.efface.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** What outputs are called where nobody names them. */
final class OutputNames {
  private static final Set<String> WRITTEN =
      Set.of("mp4", "mov", "mkv", "webm", "jpg", "jpeg", "png", "webp", "tif", "tiff");
  private static final Set<String> OTHER_STILLS =
      Set.of("heic", "heif", "avif", "bmp", "jp2", "jfif", "pbm", "pgm", "ppm", "tga", "dng");

  private OutputNames() {}

  /**
   * {@code NAME.redacted.EXT} for the input {@code NAME.ext}: the input's container where Efface
   * writes it, else mp4 for videos and jpg for stills.
   */
  static String redacted(Path input) {
    return renamed(input, ".redacted.");
  }

  /**
   * {@code NAME.EXT} for the input {@code NAME.ext}, in a folder of its own: the same containers.
   */
  static String inFolder(Path input) {
    return renamed(input, ".");
  }

  private static String renamed(Path input, String between) {
    String name = fileName(input);
    int dot = name.lastIndexOf('.');
    String base = dot > 0 ? name.substring(0, dot) : name;
    String extension = dot > 0 ? name.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
    return base + between + container(extension);
  }

  private static String container(String extension) {
    if (WRITTEN.contains(extension)) {
      return extension;
    }
    return OTHER_STILLS.contains(extension) ? "jpg" : "mp4";
  }

  /** {@code NAME.EXT.manifest.json}: the input's whole name, so that two inputs never share it. */
  static String manifest(Path input) {
    return fileName(input) + ".manifest.json";
  }

  /** The last part of a path; for {@code .} and {@code ..} that of the folder meant. */
  static String fileName(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? "root" : name.toString();
  }
}
