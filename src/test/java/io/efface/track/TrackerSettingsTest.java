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
        .isThrownBy(() -> settings.withHorizonSeconds(1))
        .withMessageContaining("horizonSeconds");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withExtension(2, 1))
        .withMessageContaining("edgeSeconds");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withMaxGapSeconds(-1))
        .withMessageContaining("maxGapSeconds");
  }

  @Test
  void oneChangeLeavesTheRest() {
    TrackerSettings settings =
        TrackerSettings.of(new OperatingPoint(0.6, 0.2)).withMaxGapSeconds(0.7);
    assertThat(settings.maxGapSeconds()).isEqualTo(0.7);
    assertThat(settings.withExtension(0.1, 0.2).withHorizonSeconds(3).withSteadySeconds(2))
        .isEqualTo(new TrackerSettings(new OperatingPoint(0.6, 0.2), 2, 0.7, 0.1, 0.2, 3));
  }
}
