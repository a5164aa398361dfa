package io.efface.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.geometry.Polygon;
import io.efface.media.VideoFrame;
import io.efface.redact.Pictures;
import io.efface.redact.Redactor;
import io.efface.redact.Region;
import io.efface.redact.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionWipeTest {
  private static final Style[] STYLES = {
    new Style.Blur(), new Style.Solid(200, 30, 90), new Style.Mosaic(4)
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anHonestFillStaysTheSame(long seed) {
    Random random = new Random(seed);
    RegionWipe wipe = new RegionWipe();
    for (int i = 0; i < 40; i++) {
      VideoFrame plain = Pictures.random(random);
      VideoFrame wiped = Pictures.copy(plain);
      List<Region> regions = new ArrayList<>(Pictures.regions(plain, random, STYLES));
      regions.add(zone(Pictures.star(plain, random)));
      wipe.wipe(wiped, regions);
      redact(plain, regions);
      redact(wiped, regions);
      assertThat(Pictures.samples(wiped)).isEqualTo(Pictures.samples(plain));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whatLiesWellInsideIsGone(long seed) {
    Random random = new Random(seed);
    RegionWipe wipe = new RegionWipe();
    int gone = 0;
    for (int i = 0; i < 20; i++) {
      VideoFrame frame = Pictures.random(random);
      List<Region> regions =
          Pictures.regions(frame, random, new Style.Blur()).stream()
              .filter(region -> region.box().width() > 20 && region.box().height() > 20)
              .toList();
      Pictures.flat(frame, 77, 78, 79);
      wipe.wipe(frame, regions);
      gone += gone(frame, regions);
    }
    assertThat(gone).isGreaterThan(1000);
  }

  /** Counts samples of which a shape, less than half as wide a pixel, still touches the pixels. */
  private static int gone(VideoFrame frame, List<Region> regions) {
    int highest = (1 << frame.layout().bitDepth()) - 1;
    int gone = 0;
    for (int p = 0; p < frame.planes().size(); p++) {
      for (int y = 0; y < frame.planes().get(p).height(); y++) {
        for (int x = 0; x < frame.planes().get(p).width(); x++) {
          if (Pictures.touched(frame, regions, p, x, y, -6)) {
            assertThat(Pictures.get(frame, p, x, y)).isIn(0, highest);
            gone++;
          }
        }
      }
    }
    return gone;
  }

  private static Region zone(Polygon outline) {
    return new Region(
        -1,
        new Style.Blur(),
        Region.Shape.POLYGON,
        outline.bounds().grow(8, 8),
        Optional.of(outline));
  }

  private static void redact(VideoFrame frame, List<Region> regions) {
    try (Redactor redactor = new Redactor(Redactor.GRAIN_SEED, 5)) {
      redactor.redact(frame, regions);
    }
  }
}
