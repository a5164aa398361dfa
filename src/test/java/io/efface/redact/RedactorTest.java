package io.efface.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.geometry.Box;
import io.efface.media.ColourMatrix;
import io.efface.media.PixelLayout;
import io.efface.media.PixelLayout.ColourModel;
import io.efface.media.Plane;
import io.efface.media.VideoFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a redactor promises for every picture and every set of regions. */
class RedactorTest {
  private static final Style BLUR = new Style.Blur();
  private static final Style SOLID = new Style.Solid(200, 30, 60);
  private static final Style NUMBER = new Style.Numbered();
  private static final Style MOSAIC = new Style.Mosaic(5);
  private static final PixelLayout YUV420 = new PixelLayout(ColourModel.YUV, 1, 1, 8, false);

  static long[] seeds() {
    return new Random(7).longs(24).toArray();
  }

  private static void redact(VideoFrame frame, List<Region> regions) {
    try (Redactor redactor = new Redactor(11, 12)) {
      redactor.redact(frame, regions);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingInsideARegionReachesTheOutput(long seed) {
    Random random = new Random(seed);
    VideoFrame frame = Pictures.random(random);
    List<Region> regions = Pictures.regions(frame, random, BLUR, BLUR, SOLID, NUMBER);
    VideoFrame other = Pictures.copy(frame);
    Pictures.scramble(other, regions, random);
    redact(frame, regions);
    redact(other, regions);
    assertThat(Pictures.samples(other)).isEqualTo(Pictures.samples(frame));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatABlurOrSolidCoversIsNotReadForAMosaic(long seed) {
    Random random = new Random(seed);
    VideoFrame frame = Pictures.random(random);
    List<Region> regions = Pictures.regions(frame, random, BLUR, SOLID, NUMBER, MOSAIC);
    List<Region> sealed =
        regions.stream().filter(region -> !(region.style() instanceof Style.Mosaic)).toList();
    VideoFrame other = Pictures.copy(frame);
    Pictures.scramble(other, sealed, random);
    redact(frame, regions);
    redact(other, regions);
    assertThat(Pictures.samples(other)).isEqualTo(Pictures.samples(frame));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingBeyondTheSoftEdgeChanges(long seed) {
    Random random = new Random(seed);
    VideoFrame frame = Pictures.random(random);
    List<Region> regions = Pictures.regions(frame, random, BLUR, SOLID, NUMBER, MOSAIC);
    VideoFrame before = Pictures.copy(frame);
    redact(frame, regions);
    for (int p = 0; p < frame.planes().size(); p++) {
      Plane plane = frame.planes().get(p);
      for (int y = 0; y < plane.height(); y++) {
        for (int x = 0; x < plane.width(); x++) {
          if (Pictures.get(frame, p, x, y) != Pictures.get(before, p, x, y)) {
            assertThat(Pictures.touched(frame, regions, p, x, y, Footprint.MAX_FEATHER_PX + 1))
                .as("plane %d, column %d, row %d lies near a region", p, x, y)
                .isTrue();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void sameInputGivesSameBytesWhateverWasRedactedBefore(long seed) {
    Random random = new Random(seed);
    VideoFrame frame = Pictures.random(random);
    List<Region> regions = Pictures.regions(frame, random, BLUR, SOLID);
    VideoFrame again = Pictures.copy(frame);
    redact(frame, regions);
    try (Redactor used = new Redactor(11, 12)) {
      VideoFrame earlier = Pictures.random(random);
      used.redact(earlier, Pictures.regions(earlier, random, BLUR, SOLID, MOSAIC));
      used.redact(again, regions);
    }
    assertThat(Pictures.samples(again)).isEqualTo(Pictures.samples(frame));
  }

  @Test
  void everySampleInsideIsReplacedBySomethingThatDoesNotFollowIt() {
    VideoFrame frame = VideoFrame.allocate(YUV420, 128, 128);
    Pictures.noise(frame, new Random(3));
    VideoFrame before = Pictures.copy(frame);
    List<Region> regions = List.of(ellipse(0, BLUR, new Box(20, 20, 100, 110)));
    redact(frame, regions);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    int n = 0;
    for (int y = 0; y < 128; y++) {
      for (int x = 0; x < 128; x++) {
        if (Pictures.touched(frame, regions, 0, x, y, 0)) {
          double a = Pictures.get(before, 0, x, y) - 127.5;
          double b = Pictures.get(frame, 0, x, y) - 127.5;
          xy += a * b;
          xx += a * a;
          yy += b * b;
          n++;
        }
      }
    }
    // Five standard deviations of the correlation of independent samples.
    assertThat(Math.abs(xy / Math.sqrt(xx * yy))).isLessThan(5 / Math.sqrt(n));
    assertThat(yy / n).as("a noisy ring averages out").isLessThan(400);
  }

  @Test
  void aFlatSurroundingGivesItsOwnColour() {
    for (int depth : new int[] {8, 10, 16}) {
      VideoFrame frame =
          VideoFrame.allocate(new PixelLayout(ColourModel.YUV, 1, 1, depth, false), 161, 97);
      int unit = 1 << (depth - 8);
      Pictures.flat(frame, 90 * unit, 110 * unit, 150 * unit);
      List<Region> regions =
          List.of(
              ellipse(0, BLUR, new Box(30.5, 20, 90, 80)),
              ellipse(1, BLUR, new Box(-20, -20, 40, 30)),
              ellipse(2, BLUR, new Box(130, 70, 190, 130)));
      Pictures.scramble(frame, regions, new Random(4));
      redact(frame, regions);
      int[] wanted = {90 * unit, 110 * unit, 150 * unit};
      int worst = 0;
      for (int p = 0; p < 3; p++) {
        Plane plane = frame.planes().get(p);
        for (int y = 0; y < plane.height(); y++) {
          for (int x = 0; x < plane.width(); x++) {
            int off = Math.abs(Pictures.get(frame, p, x, y) - wanted[p]);
            worst = Math.max(worst, off);
          }
        }
      }
      assertThat(worst).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void theFillHasTheGrainOfItsSurrounding() {
    VideoFrame frame = VideoFrame.allocate(YUV420, 200, 200);
    Random random = new Random(5);
    Pictures.flat(frame, 100, 128, 128);
    for (int i = 0; i < 200 * 200; i++) {
      Pictures.set(frame, 0, i % 200, i / 200, (int) Math.round(100 + 2 * random.nextGaussian()));
    }
    redact(frame, List.of(ellipse(0, BLUR, new Box(50, 50, 150, 150))));
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 60 * 60; i++) {
      double v = Pictures.get(frame, 0, 70 + i % 60, 70 + i / 60) - 100;
      sum += v;
      squares += v * v;
    }
    double deviation = Math.sqrt(squares / 3600 - sum / 3600 * (sum / 3600));
    assertThat(deviation).isBetween(1.4, 2.6);
  }

  @Test
  void aPictureThatIsCoveredWhollyBecomesGrey() {
    for (int depth : new int[] {8, 10}) {
      VideoFrame frame =
          VideoFrame.allocate(new PixelLayout(ColourModel.YUV, 1, 1, depth, false), 67, 45);
      Pictures.noise(frame, new Random(6));
      redact(frame, List.of(rectangle(0, BLUR, new Box(-10, -10, 100, 100))));
      assertThat(Pictures.samples(frame)).containsOnly(1 << (depth - 1));
    }
  }

  @Test
  void blankIsUniformGrey() {
    for (int depth : new int[] {8, 10}) {
      VideoFrame frame =
          VideoFrame.allocate(new PixelLayout(ColourModel.YUV, 1, 0, depth, false), 67, 45);
      Pictures.noise(frame, new Random(6));
      try (Redactor redactor = new Redactor(1, 2)) {
        redactor.blank(frame);
      }
      assertThat(Pictures.samples(frame)).containsOnly(1 << (depth - 1));
    }
  }

  @Test
  void solidIsTheColourAsked() {
    Style red = new Style.Solid(255, 0, 0);
    assertThat(centre(new PixelLayout(ColourModel.YUV, 1, 1, 8, false), 64, red))
        .containsExactly(81, 90, 240);
    assertThat(centre(new PixelLayout(ColourModel.YUV, 1, 1, 8, false), 720, red))
        .containsExactly(63, 102, 240);
    assertThat(centre(new PixelLayout(ColourModel.YUV, 0, 0, 10, false), 64, red))
        .containsExactly(326, 361, 960);
    assertThat(centre(new PixelLayout(ColourModel.YUV, 0, 0, 8, true), 64, red))
        .containsExactly(76, 85, 255);
    assertThat(centre(new PixelLayout(ColourModel.GBR, 0, 0, 8, true), 64, SOLID))
        .containsExactly(30, 60, 200);
    assertThat(
            centre(new PixelLayout(ColourModel.GREY, 0, 0, 8, false), 64, new Style.Solid(0, 0, 0)))
        .containsExactly(16);
  }

  @Test
  void solidHeedsThePicturesOwnMatrix() {
    PixelLayout layout = new PixelLayout(ColourModel.YUV, 0, 0, 8, true);
    VideoFrame photo = VideoFrame.allocate(layout, 800, 800).withMatrix(ColourMatrix.BT601);
    redact(photo, List.of(rectangle(0, new Style.Solid(255, 0, 0), new Box(10, 10, 90, 90))));
    assertThat(Pictures.get(photo, 0, 50, 50)).isEqualTo(76);
    assertThat(Pictures.get(photo, 1, 50, 50)).isEqualTo(85);
  }

  private static int[] centre(PixelLayout layout, int side, Style style) {
    VideoFrame frame = VideoFrame.allocate(layout, side, side);
    redact(frame, List.of(rectangle(0, style, new Box(10, 10, side - 10, side - 10))));
    int[] samples = new int[layout.planes()];
    for (int p = 0; p < samples.length; p++) {
      Plane plane = frame.planes().get(p);
      samples[p] = Pictures.get(frame, p, plane.width() / 2, plane.height() / 2);
    }
    return samples;
  }

  @Test
  void aClosedRedactorRefusesWork() {
    Redactor redactor = new Redactor(1, 2);
    redactor.close();
    redactor.close();
    VideoFrame frame = VideoFrame.allocate(YUV420, 8, 8);
    assertThatThrownBy(() -> redactor.redact(frame, List.of()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aThousandFramesKeepMemoryFlat() throws IOException {
    VideoFrame frame = VideoFrame.allocate(YUV420, 96, 64);
    try (Redactor redactor = new Redactor(1, 2)) {
      long before = 0;
      for (int i = 0; i < 1_200; i++) {
        if (i == 200) {
          before = residentBytes();
        }
        redactor.redact(
            frame,
            List.of(
                ellipse(i, MOSAIC, new Box(5, 5, 30, 30)),
                ellipse(i, BLUR, new Box(40, 10, 80, 60))));
      }
      assertThat(residentBytes() - before).isLessThan(96L << 20);
    }
  }

  private static long residentBytes() throws IOException {
    return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ", -1)[1]) * 4096;
  }

  static Region ellipse(int track, Style style, Box box) {
    return new Region(track, style, Region.Shape.ELLIPSE, box);
  }

  static Region rectangle(int track, Style style, Box box) {
    return new Region(track, style, Region.Shape.RECTANGLE, box);
  }
}
