package io.efface.media;

/**
 * What became of one stream of the input.
 *
 * @param stream the stream
 * @param fate what was done
 * @param detail how or why, for the report
 */
public record StreamDecision(MediaInfo.Stream stream, Fate fate, String detail) {

  /** What can be done with a stream. */
  public enum Fate {
    /** The picture: decoded, redacted, encoded. */
    REDACTED,
    /** Packets as they were. */
    COPIED,
    /** Decoded and encoded again because the container does not take the original. */
    ENCODED,
    /** Not in the output. */
    DROPPED
  }
}
