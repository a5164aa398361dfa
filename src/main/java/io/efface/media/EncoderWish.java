package io.efface.media;

import java.util.Optional;

/**
 * Which encoder is asked for.
 *
 * @param id {@code auto}, {@code software} or the name of a {@link KnownEncoder}
 */
public record EncoderWish(String id) {

  /**
   * The first hardware encoder that really opens for these pictures and can keep all of them; else
   * software. Where there is no such hardware, which is so on most servers, outputs are those of
   * {@link #SOFTWARE} to the bit.
   */
  public static final EncoderWish AUTO = new EncoderWish("auto");

  /** The processor, as on every machine: the same output everywhere. */
  public static final EncoderWish SOFTWARE = new EncoderWish("software");

  /** Checks that the name is known. */
  public EncoderWish {
    if (!id.equals("auto") && !id.equals("software") && KnownEncoder.ofId(id).isEmpty()) {
      throw new IllegalArgumentException("'" + id + "' is no encoder that Efface knows");
    }
  }

  /** One encoder. */
  public static EncoderWish of(KnownEncoder encoder) {
    return new EncoderWish(encoder.id());
  }

  /** The encoder that is named; empty where none is. */
  public Optional<KnownEncoder> named() {
    return KnownEncoder.ofId(id);
  }
}
