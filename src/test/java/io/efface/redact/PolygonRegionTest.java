package io.efface.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.geometry.Box;
import io.efface.geometry.Point;
import io.efface.geometry.Polygon;
import io.efface.media.PixelLayout;
import io.efface.media.PixelLayout.ColourModel;
import io.efface.media.Plane;
import io.efface.media.VideoFrame;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Polygons keep what is promised of regions, whatever the outline, layout and orientation. */
class PolygonRegionTest {
  private static final int SEEDS = 12;
  private static final int PICTURES_A_SEED = 6;

  static LongStream seeds() {
    return new Random(43).longs(SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everySampleThatThePolygonTouchesIsFilledAndNoOther(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < PICTURES_A_SEED; i++) {
      VideoFrame frame = Pictures.random(random);
      VideoFrame before = Pictures.copy(frame);
      List<Region> regions = zones(frame, random, new Style.Solid(255, 255, 255));
      try (Redactor redactor = new Redactor(1, 2)) {
        redactor.redact(frame, regions);
      }
      for (int p = 0; p < frame.planes().size(); p++) {
        int fill = SolidFill.sample(new Style.Solid(255, 255, 255), frame, p);
        Plane plane = frame.planes().get(p);
        for (int y = 0; y < plane.height(); y++) {
          for (int x = 0; x < plane.width(); x++) {
            assertThat(Pictures.get(frame, p, x, y))
                .isEqualTo(
                    Pictures.touched(frame, regions, p, x, y, 0)
                        ? fill
                        : Pictures.get(before, p, x, y));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsInsideHasNoPartInBlurAndSolid(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < PICTURES_A_SEED; i++) {
      VideoFrame frame = Pictures.random(random);
      List<Region> regions = zones(frame, random, new Style.Blur(), new Style.Solid(40, 80, 120));
      regions.addAll(Pictures.regions(frame, random, new Style.Blur(), new Style.Solid(1, 2, 3)));
      VideoFrame other = Pictures.copy(frame);
      Pictures.scramble(other, regions, random);
      VideoFrame before = Pictures.copy(frame);
      try (Redactor one = new Redactor(1, 2);
          Redactor two = new Redactor(1, 2)) {
        one.redact(frame, regions);
        two.redact(other, regions);
      }
      assertThat(Pictures.samples(other)).isEqualTo(Pictures.samples(frame));
      for (int p = 0; p < frame.planes().size(); p++) {
        Plane plane = frame.planes().get(p);
        for (int y = 0; y < plane.height(); y++) {
          for (int x = 0; x < plane.width(); x++) {
            if (!Pictures.touched(frame, regions, p, x, y, Footprint.MAX_FEATHER_PX + 8)) {
              assertThat(Pictures.get(frame, p, x, y)).isEqualTo(Pictures.get(before, p, x, y));
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aMosaicOfAPolygonHasNoMoreColoursThanCells(long seed) {
    Random random = new Random(seed);
    VideoFrame frame = Pictures.random(random);
    List<Region> regions = zones(frame, random, new Style.Mosaic(3)).subList(0, 1);
    VideoFrame later = Pictures.copy(frame);
    Pictures.scramble(later, regions, random);
    try (Redactor redactor = new Redactor(1, 2)) {
      redactor.redact(frame, regions);
      redactor.redact(later, regions);
    }
    assertThat(Pictures.samples(later)).as("frozen").isEqualTo(Pictures.samples(frame));
    for (int p = 0; p < frame.planes().size(); p++) {
      Plane plane = frame.planes().get(p);
      Set<Integer> colours = new HashSet<>();
      for (int y = 0; y < plane.height(); y++) {
        for (int x = 0; x < plane.width(); x++) {
          if (Pictures.touched(frame, regions, p, x, y, 0)) {
            colours.add(Pictures.get(frame, p, x, y));
          }
        }
      }
      assertThat(colours.size()).isLessThanOrEqualTo(9);
    }
  }

  @Test
  void theNotchOfAPolygonStaysOpen() {
    VideoFrame frame =
        VideoFrame.allocate(new PixelLayout(ColourModel.YUV, 1, 1, 8, false), 160, 120);
    Pictures.flat(frame, 50, 100, 150);
    Polygon cup =
        new Polygon(
            List.of(
                new Point(20, 20),
                new Point(40, 20),
                new Point(40, 80),
                new Point(120, 80),
                new Point(120, 20),
                new Point(140, 20),
                new Point(140, 100),
                new Point(20, 100)));
    try (Redactor redactor = new Redactor(1, 2)) {
      redactor.redact(frame, List.of(Region.of(-1, new Style.Solid(255, 255, 255), cup)));
    }
    assertThat(Pictures.get(frame, 0, 80, 50)).isEqualTo(50);
    assertThat(Pictures.get(frame, 0, 48, 50)).as("beyond the codec's reach").isEqualTo(50);
    assertThat(Pictures.get(frame, 0, 47, 50)).as("within the codec's reach").isEqualTo(235);
    assertThat(Pictures.get(frame, 0, 80, 71)).isEqualTo(50);
    assertThat(Pictures.get(frame, 0, 80, 72)).isEqualTo(235);
    assertThat(Pictures.get(frame, 0, 11, 11)).isEqualTo(50);
    assertThat(Pictures.get(frame, 0, 12, 12)).isEqualTo(235);
  }

  @Test
  void onlyAPolygonHasAnOutline() {
    assertThatThrownBy(
            () -> new Region(1, new Style.Blur(), Region.Shape.POLYGON, new Box(0, 0, 9, 9)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Region> zones(VideoFrame frame, Random random, Style... styles) {
    List<Region> zones = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 1; i <= count; i++) {
      zones.add(Region.of(-i, styles[random.nextInt(styles.length)], Pictures.star(frame, random)));
    }
    return zones;
  }
}
