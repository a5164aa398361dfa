package io.efface.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The encoder that is chosen for a film.
 *
 * @param choice what is opened
 * @param use what is said about it
 */
record EncoderSelection(EncoderChoice choice, EncoderUse use) {

  /**
   * Chooses.
   *
   * @param codec what is written
   * @param settings what is asked for
   * @param needs what has to be kept
   * @param built whether the libraries have an encoder
   * @param probe tries hardware
   */
  static EncoderSelection of(
      VideoCodec codec,
      EncoderSettings settings,
      PictureNeeds needs,
      Predicate<KnownEncoder> built,
      EncoderProbe probe) {
    KnownEncoder usual = usual(codec, needs.layout());
    EncoderWish wish = settings.encoder();
    if (wish.equals(EncoderWish.AUTO)) {
      return auto(codec, settings, needs, built, probe, usual);
    }
    Optional<KnownEncoder> named = wish.named();
    if (named.isEmpty()) {
      return taken(usual, settings, Optional.empty(), false);
    }
    Optional<String> why =
        named.get().isHardware()
            ? refusal(named.get(), settings, needs, probe)
            : unfit(named.get(), needs.layout());
    return why.isEmpty()
        ? taken(named.get(), settings, Optional.empty(), false)
        : taken(usual, settings, why, true);
  }

  private static EncoderSelection auto(
      VideoCodec codec,
      EncoderSettings settings,
      PictureNeeds needs,
      Predicate<KnownEncoder> built,
      EncoderProbe probe,
      KnownEncoder usual) {
    List<String> refusals = new ArrayList<>();
    for (KnownEncoder encoder : KnownEncoder.hardware(codec)) {
      if (built.test(encoder)) {
        Optional<String> why = refusal(encoder, settings, needs, probe);
        if (why.isEmpty()) {
          return taken(encoder, settings, Optional.of("it works on this machine"), true);
        }
        refusals.add(why.get());
      }
    }
    Optional<String> why =
        refusals.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", refusals));
    return taken(usual, settings, why, false);
  }

  private static Optional<String> refusal(
      KnownEncoder encoder, EncoderSettings settings, PictureNeeds needs, EncoderProbe probe) {
    Optional<String> obstacle = needs.obstacle(encoder);
    return obstacle.isPresent()
        ? obstacle.map(why -> encoder.id() + " cannot keep everything: " + why)
        : probe
            .refusal(EncoderChoice.of(encoder, settings))
            .map(why -> encoder.id() + " does not work here: " + why);
  }

  private static EncoderSelection taken(
      KnownEncoder encoder, EncoderSettings settings, Optional<String> why, boolean unasked) {
    return new EncoderSelection(
        EncoderChoice.of(encoder, settings), new EncoderUse(encoder, why, unasked));
  }

  /** The software encoder that writes a codec where none is asked for. */
  static KnownEncoder usual(VideoCodec codec, PixelLayout layout) {
    return switch (codec) {
      case H264 -> KnownEncoder.LIBX264;
      case HEVC -> KnownEncoder.LIBX265;
      case AV1 -> layout.is420() ? KnownEncoder.LIBSVTAV1 : KnownEncoder.LIBAOM_AV1;
      case VP9 -> KnownEncoder.LIBVPX_VP9;
    };
  }

  private static Optional<String> unfit(KnownEncoder software, PixelLayout layout) {
    return software == KnownEncoder.LIBSVTAV1 && !layout.is420()
        ? Optional.of("libsvtav1 writes 4:2:0 only")
        : Optional.empty();
  }
}
