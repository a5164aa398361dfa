package io.efface.media;

import io.efface.media.KnownEncoder.Family;
import java.util.Optional;

/**
 * What an encoder has to keep of the pictures of a film.
 *
 * @param layout how samples are laid out
 * @param interlaced whether frames are made of two fields
 * @param joined whether its pictures are to stand beside copied ones
 * @param timeBase ticks of the times
 */
record PictureNeeds(PixelLayout layout, boolean interlaced, boolean joined, Rational timeBase) {
  /** Ticks a second that Quick Sync counts in, whatever it is told. */
  private static final int QSV_TICKS = 90_000;

  /** Why a hardware encoder cannot keep all of it; empty if it can. */
  Optional<String> obstacle(KnownEncoder encoder) {
    if (!layout.is420()) {
      return Optional.of("the pictures are not 4:2:0");
    }
    if (layout.bitDepth() > 10) {
      return Optional.of("the pictures have " + layout.bitDepth() + " bits");
    }
    if (layout.bitDepth() > 8 && encoder.codec() == VideoCodec.H264) {
      return Optional.of("hardware writes H.264 of 8 bits only");
    }
    if (interlaced) {
      return Optional.of("the pictures are interlaced");
    }
    if (joined) {
      return Optional.of("--smart auto joins pictures of libx264 only");
    }
    if (encoder.family() == Family.QSV && (long) QSV_TICKS * timeBase.num() < timeBase.den()) {
      return Optional.of("the times are finer than it counts");
    }
    return Optional.empty();
  }
}
