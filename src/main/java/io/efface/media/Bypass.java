package io.efface.media;

/** Decides which pictures are copied without being decoded, and hears of those that were. */
public interface Bypass {
  /**
   * Whether none of some pictures is to be changed.
   *
   * @param first number of the first of them; all frames before have been handed out or copied
   * @param times their presentation times in ticks of the input, ascending
   */
  boolean isUntouched(long first, long[] times);

  /**
   * Hears that pictures were copied; the first parameters are those that were asked about.
   *
   * @param timeBase of the times
   */
  void copied(long first, long[] times, Rational timeBase);
}
