package io.efface.media;

import java.util.Optional;

/** Finds out whether an encoder works on this machine, for the pictures at hand. */
@FunctionalInterface
interface EncoderProbe {

  /**
   * Tries an encoder.
   *
   * @return why it does not work; empty if it does
   */
  Optional<String> refusal(EncoderChoice choice);
}
