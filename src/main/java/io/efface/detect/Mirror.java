package io.efface.detect;

/**
 * Whether a network also sees pictures mirrored left to right. It errs in other places there, so
 * what it finds both ways is likelier to be there, and what it misses one way it may find the
 * other.
 */
public enum Mirror {
  /** Every frame as it is. */
  NEVER,
  /**
   * In turn, two tenths of a second each, by the frame's time: that costs nothing, as a tracker
   * puts the two together.
   */
  IN_TURN,
  /** Every frame both ways, at twice the work. */
  ALWAYS
}
