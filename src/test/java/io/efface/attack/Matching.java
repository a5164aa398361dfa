package io.efface.attack;

import java.util.List;

/** Finding the nearest of a gallery, and how often that would be right by luck. */
final class Matching {
  private Matching() {}

  /** A vector's direction, of length 1. */
  static float[] unit(float[] vector) {
    double squares = 0;
    for (float v : vector) {
      squares += v * v;
    }
    float[] unit = new float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      unit[i] = (float) (vector[i] / Math.max(1e-12, Math.sqrt(squares)));
    }
    return unit;
  }

  /** The cosine of the angle between two vectors of length 1. */
  static double similarity(float[] a, float[] b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
    }
    return dot;
  }

  /**
   * How many queries are nearest to the gallery's vector with the same number. Where several are
   * equally near, the guess among them counts with its chance to be right.
   */
  static double hits(List<float[]> queries, List<float[]> gallery) {
    double hits = 0;
    for (int q = 0; q < queries.size(); q++) {
      double own = similarity(queries.get(q), gallery.get(q));
      int nearer = 0;
      int equal = 0;
      for (float[] other : gallery) {
        double there = similarity(queries.get(q), other);
        nearer += there > own ? 1 : 0;
        equal += there == own ? 1 : 0;
      }
      hits += nearer == 0 ? 1.0 / equal : 0;
    }
    return hits;
  }

  /**
   * The most hits that pure luck explains, by the exact binomial test: the largest k with P(X ≥ k)
   * ≥ tail where X counts the successes of n guesses, each right with chance p, so P(X = i) = C(n,
   * i) p^i (1 − p)^(n − i).
   *
   * @param n how many guesses
   * @param p the chance of each, from 0 to below 1
   * @param tail how rarely luck may do better, above 0
   */
  static int mostByLuck(int n, double p, double tail) {
    double term = StrictMath.pow(1 - p, n);
    double atLeast = 1;
    int k = 0;
    while (atLeast - term >= tail) {
      atLeast -= term;
      term *= (n - k) / (k + 1.0) * p / (1 - p);
      k++;
    }
    return k;
  }
}
