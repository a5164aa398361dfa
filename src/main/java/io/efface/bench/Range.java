package io.efface.bench;

import java.util.List;

/**
 * What several rounds came to.
 *
 * @param median the middle one, of an even number the mean of the two
 * @param least the smallest
 * @param most the largest
 */
public record Range(double median, double least, double most) {

  /** Checks the order. */
  public Range {
    if (!(least <= median && median <= most)) {
      throw new IllegalArgumentException(least + ", " + median + ", " + most);
    }
  }

  /**
   * The range of at least one value.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Range of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no values");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double upper = sorted.get(middle);
    double median = sorted.size() % 2 == 1 ? upper : (sorted.get(middle - 1) + upper) / 2;
    return new Range(median, sorted.get(0), sorted.get(sorted.size() - 1));
  }
}
