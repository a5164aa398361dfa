package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class RationalTest {

  @BeforeAll
  static void loadNatives() {
    FFmpeg.load();
  }

  @Test
  void zeroDenominatorsMeanUnknown() {
    assertThat(Rational.of(3, 0)).isEqualTo(Rational.UNKNOWN);
    assertThat(Rational.UNKNOWN.isKnown()).isFalse();
    assertThat(Rational.of(4, 3).isKnown()).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> new Rational(1, 0));
  }

  @Test
  void ticksAndSecondsGoThereAndBack() {
    Rational broadcast = new Rational(1001, 30000);
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      long ticks = random.nextInt(10_000_000) - 5_000_000L;
      assertThat(broadcast.ticks(broadcast.seconds(ticks))).isEqualTo(ticks);
    }
    assertThat(broadcast).hasToString("1001/30000");
  }

  @Test
  void rescalingRoundsToTheNearestTick() {
    Rational fine = new Rational(1, 90000);
    Rational coarse = new Rational(1, 1000);
    assertThat(FFmpeg.rescale(90000, fine, coarse)).isEqualTo(1000);
    assertThat(FFmpeg.rescale(44, fine, coarse)).isZero();
    assertThat(FFmpeg.rescale(45, fine, coarse)).isEqualTo(1);
    assertThat(FFmpeg.rescale(-45, fine, coarse)).isEqualTo(-1);
    assertThat(FFmpeg.rescale(FFmpeg.NO_PTS, fine, coarse)).isEqualTo(FFmpeg.NO_PTS);
  }
}
