package io.efface.track;

import java.util.Arrays;

/**
 * A straight line through points that may hold outliers: the median of the pairwise slopes (Theil
 * 1950, Sen 1968), then the median of the residues.
 *
 * @param value at time 0
 * @param slope change a second
 */
record RobustLine(double value, double slope) {

  /**
   * Fits a line.
   *
   * @param times in seconds, all different
   * @param values as many
   */
  static RobustLine fit(double[] times, double[] values) {
    int n = times.length;
    double slope = 0;
    if (n > 1) {
      double[] slopes = new double[n * (n - 1) / 2];
      int k = 0;
      for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
          slopes[k++] = (values[j] - values[i]) / (times[j] - times[i]);
        }
      }
      slope = median(slopes);
    }
    double[] rests = new double[n];
    for (int i = 0; i < n; i++) {
      rests[i] = values[i] - slope * times[i];
    }
    return new RobustLine(median(rests), slope);
  }

  /** The middle value, or the mean of the two middle ones. Sorts the array. */
  static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
