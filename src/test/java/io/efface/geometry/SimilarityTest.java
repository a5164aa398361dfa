package io.efface.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimilarityTest {

  @Test
  void aQuarterTurnAtDoubleSizeMovesAPoint() {
    Similarity turn = new Similarity(0, 2, 10, 20);
    assertThat(turn.x(3, 4)).isEqualTo(10 - 8);
    assertThat(turn.y(3, 4)).isEqualTo(20 + 6);
    assertThat(turn.scale()).isEqualTo(2);
    assertThat(turn.apply(Box.around(3, 4, 5, 7))).isEqualTo(Box.around(2, 26, 10, 14));
  }

  @Test
  void whatIsNoMovementIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Similarity(0, 0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Similarity(1, 0, Double.NaN, 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void movementsAddUpAndGoBack(long seed) {
    Random random = new Random(seed);
    Similarity first = any(random);
    Similarity second = any(random);
    double x = 100 * random.nextGaussian();
    double y = 100 * random.nextGaussian();
    Similarity both = second.after(first);
    assertThat(both.x(x, y)).isCloseTo(second.x(first.x(x, y), first.y(x, y)), within(1e-9));
    assertThat(both.y(x, y)).isCloseTo(second.y(first.x(x, y), first.y(x, y)), within(1e-9));
    assertThat(both.scale()).isCloseTo(first.scale() * second.scale(), within(1e-9));
    Similarity back = both.inverse();
    assertThat(back.x(both.x(x, y), both.y(x, y))).isCloseTo(x, within(1e-9));
    assertThat(back.y(both.x(x, y), both.y(x, y))).isCloseTo(y, within(1e-9));
  }

  private static Similarity any(Random random) {
    double angle = 6 * random.nextDouble();
    double scale = 0.5 + random.nextDouble();
    return new Similarity(
        scale * Math.cos(angle),
        scale * Math.sin(angle),
        50 * random.nextGaussian(),
        50 * random.nextGaussian());
  }
}
