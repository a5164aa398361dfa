package io.efface.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegionSequenceTest {
  private static final RegionPlanner PLANNER =
      new RegionPlanner(
          0.25, Map.of(Label.FACE, new Style.Blur(), Label.PLATE, new Style.Blur()), 1000, 800);

  private final RegionSequence sequence = new RegionSequence(PLANNER);

  @Test
  void aRegionGrowsAtOnceAndShrinksSlowly() {
    plan(Box.around(300, 300, 40, 40));
    Region grown = plan(Box.around(300, 300, 80, 60));
    assertThat(grown).isEqualTo(PLANNER.plan(1, Label.PLATE, Box.around(300, 300, 80, 60)));
    Region shrunk = plan(Box.around(300, 300, 40, 40));
    Box held = Box.around(300, 300, 80 * 0.97, 60 * 0.97);
    assertThat(shrunk).isEqualTo(PLANNER.plan(1, Label.PLATE, held));
  }

  @Test
  void itNeverShrinksFasterAndAlwaysHoldsWhatOneFrameAloneNeeds() {
    Random random = new Random(5);
    double last = 0;
    for (int i = 0; i < 500; i++) {
      Box object =
          Box.around(
              400 + 20 * random.nextGaussian(),
              400 + 20 * random.nextGaussian(),
              60 + 40 * random.nextDouble(),
              60);
      Box region = plan(object).box();
      Box alone = PLANNER.plan(1, Label.PLATE, object).box();
      assertThat(region.intersect(alone).area()).isCloseTo(alone.area(), within(1e-6));
      assertThat(region.width()).isGreaterThan(0.97 * last - 1e-6);
      last = region.width();
    }
  }

  @Test
  void aTrackThatWasAwayBeginsAnew() {
    plan(Box.around(300, 300, 200, 200));
    sequence.nextFrame();
    Box small = Box.around(300, 300, 40, 40);
    assertThat(plan(small)).isEqualTo(PLANNER.plan(1, Label.PLATE, small));
  }

  private Region plan(Box object) {
    sequence.nextFrame();
    return sequence.plan(1, Label.PLATE, object);
  }
}
