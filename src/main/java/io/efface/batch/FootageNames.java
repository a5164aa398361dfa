package io.efface.batch;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells by a name whether a file that nobody named itself is footage. */
final class FootageNames {
  private static final Set<String> ENDINGS =
      Set.of(
          "3g2", "3gp", "apng", "asf", "avi", "dav", "divx", "dv", "f4v", "flv", "gif", "h264",
          "h265", "264", "265", "hevc", "insv", "ivf", "lrv", "m1v", "m2t", "m2ts", "m2v", "m4v",
          "mjpeg", "mjpg", "mkv", "mod", "mov", "mp4", "mpe", "mpeg", "mpg", "mts", "mxf", "nut",
          "obu", "ogg", "ogm", "ogv", "ps", "qt", "tod", "trp", "ts", "vob", "webm", "wmv",
          "y4m", // films
          "avif", "bmp", "dng", "heic", "heif", "jfif", "jp2", "jpe", "jpeg", "jpg", "pbm", "pgm",
          "png", "ppm", "tga", "tif", "tiff", "webp"); // stills

  private FootageNames() {}

  /** Why a file of a folder is left alone; empty where it is to be worked on. */
  static Optional<String> objection(Path file) {
    String name = String.valueOf(file.getFileName());
    if (name.startsWith(".")) {
      return Optional.of("hidden");
    }
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return ENDINGS.contains(ending) ? Optional.empty() : Optional.of("no footage by its name");
  }
}
