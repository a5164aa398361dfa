package io.efface.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.detect.Label;
import io.efface.manifest.Decision;
import io.efface.track.TrackPoint.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DensityTest {

  @Test
  void countsWhatIsThereInTheSameMoment() {
    assertThat(density(track(0, 2), track(2, 3), track(3.2, 3.4), track(3.6, 3.8)))
        .containsExactly(1, 1, 2, 1, 0, 0, 0, 0, 0, 0);
    assertThat(density(track(1, 1), track(9, 9.9))).containsExactly(0, 1, 0, 0, 0, 0, 0, 0, 0, 1);
    assertThat(density()).containsOnly(0);
  }

  @Test
  void agreesWithCountingEachMoment() {
    Random random = new Random(3);
    for (int round = 0; round < 50; round++) {
      List<TrackSummary> tracks = new ArrayList<>();
      for (int i = random.nextInt(30); i >= 0; i--) {
        double from = random.nextInt(100) / 10.0;
        tracks.add(track(from, Math.min(9.9, from + random.nextInt(30) / 10.0)));
      }
      int[] expected = new int[10];
      for (TrackSummary other : tracks) {
        for (double moment : new double[] {other.firstSeconds(), other.lastSeconds()}) {
          raise(expected, tracks, moment);
        }
      }
      for (int bin = 0; bin < 10; bin++) {
        raise(expected, tracks, bin);
      }
      assertThat(density(tracks.toArray(TrackSummary[]::new))).isEqualTo(expected);
    }
  }

  private static void raise(int[] most, List<TrackSummary> tracks, double moment) {
    int there =
        (int)
            tracks.stream()
                .filter(t -> t.firstSeconds() <= moment && moment <= t.lastSeconds())
                .count();
    most[(int) moment] = Math.max(most[(int) moment], there);
  }

  private static int[] density(TrackSummary... tracks) {
    return Density.of(List.of(tracks), 10, seconds -> (int) seconds);
  }

  private static TrackSummary track(double from, double to) {
    return new TrackSummary(
        1, Label.FACE, Decision.REDACT, from, to, 1, 1, Map.of(Origin.DETECTED, 1L));
  }
}
