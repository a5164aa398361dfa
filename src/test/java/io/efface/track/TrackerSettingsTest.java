package io.efface.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.efface.detect.OperatingPoint;
import org.junit.jupiter.api.Test;

class TrackerSettingsTest {

  @Test
  void settingsThatContradictEachOtherAreRefusedByName() {
    TrackerSettings settings = TrackerSettings.of(new OperatingPoint(0.6, 0.2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OtherSettings.horizon(settings, 1))
        .withMessageContaining("horizonSeconds");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withExtension(2, 1))
        .withMessageContaining("edgeSeconds");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OtherSettings.maxGap(settings, -1))
        .withMessageContaining("maxGapSeconds");
  }

  @Test
  void oneChangeLeavesTheRest() {
    TrackerSettings settings =
        new TrackerSettings(new OperatingPoint(0.6, 0.2), 2, 0.7, 0.5, 1.5, 3);
    assertThat(settings.withExtension(0.1, 0.2))
        .isEqualTo(new TrackerSettings(new OperatingPoint(0.6, 0.2), 2, 0.7, 0.1, 0.2, 3));
  }

  @Test
  void scoresAreMultipliedAndTimesAreNot() {
    TrackerSettings settings = TrackerSettings.of(new OperatingPoint(0.6, 0.2, 0.5, 0.8));
    TrackerSettings half = settings.withScores(settings.scores().times(0.5));
    assertThat(half.scores().startScore()).isEqualTo(0.3);
    assertThat(half.scores().continueScore()).isEqualTo(0.1);
    assertThat(half.scores().typicalScore()).isEqualTo(0.25);
    assertThat(half.scores().largeScore()).isEqualTo(0.4);
    assertThat(half.scores().steadyScore()).isEqualTo(0.2);
    assertThat(half.withScores(half.scores().times(1))).isEqualTo(half);
    assertThat(half.horizonSeconds()).isEqualTo(settings.horizonSeconds());
    assertThat(half.steadySeconds()).isEqualTo(settings.steadySeconds());
  }
}
