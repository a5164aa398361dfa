package io.efface.report;

/**
 * What became of one of the input's streams.
 *
 * @param index its number in the input, from 0
 * @param kind what it carries: {@code video}, {@code audio}, {@code subtitle}, {@code data}, {@code
 *     attachment}
 * @param codec its codec, as libav names it, or {@code unknown}
 * @param fate whether it is in the output
 */
public record StreamFate(int index, String kind, String codec, Fate fate) {

  /** Checks that nothing is blank. */
  public StreamFate {
    if (index < 0 || kind.isBlank() || codec.isBlank()) {
      throw new IllegalArgumentException("a stream needs an index, a kind and a codec");
    }
  }

  /** Whether a stream is in the output. */
  public sealed interface Fate {}

  /**
   * It is in the output.
   *
   * @param how what was done to it
   */
  public record Kept(How how) implements Fate {}

  /**
   * It is not in the output.
   *
   * @param reason why
   */
  public record Dropped(String reason) implements Fate {
    /** Checks that there is a reason. */
    public Dropped {
      if (reason.isBlank()) {
        throw new IllegalArgumentException("a dropped stream needs a reason");
      }
    }
  }

  /** What was done to a stream that was kept. */
  public enum How {
    /** Its regions were destroyed and it was encoded again. */
    REDACTED,
    /** Its packets were copied. */
    COPIED,
    /** It was decoded and encoded again. */
    ENCODED
  }
}
