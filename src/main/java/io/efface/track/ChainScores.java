package io.efface.track;

import io.efface.detect.Detection;
import io.efface.detect.Label;
import io.efface.detect.OperatingPoint;
import java.util.Arrays;

/** What the scores of a chain's detections say of it: whether it counts, and whether they do. */
final class ChainScores {
  /** How many of a track's best scores count for themselves. */
  private static final int BEST = 3;

  /** Detections that a thing gets which is soon out of sight, at most. */
  private static final int FEW = 3;

  /** Longest step that counts as steady presence. */
  private static final double STEADY_STEP_SECONDS = 0.25;

  private final Label label;
  private final SizeGrade grade;
  private final TrackerSettings settings;
  private final double[] best = new double[BEST];
  private double firstSeconds;
  private double lastSeconds;
  private double lastScore;
  private double steadySeconds;
  private int detections;
  private double sum;
  private double heights;
  private double widths;
  private int cutOff;
  private boolean counted;

  /** Of a chain that has none yet. */
  ChainScores(Label label, SizeGrade grade, TrackerSettings settings) {
    this.label = label;
    this.grade = grade;
    this.settings = settings;
  }

  /**
   * Takes the next detection.
   *
   * @param seconds its frame's time
   * @param isCutOff whether the picture's edge cuts it off
   */
  void take(Detection detection, double seconds, boolean isCutOff) {
    firstSeconds = detections == 0 ? seconds : firstSeconds;
    if (detections > 0
        && Math.min(lastScore, detection.score()) >= settings.scores().steadyScore()) {
      steadySeconds += Math.min(seconds - lastSeconds, STEADY_STEP_SECONDS);
    }
    lastSeconds = seconds;
    lastScore = detection.score();
    detections++;
    sum += detection.score();
    if (detection.score() > best[0]) {
      best[0] = detection.score();
      Arrays.sort(best);
    }
    heights += detection.box().height();
    widths += detection.box().width();
    cutOff += isCutOff ? 1 : 0;
    double lasted = seconds - firstSeconds;
    boolean steady = steadySeconds >= settings.steadySeconds() && steadySeconds >= 0.5 * lasted;
    counted |= steady || detection.score() >= settings.scores().startScore();
  }

  /** Counts from now on, as one with such a typical score. */
  void assume(double typicalScore) {
    counted = true;
    sum = typicalScore;
    best[BEST - 1] = typicalScore;
  }

  /** Counts no longer, unless it is known as a track. */
  void doubt(boolean isKnown) {
    counted = isKnown;
  }

  /** Whether there was one confident detection, or steady ones long enough. */
  boolean counted() {
    return counted;
  }

  int detections() {
    return detections;
  }

  /** The mean of the mean of the best and of that of all. */
  double typical() {
    double ofBest = Arrays.stream(best).sum() / Math.min(BEST, detections);
    return (ofBest + sum / detections) / 2;
  }

  /**
   * Whether the typical score is high enough. A network doubts what the picture's edge cuts off,
   * large or small. Of what runs by, a few looks are all there is; at least it is no pattern of a
   * wall, which is what large things that are none mostly are.
   *
   * @param isFast whether it runs by
   */
  boolean suffice(boolean isFast) {
    return typical() >= leastTypical(isFast);
  }

  private double leastTypical(boolean isFast) {
    OperatingPoint scores = settings.scores();
    if (label.isUprightPlate(widths, heights) && scores.largeScore() > scores.continueScore()) {
      return Math.min(1, Label.UPRIGHT_SCORE_TIMES * scores.largeScore());
    }
    return 2 * cutOff >= detections || (detections <= FEW && isFast)
        ? scores.typicalScore()
        : grade.between(scores.typicalScore(), scores.largeScore(), heights / detections);
  }
}
