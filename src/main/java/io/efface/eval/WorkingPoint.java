package io.efface.eval;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a detector finds when detections from a score on count.
 *
 * @param score the lowest score that counts
 * @param falsePositives false positives an image
 * @param recall of all boxes
 * @param byHeight of the boxes of each range that has some
 * @param byGrade of the boxes of each level of each grade that has some
 */
public record WorkingPoint(
    double score,
    double falsePositives,
    Recall recall,
    Map<HeightRange, Recall> byHeight,
    Map<Grade, Map<Integer, Recall>> byGrade) {

  /** Copies the maps; their keys stay in order. */
  public WorkingPoint {
    Map<HeightRange, Recall> heights = new EnumMap<>(HeightRange.class);
    heights.putAll(byHeight);
    byHeight = Collections.unmodifiableMap(heights);
    Map<Grade, Map<Integer, Recall>> grades = new EnumMap<>(Grade.class);
    byGrade.forEach(
        (grade, levels) -> grades.put(grade, Collections.unmodifiableMap(new TreeMap<>(levels))));
    byGrade = Collections.unmodifiableMap(grades);
  }

  /**
   * How many boxes were found.
   *
   * @param boxes how many there are
   * @param found how many of them were found
   */
  public record Recall(int boxes, int found) {

    /** The share found, 0 to 1; 0 where there are none. */
    public double share() {
      return boxes == 0 ? 0 : (double) found / boxes;
    }
  }
}
