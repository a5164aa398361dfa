package io.efface.media;

/**
 * A fraction, as libav's {@code AVRational}: a time base in seconds a tick, a frame rate, or a
 * sample aspect ratio.
 *
 * @param num numerator
 * @param den denominator, not zero unless the value is {@link #UNKNOWN}
 */
public record Rational(int num, int den) {

  /** What libav means by 0/1: not known. */
  public static final Rational UNKNOWN = new Rational(0, 1);

  /** Checks the denominator. */
  public Rational {
    if (den == 0) {
      throw new IllegalArgumentException("denominator is zero");
    }
  }

  /** The fraction, or {@link #UNKNOWN} where libav gave a zero denominator. */
  public static Rational of(int num, int den) {
    return den == 0 ? UNKNOWN : new Rational(num, den);
  }

  /** Whether the value is known (not zero). */
  public boolean isKnown() {
    return num != 0;
  }

  /** One by this; unknown if this is. */
  public Rational inverse() {
    return isKnown() ? new Rational(/* num= */ den, /* den= */ num) : UNKNOWN;
  }

  /** The value. */
  public double toDouble() {
    return (double) num / den;
  }

  /** Seconds of {@code ticks} when this is a time base. */
  public double seconds(long ticks) {
    return ticks * (double) num / den;
  }

  /** Ticks, rounded to the nearest, of {@code seconds} when this is a time base. */
  public long ticks(double seconds) {
    return Math.round(seconds * den / num);
  }

  @Override
  public String toString() {
    return num + "/" + den;
  }
}
