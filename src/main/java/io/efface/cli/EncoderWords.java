package io.efface.cli;

import io.efface.media.EncoderWish;
import io.efface.media.KnownEncoder;
import io.efface.media.Natives;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/** The words of {@code --encoder}. */
final class EncoderWords {
  private EncoderWords() {}

  /**
   * Reads a word; only a name makes FFmpeg's libraries load, which say whether they have it.
   *
   * @throws TypeConversionException if Efface knows no such encoder, or this build has none
   */
  static EncoderWish parse(String word) {
    try {
      EncoderWish wish = new EncoderWish(word);
      if (wish.named().map(Natives::has).orElse(true)) {
        return wish;
      }
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage() + "; " + choices());
    }
    throw new TypeConversionException("this build of FFmpeg has no '" + word + "'; " + choices());
  }

  private static String choices() {
    return Arrays.stream(KnownEncoder.values())
        .filter(Natives::has)
        .map(KnownEncoder::id)
        .collect(Collectors.joining(", ", "choose auto, software or one of ", ""));
  }
}
