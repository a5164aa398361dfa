package io.efface.manifest;

/**
 * Frames that follow one another.
 *
 * @param first number of the first frame in presentation order, from 0
 * @param last number of the last frame, itself included
 */
public record FrameRange(long first, long last) {

  /** Checks the order. */
  public FrameRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("frames " + first + " to " + last + " are no range");
    }
  }

  /** How many frames. */
  public long frames() {
    return last - first + 1;
  }

  /** Whether a frame is one of them. */
  public boolean contains(long frame) {
    return first <= frame && frame <= last;
  }
}
