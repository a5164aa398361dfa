package io.efface.pipeline;

import io.efface.media.Demuxer;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How long a film is, as its container tells without a frame being decoded.
 *
 * @param frames how many frames; an estimate
 * @param seconds how long it lasts; an estimate, empty for stills
 */
public record Length(OptionalLong frames, OptionalDouble seconds) {

  /**
   * Asks a file.
   *
   * @throws io.efface.media.MediaException if it cannot be read
   */
  public static Length of(Path file) {
    try (Demuxer demuxer = Demuxer.open(file)) {
      return new Length(demuxer.info().frames(), demuxer.seconds());
    }
  }
}
