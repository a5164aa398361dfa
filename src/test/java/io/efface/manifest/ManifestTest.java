package io.efface.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.track.Track;
import io.efface.track.TrackPoint;
import io.efface.track.TrackPoint.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

  @Test
  void redactsAllTracksButThoseKept() {
    assertThat(Manifests.small().redacted()).extracting(Track::id).containsExactly(1);
  }

  @Test
  void sortsTracksAndClasses() {
    assertThat(Manifests.small().tracks()).extracting(e -> e.track().id()).containsExactly(1, 2);
    assertThat(Manifests.small().classes()).containsExactly(Label.FACE, Label.PLATE);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void roundingMovesEdgesByHalfAHundredthAtMostAndHappensOnce(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      double scale = Math.pow(10, random.nextInt(7));
      Box box =
          Box.ofSize(
              random.nextGaussian() * scale,
              random.nextGaussian() * scale,
              random.nextDouble() * scale,
              random.nextDouble() * scale);
      TrackPoint point = new TrackPoint(0, 0, box, random.nextDouble(), Origin.DETECTED);
      TrackPoint rounded = Precision.rounded(point);
      assertThat(Math.abs(rounded.box().left() - box.left())).isLessThan(0.00501);
      assertThat(Math.abs(rounded.box().right() - box.right())).isLessThan(0.00501);
      assertThat(Math.abs(rounded.box().bottom() - box.bottom())).isLessThan(0.00501);
      assertThat(Math.abs(rounded.score() - point.score())).isLessThan(0.0000501);
      assertThat(Precision.rounded(rounded)).isSameAs(rounded);
    }
  }

  @Test
  void refusesAbsurdPoints() {
    assertThatThrownBy(() -> entry(Box.ofSize(2e7, 0, 1, 1), 0.5)).hasMessageContaining("an edge");
    assertThatThrownBy(() -> entry(Box.ofSize(0, 0, 1, 1), Double.NaN))
        .hasMessageContaining("a point's score");
    assertThatThrownBy(() -> new Decision.Keep(" ")).hasMessageContaining("the reason");
  }

  @Test
  void writesNumbersInAsFewDigitsAsTheyNeed() {
    assertThat(Precision.decimal(1.0, 2)).isEqualTo("1");
    assertThat(Precision.decimal(100, 2)).isEqualTo("100");
    assertThat(Precision.decimal(-0.001, 2)).isEqualTo("0");
    assertThat(Precision.decimal(-12.346, 2)).isEqualTo("-12.35");
    assertThat(Precision.decimal(9_999_999.99, 2)).isEqualTo("9999999.99");
    assertThat(Precision.decimal(0.5, 4)).isEqualTo("0.5");
  }

  @Test
  void knowsAFileByItsBytes(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "abc");
    assertThat(FileIdentity.of(file))
        .isEqualTo(
            new FileIdentity(
                "a.txt", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3));
  }

  @Test
  void aNameWithHalfASurrogatePairBecomesStorable() {
    assertThat(new FileIdentity("a\ud800b", Manifests.SHA256, 0).name()).isEqualTo("a?b");
  }

  private static Manifest.Entry entry(Box box, double score) {
    TrackPoint point = new TrackPoint(0, 0, box, score, Origin.DETECTED);
    return new Manifest.Entry(new Track(1, Label.FACE, List.of(point)), Decision.REDACT);
  }
}
