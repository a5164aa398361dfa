package io.efface.media;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The still image formats that Efface writes. */
public enum ImageFormat {
  JPEG("mjpeg"),
  PNG("png"),
  WEBP("libwebp"),
  TIFF("tiff");

  private final String encoder;

  ImageFormat(String encoder) {
    this.encoder = encoder;
  }

  /** The format that a file's name asks for. */
  public static Optional<ImageFormat> ofName(Path file) {
    String name = file.getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (ending) {
      case "jpg", "jpeg" -> Optional.of(JPEG);
      case "png" -> Optional.of(PNG);
      case "webp" -> Optional.of(WEBP);
      case "tif", "tiff" -> Optional.of(TIFF);
      default -> Optional.empty();
    };
  }

  /** libav's name of the encoder. */
  String encoder() {
    return encoder;
  }
}
