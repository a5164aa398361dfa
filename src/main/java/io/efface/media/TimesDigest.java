package io.efface.media;

/**
 * Count and order-free checksum of a stream's presentation times, in constant memory: packets come
 * in decoding order, frames in presentation order, and both must hold the same times.
 */
public final class TimesDigest {
  private long count;
  private long sum;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  /** Adds a time in ticks of the output. */
  public void add(long ticks) {
    count++;
    first = Math.min(first, ticks);
    last = Math.max(last, ticks);
    long z = ticks + 0x9e3779b97f4a7c15L;
    // splitmix64 (Steele, Lea and Flood, OOPSLA 2014): sums of its outputs tell sets apart.
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    sum += z ^ (z >>> 31);
  }

  /** How many times were added. */
  public long count() {
    return count;
  }

  /** Whether the same times were added to both. */
  public boolean matches(TimesDigest other) {
    return count == other.count && sum == other.sum && first == other.first && last == other.last;
  }
}
