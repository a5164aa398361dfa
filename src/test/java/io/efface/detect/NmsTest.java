package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NmsTest {
  private static final double IOU = 0.45;

  @Test
  void theBetterOfTwoOverlappingBoxesStays() {
    Candidates candidates = new Candidates();
    candidates.addSides(Label.FACE, 0.5f, 0, 0, 10, 10);
    candidates.addSides(Label.FACE, 0.9f, 1, 0, 11, 10);
    assertThat(kept(new Nms(IOU, 1), candidates)).containsExactly(1);
  }

  @Test
  void classesDoNotSuppressOneAnother() {
    Candidates candidates = new Candidates();
    candidates.addSides(Label.FACE, 0.5f, 0, 0, 10, 10);
    candidates.addSides(Label.PLATE, 0.9f, 0, 0, 10, 10);
    assertThat(kept(new Nms(IOU, 1), candidates)).containsExactly(1, 0);
  }

  @Test
  void aBoxInsideAnotherStaysUnlessAskedOtherwise() {
    Candidates candidates = new Candidates();
    candidates.addSides(Label.FACE, 0.9f, 0, 0, 100, 100);
    candidates.addSides(Label.FACE, 0.5f, 10, 10, 30, 30);
    assertThat(kept(new Nms(IOU, 1), candidates)).containsExactly(0, 1);
    assertThat(kept(new Nms(IOU, 0.8), candidates)).containsExactly(0);
  }

  @Test
  void boxesThatCoverNothingAreLeftOut() {
    Candidates candidates = new Candidates();
    candidates.addSides(Label.FACE, 0.9f, 5, 5, 5, 9);
    candidates.addSides(Label.FACE, 0.9f, 5, 9, 9, 5);
    assertThat(candidates.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aBoxThatIsSomewhereNobodyKnowsIsRefused(float odd) {
    Candidates candidates = new Candidates();
    for (int k = 0; k < 4; k++) {
      float[] box = {5, 5, 9, 9};
      box[k] = odd;
      assertThatThrownBy(
              () -> candidates.addCentred(Label.FACE, 0.9f, box[0], box[1], box[2], box[3]))
          .isInstanceOf(DetectionException.class)
          .hasMessageContaining("not finite");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatStaysDoesNotOverlapAndWhatGoesDoes(long seed) {
    Random random = new Random(seed);
    Candidates candidates = new Candidates();
    for (int i = 0; i < 700; i++) {
      candidates.addCentred(
          random.nextBoolean() ? Label.FACE : Label.PLATE,
          random.nextFloat(),
          random.nextFloat() * 300,
          random.nextFloat() * 300,
          5 + random.nextFloat() * 60,
          5 + random.nextFloat() * 60);
    }
    List<Integer> kept = kept(new Nms(IOU, 1), candidates);
    for (int k = 1; k < kept.size(); k++) {
      assertThat(candidates.score(kept.get(k)))
          .isLessThanOrEqualTo(candidates.score(kept.get(k - 1)));
    }
    for (int i = 0; i < candidates.size(); i++) {
      boolean covered = false;
      for (int j : kept) {
        boolean better = candidates.score(j) > candidates.score(i);
        covered |=
            better && candidates.label(i) == candidates.label(j) && iou(candidates, i, j) > IOU;
      }
      assertThat(kept.contains(i)).isEqualTo(!covered);
    }
  }

  private static double iou(Candidates c, int a, int b) {
    float shared = c.shared(a, b);
    return shared / (c.area(a) + c.area(b) - shared);
  }

  private static List<Integer> kept(Nms nms, Candidates candidates) {
    int count = nms.run(candidates);
    List<Integer> kept = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      kept.add(nms.kept(k));
    }
    return kept;
  }
}
