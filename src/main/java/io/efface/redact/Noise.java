package io.efface.redact;

/**
 * Pseudo-random numbers that depend on what they are for and on nothing else: SplitMix64 (Steele,
 * Lea, Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014) of a seed and up to
 * three keys.
 */
final class Noise {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Noise() {}

  /** A number for a seed and three keys, all bits equally likely. */
  static long of(long seed, long a, long b, long c) {
    return mix(mix(mix(mix(seed + GOLDEN) + a * GOLDEN) + b * GOLDEN) + c * GOLDEN);
  }

  /** A share of 1, from 0 inclusive to 1 exclusive, of a number's upper bits. */
  static double unit(long bits) {
    return (bits >>> 11) * 0x1p-53;
  }

  private static long mix(long value) {
    long z = value + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
