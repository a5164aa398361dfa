package io.efface.manifest;

/** When something begins or ends, as a person puts it. */
public sealed interface Moment {

  /**
   * A frame.
   *
   * @param number in presentation order, from 0
   */
  record Frame(long number) implements Moment {
    /** Checks the number. */
    public Frame {
      Checks.range("a frame's number", number, 0, Long.MAX_VALUE);
    }
  }

  /**
   * A presentation time.
   *
   * @param seconds as a report tells times
   */
  record Seconds(double seconds) implements Moment {
    /** Checks that it is a number. */
    public Seconds {
      if (!Double.isFinite(seconds)) {
        throw new IllegalArgumentException("a time must be finite");
      }
    }
  }
}
