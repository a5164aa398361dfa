package io.efface.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.efface.detect.Detection;
import io.efface.detect.Label;
import io.efface.geometry.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Cases small enough to be worked out by hand; all boxes are 20 px wide. */
class StillScorerTest {
  private static final Offset<Double> EXACT = within(1e-12);

  @Test
  void everythingFoundAndNothingElseIsPerfect() {
    StillScorer scorer = new StillScorer(0.5, 0);
    scorer.add(List.of(box(0, 20), box(100, 40)), List.of(found(0, 20, 0.9), found(100, 40, 0.6)));
    scorer.add(List.of(box(50, 20)), List.of(found(50, 20, 0.7)));
    Scores scores = scorer.scores();
    assertThat(scores.averagePrecision()).isEqualTo(1, EXACT);
    WorkingPoint point = scores.within(0.1).orElseThrow();
    assertThat(point.score()).isEqualTo(0.6);
    assertThat(point.falsePositives()).isZero();
    assertThat(point.recall()).isEqualTo(new WorkingPoint.Recall(3, 3));
    assertThat(scores.from(0.7).recall()).isEqualTo(new WorkingPoint.Recall(3, 2));
  }

  @Test
  void whoFindsNothingHasNoWorkingPoint() {
    StillScorer scorer = new StillScorer(0.5, 0);
    scorer.add(List.of(box(0, 20)), List.of());
    Scores scores = scorer.scores();
    assertThat(scores.averagePrecision()).isZero();
    assertThat(scores.within(1)).isEmpty();
    assertThat(scores.from(0.5).recall()).isEqualTo(new WorkingPoint.Recall(1, 0));
  }

  @Test
  void precisionIsTheBestAtThatRecallOrAHigherOne() {
    StillScorer scorer = new StillScorer(0.5, 0);
    scorer.add(
        List.of(box(0, 20), box(100, 20), box(200, 20), box(300, 20)),
        List.of(
            found(0, 20, 0.9), // right: precision 1/1, recall 1/4
            found(500, 20, 0.8), // wrong: 1/2
            found(600, 20, 0.7), // wrong: 1/3
            found(100, 20, 0.6), // right: 2/4, recall 2/4
            found(200, 20, 0.5), // right: 3/5, recall 3/4, and the best from here on
            found(700, 20, 0.4))); // wrong: 3/6
    // 1/4 * 1 + 1/4 * 3/5 + 1/4 * 3/5; the fourth box is never found.
    assertThat(scorer.scores().averagePrecision()).isEqualTo(0.55, EXACT);
  }

  @Test
  void aWorkingPointIsTheLowestScoreThatKeepsToTheBound() {
    StillScorer scorer = new StillScorer(0.5, 0);
    // Two pictures: one false positive is 0.5 an image, two are 1, three are 1.5.
    scorer.add(
        List.of(box(0, 20), box(100, 20)),
        List.of(found(0, 20, 0.9), found(500, 20, 0.8), found(600, 20, 0.6), found(700, 20, 0.3)));
    scorer.add(List.of(box(0, 20)), List.of(found(0, 20, 0.5)));
    Scores scores = scorer.scores();
    WorkingPoint one = scores.within(1).orElseThrow();
    assertThat(one.score()).isEqualTo(0.5);
    assertThat(one.falsePositives()).isEqualTo(1, EXACT);
    assertThat(one.recall()).isEqualTo(new WorkingPoint.Recall(3, 2));
    WorkingPoint few = scores.within(0.1).orElseThrow();
    assertThat(few.score()).isEqualTo(0.9);
    assertThat(few.falsePositives()).isZero();
    assertThat(few.recall()).isEqualTo(new WorkingPoint.Recall(3, 1));
  }

  @Test
  void aBestDetectionThatIsWrongLeavesNoStrictWorkingPoint() {
    StillScorer scorer = new StillScorer(0.5, 0);
    scorer.add(List.of(box(0, 20)), List.of(found(500, 20, 0.9), found(0, 20, 0.8)));
    assertThat(scorer.scores().within(0.1)).isEmpty();
    assertThat(scorer.scores().within(1).orElseThrow().recall().share()).isEqualTo(1);
    // Precision 1/2 at recall 1.
    assertThat(scorer.scores().averagePrecision()).isEqualTo(0.5, EXACT);
  }

  @Test
  void aSecondDetectionOfTheSameBoxIsWrong() {
    StillScorer scorer = new StillScorer(0.5, 0);
    scorer.add(List.of(box(0, 20)), List.of(found(1, 20, 0.8), found(0, 20, 0.9)));
    assertThat(scorer.scores().calls())
        .containsExactly(new Scores.Call(0.9, true), new Scores.Call(0.8, false));
  }

  @Test
  void theBestScoreChoosesFirstAndTheNextTakesWhatIsLeft() {
    StillScorer scorer = new StillScorer(0.3, 0);
    // Boxes at 0 and 8. The detection at 5 overlaps them by 15/25 and 17/23 and takes the second;
    // the one at 7, 13/27 and 19/21, gets the first, which it overlaps enough.
    scorer.add(List.of(box(0, 20), box(8, 20)), List.of(found(7, 20, 0.8), found(5, 20, 0.9)));
    assertThat(scorer.scores().subjects())
        .extracting(Scores.Subject::score)
        .containsExactly(0.8, 0.9);
  }

  @Test
  void overlapAtTheThresholdFindsAndBelowItDoesNot() {
    // 20x20 and 20x10 within it: 200 of 400.
    assertThat(calls(0.5, box(0, 20), found(0, 10, 0.9))).containsExactly(true);
    assertThat(calls(0.51, box(0, 20), found(0, 10, 0.9))).containsExactly(false);
    // Moved by 8 columns: 12 of 28, 0.43.
    assertThat(calls(0.4, box(0, 20), found(8, 20, 0.9))).containsExactly(true);
    assertThat(calls(0.5, box(0, 20), found(8, 20, 0.9))).containsExactly(false);
  }

  @Test
  void anIgnoredBoxNeitherCountsNorPunishes() {
    TruthBox ignored = new TruthBox(Label.FACE, Box.ofSize(0, 0, 100, 100), 100, true, Map.of());
    StillScorer scorer = new StillScorer(0.5, 0);
    scorer.add(
        List.of(ignored, box(300, 20)),
        List.of(
            new Detection(Label.FACE, Box.ofSize(0, 0, 90, 100), 0.9), // matches it
            new Detection(Label.FACE, Box.ofSize(10, 10, 20, 20), 0.8), // lies in it
            new Detection(Label.FACE, Box.ofSize(90, 0, 20, 20), 0.7), // half of it lies in it
            new Detection(Label.FACE, Box.ofSize(91, 0, 20, 20), 0.6), // 9 of 20 columns do
            found(300, 20, 0.5)));
    Scores scores = scorer.scores();
    assertThat(scores.calls())
        .containsExactly(new Scores.Call(0.6, false), new Scores.Call(0.5, true));
    assertThat(scores.subjects()).hasSize(1);
    assertThat(scores.averagePrecision()).isEqualTo(0.5, EXACT);
  }

  @Test
  void aDetectionThatCouldMatchBothTakesTheOneItOverlapsMore() {
    TruthBox ignored = new TruthBox(Label.FACE, Box.ofSize(4, 0, 20, 20), 20, true, Map.of());
    StillScorer scorer = new StillScorer(0.5, 0);
    // 17/23 with the ignored box, 19/21 with the other.
    scorer.add(List.of(ignored, box(0, 20)), List.of(found(1, 20, 0.9)));
    assertThat(scorer.scores().calls()).containsExactly(new Scores.Call(0.9, true));
  }

  @Test
  void boxesBelowTheLeastHeightAreIgnored() {
    StillScorer scorer = new StillScorer(0.5, 20);
    scorer.add(
        List.of(box(0, 19.9), box(100, 20)), List.of(found(0, 19.9, 0.9), found(100, 20, 0.8)));
    assertThat(scorer.scores().subjects()).hasSize(1);
    assertThat(scorer.scores().calls()).containsExactly(new Scores.Call(0.8, true));
  }

  @Test
  void heightsAtAnEdgeBelongToTheUpperRange() {
    StillScorer scorer = new StillScorer(0.5, 0);
    double[] heights = {9.9, 10, 19.9, 20, 40, 79.9, 80, 500};
    List<TruthBox> truth = new ArrayList<>();
    for (int i = 0; i < heights.length; i++) {
      truth.add(box(100 * i, heights[i]));
    }
    scorer.add(truth, List.of(found(100, 10, 0.9), found(600, 80, 0.4)));
    assertThat(scorer.scores().from(0.5).byHeight())
        .containsExactly(
            Map.entry(HeightRange.BELOW_10, new WorkingPoint.Recall(1, 0)),
            Map.entry(HeightRange.FROM_10, new WorkingPoint.Recall(2, 1)),
            Map.entry(HeightRange.FROM_20, new WorkingPoint.Recall(1, 0)),
            Map.entry(HeightRange.FROM_40, new WorkingPoint.Recall(2, 0)),
            Map.entry(HeightRange.FROM_80, new WorkingPoint.Recall(2, 0)));
  }

  @Test
  void gradesAreCountedApart() {
    StillScorer scorer = new StillScorer(0.5, 0);
    scorer.add(
        List.of(
            graded(0, Map.of(Grade.OCCLUSION, 0)),
            graded(100, Map.of(Grade.OCCLUSION, 2, Grade.POSE, 1)),
            graded(200, Map.of(Grade.OCCLUSION, 2)),
            graded(300, Map.of())),
        List.of(found(100, 20, 0.9)));
    assertThat(scorer.scores().from(0.5).byGrade())
        .isEqualTo(
            Map.of(
                Grade.OCCLUSION,
                Map.of(0, new WorkingPoint.Recall(1, 0), 2, new WorkingPoint.Recall(2, 1)),
                Grade.POSE,
                Map.of(1, new WorkingPoint.Recall(1, 1))));
  }

  @Test
  void detectionsOfOneScoreStandOrFallTogetherInTheOrderGiven() {
    StillScorer scorer = new StillScorer(0.5, 0);
    // The first of the four keeps to one false positive an image with precision 1, the third does
    // not: at their score the detector stands at two.
    scorer.add(
        List.of(box(0, 20), box(100, 20)),
        List.of(found(0, 20, 0.5), found(500, 20, 0.5), found(600, 20, 0.5), found(100, 20, 0.5)));
    WorkingPoint point = scorer.scores().within(1).orElseThrow();
    assertThat(point.score()).isEqualTo(0.5);
    assertThat(point.falsePositives()).isEqualTo(2);
    assertThat(point.recall()).isEqualTo(new WorkingPoint.Recall(2, 2));
    // 1/2 * 1 + 1/2 * 2/4.
    assertThat(scorer.scores().averagePrecision()).isEqualTo(0.75, EXACT);
  }

  @Test
  void anEmptyDetectionIsWrong() {
    TruthBox ignored = new TruthBox(Label.FACE, Box.ofSize(0, 0, 9, 9), 9, true, Map.of());
    assertThat(calls(0.5, ignored, new Detection(Label.FACE, Box.ofSize(1, 1, 0, 0), 0.9)))
        .containsExactly(false);
  }

  @Test
  void anOverlapOfZeroIsRefused() {
    assertThatThrownBy(() -> new StillScorer(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Boolean> calls(double leastIou, TruthBox truth, Detection detection) {
    StillScorer scorer = new StillScorer(leastIou, 0);
    scorer.add(List.of(truth), List.of(detection));
    return scorer.scores().calls().stream().map(Scores.Call::right).toList();
  }

  private static TruthBox box(double x, double height) {
    return new TruthBox(Label.FACE, Box.ofSize(x, 0, 20, height), height, false, Map.of());
  }

  private static TruthBox graded(double x, Map<Grade, Integer> grades) {
    return new TruthBox(Label.FACE, Box.ofSize(x, 0, 20, 20), 20, false, grades);
  }

  private static Detection found(double x, double height, double score) {
    return new Detection(Label.FACE, Box.ofSize(x, 0, 20, height), score);
  }
}
