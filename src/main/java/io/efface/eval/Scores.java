package io.efface.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * How a detector's answers for one class compare with the truth.
 *
 * @param images pictures looked at
 * @param calls detections that count, best score first
 * @param subjects boxes that count
 */
record Scores(int images, List<Call> calls, List<Subject> subjects) {

  /**
   * A detection that is right or a false positive.
   *
   * @param score the detector's confidence
   * @param right whether it found a box
   */
  public record Call(double score, boolean right) {}

  /**
   * A box to be found.
   *
   * @param height rows
   * @param grades how hard it is to see, where known
   * @param found whether some detection found it
   * @param score that detection's score; without meaning if there is none
   */
  public record Subject(double height, Map<Grade, Integer> grades, boolean found, double score) {
    private boolean foundFrom(double least) {
      return found && score >= least;
    }
  }

  /** Sorts the calls and copies the lists. */
  public Scores {
    List<Call> sorted = new ArrayList<>(calls);
    sorted.sort(Comparator.comparingDouble(Call::score).reversed());
    calls = List.copyOf(sorted);
    subjects = List.copyOf(subjects);
  }

  /**
   * The area below precision over recall, precision being the best at that recall or a higher one;
   * 0 to 1.
   */
  public double averagePrecision() {
    double area = 0;
    double best = 0;
    int right = (int) calls.stream().filter(Call::right).count();
    for (int k = calls.size(); k > 0; k--) {
      best = Math.max(best, (double) right / k);
      if (calls.get(k - 1).right()) {
        area += best;
        right--;
      }
    }
    return subjects.isEmpty() ? 0 : area / subjects.size();
  }

  /**
   * Where the detector stands when its lowest score is chosen so that false positives stay within a
   * bound. Detections of one score stand and fall together: where the bound is met in the middle of
   * them, all of them count, as in the project's {@code score.py}, and the bound is exceeded.
   *
   * @param falsePositives bound on false positives an image
   * @return empty if already the best detection is one too many, or there is none
   */
  public Optional<WorkingPoint> within(double falsePositives) {
    int wrong = 0;
    Optional<Double> lowest = Optional.empty();
    for (Call call : calls) {
      wrong += call.right() ? 0 : 1;
      if ((double) wrong / images > falsePositives) {
        break;
      }
      lowest = Optional.of(call.score());
    }
    return lowest.map(this::from);
  }

  /** Where the detector stands when detections from a score on count. */
  public WorkingPoint from(double score) {
    long wrong = calls.stream().filter(call -> call.score() >= score && !call.right()).count();
    Map<HeightRange, WorkingPoint.Recall> byHeight = new EnumMap<>(HeightRange.class);
    for (HeightRange range : HeightRange.values()) {
      put(byHeight, range, recall(score, subject -> range.holds(subject.height())));
    }
    Map<Grade, Map<Integer, WorkingPoint.Recall>> byGrade = new EnumMap<>(Grade.class);
    for (Grade grade : Grade.values()) {
      Map<Integer, WorkingPoint.Recall> levels = new TreeMap<>();
      subjects.stream()
          .flatMap(subject -> Optional.ofNullable(subject.grades().get(grade)).stream())
          .distinct()
          .forEach(
              level ->
                  put(
                      levels,
                      level,
                      recall(score, subject -> level.equals(subject.grades().get(grade)))));
      if (!levels.isEmpty()) {
        byGrade.put(grade, levels);
      }
    }
    return new WorkingPoint(
        score,
        images == 0 ? 0 : (double) wrong / images,
        recall(score, subject -> true),
        byHeight,
        byGrade);
  }

  private WorkingPoint.Recall recall(double score, Predicate<Subject> group) {
    int boxes = 0;
    int found = 0;
    for (Subject subject : subjects) {
      if (group.test(subject)) {
        boxes++;
        found += subject.foundFrom(score) ? 1 : 0;
      }
    }
    return new WorkingPoint.Recall(boxes, found);
  }

  private static <K> void put(Map<K, WorkingPoint.Recall> map, K key, WorkingPoint.Recall recall) {
    if (recall.boxes() > 0) {
      map.put(key, recall);
    }
  }
}
