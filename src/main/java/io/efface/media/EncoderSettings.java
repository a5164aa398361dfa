package io.efface.media;

import java.util.Locale;
import java.util.Optional;

/**
 * How the redacted picture is encoded.
 *
 * @param codec the family to write; empty means the input's own, or H.264 where Efface does not
 *     write that
 * @param quality one scale for all encoders, 0 (smallest) to 100 (near lossless)
 * @param preset how much time to spend
 * @param encoder which encoder is asked for; one that is named writes {@code codec}
 */
public record EncoderSettings(
    Optional<VideoCodec> codec, int quality, Preset preset, EncoderWish encoder) {

  /** The quality where none is asked for: hard to tell from the input by eye. */
  public static final int DEFAULT_QUALITY = 75;

  /** Effort, named as x264 names it; other encoders get their nearest step. */
  public enum Preset {
    ULTRAFAST,
    SUPERFAST,
    VERYFAST,
    FASTER,
    FAST,
    MEDIUM,
    SLOW,
    SLOWER,
    VERYSLOW;

    /** The name on the command line. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks the quality's range, and that an encoder that is named writes the codec. */
  public EncoderSettings {
    if (quality < 0 || quality > 100) {
      throw new IllegalArgumentException("quality is 0 to 100, not " + quality);
    }
    if (encoder.named().isPresent() && !codec.equals(encoder.named().map(KnownEncoder::codec))) {
      throw new IllegalArgumentException(
          encoder.id()
              + " writes "
              + encoder.named().get().codec().id()
              + codec.map(other -> ", not " + other.id()).orElse(""));
    }
  }

  /** With {@link EncoderWish#AUTO}. */
  public EncoderSettings(Optional<VideoCodec> codec, int quality, Preset preset) {
    this(codec, quality, preset, EncoderWish.AUTO);
  }

  /** The input's codec at default quality and preset {@code fast}. */
  public static EncoderSettings defaults() {
    return new EncoderSettings(Optional.empty(), DEFAULT_QUALITY, Preset.FAST);
  }
}
