package io.efface.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShotDetectorTest {
  private static final int W = ShotDetector.WIDTH;
  private static final int H = ShotDetector.HEIGHT;

  /** A large world of soft blobs and hard edges, seen through a window. */
  private static final class World {
    private static final int SIDE = 400;
    private final double[] luma = new double[SIDE * SIDE];

    World(long seed) {
      Random random = new Random(seed);
      double base = 60 + 100 * random.nextDouble();
      Arrays.fill(luma, base);
      for (int i = 0; i < 900; i++) {
        int w = 3 + random.nextInt(i < 60 ? 60 : 14);
        int h = 3 + random.nextInt(i < 60 ? 60 : 14);
        int x0 = random.nextInt(SIDE - w);
        int y0 = random.nextInt(SIDE - h);
        double value = Math.max(5, Math.min(220, base + 50 * random.nextGaussian()));
        for (int y = y0; y < y0 + h; y++) {
          Arrays.fill(luma, y * SIDE + x0, y * SIDE + x0 + w, value);
        }
      }
    }

    byte[] at(double x, double y, double gain, double lift, Random noise) {
      byte[] picture = new byte[W * H];
      for (int j = 0; j < H; j++) {
        for (int i = 0; i < W; i++) {
          double value = luma[((int) y + j) * SIDE + (int) x + i];
          value = value * gain + lift + 2 * noise.nextGaussian();
          picture[j * W + i] = (byte) Math.round(Math.max(0, Math.min(255, value)));
        }
      }
      return picture;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aHardCutIsSeenOnceAndAtItsFrame(long seed) {
    Random noise = new Random(seed);
    World one = new World(2 * seed);
    World two = new World(2 * seed + 1);
    ShotDetector detector = new ShotDetector();
    for (int f = 0; f < 40; f++) {
      World world = f < 20 ? one : two;
      assertThat(detector.isCut(world.at(100 + f, 100, 1, 0, noise)))
          .as("frame %d", f)
          .isEqualTo(f == 20);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 12, 18})
  void aPanIsNoCut(int step) {
    World world = new World(50);
    Random noise = new Random(1);
    ShotDetector detector = new ShotDetector();
    for (int f = 0; f < 18; f++) {
      double start = f < 5 ? 0 : f - 5;
      assertThat(detector.isCut(world.at(5 + step * start, 100 + 3 * start, 1, 0, noise)))
          .as("frame %d", f)
          .isFalse();
    }
  }

  @Test
  void aFlashIsNoCut() {
    World world = new World(60);
    Random noise = new Random(1);
    ShotDetector detector = new ShotDetector();
    for (int f = 0; f < 60; f++) {
      double lift = f % 15 == 10 ? 110 : f % 15 == 11 ? 60 : 0;
      assertThat(detector.isCut(world.at(100, 100, f % 15 == 10 ? 1.6 : 1, lift, noise)))
          .as("frame %d", f)
          .isFalse();
    }
  }

  @Test
  void aCutToAMuchBrighterShotIsNoticedLateAndSaysSo() {
    World dark = new World(64);
    World bright = new World(65);
    Random noise = new Random(1);
    ShotDetector detector = new ShotDetector();
    List<Integer> cuts = new ArrayList<>();
    for (int f = 0; f < 40; f++) {
      byte[] picture =
          f < 20 ? dark.at(100, 100, 0.4, 0, noise) : bright.at(100, 100, 1.2, 90, noise);
      if (detector.isCut(picture)) {
        cuts.add(f - detector.late());
      }
    }
    assertThat(cuts).containsExactly(20);
    assertThat(detector.late()).isPositive();
  }

  @Test
  void aWhiteOrBlackPictureInAShotIsNoCutButANewSceneAfterItIs() {
    World one = new World(70);
    World two = new World(71);
    Random noise = new Random(1);
    ShotDetector detector = new ShotDetector();
    for (int f = 0; f < 40; f++) {
      boolean blank = f % 10 >= 8;
      World world = f < 30 ? one : two;
      double lift = f % 20 < 10 ? 255 : 0;
      assertThat(detector.isCut(world.at(100, 100, blank ? 0 : 1, blank ? lift : 0, noise)))
          .as("frame %d", f)
          .isEqualTo(f == 30);
    }
  }

  @Test
  void aShotThatFadesInFromBlackBeginsBeforeItCanBeJudged() {
    World one = new World(72);
    World two = new World(73);
    Random noise = new Random(1);
    ShotDetector detector = new ShotDetector();
    List<Integer> leftOff = new ArrayList<>();
    List<Integer> cuts = new ArrayList<>();
    for (int f = 0; f < 60; f++) {
      double gain = f < 20 ? 1 : Math.max(0, Math.min(1, (f - 25) / 25.0));
      if (detector.isCut((f < 20 ? one : two).at(100, 100, gain, 0, noise))) {
        cuts.add(f);
      }
      if (detector.leftOff()) {
        leftOff.add(f);
      }
    }
    assertThat(cuts).singleElement().satisfies(f -> assertThat(f).isGreaterThan(25));
    assertThat(cuts.get(0) - detector.late()).as("the first black frame").isEqualTo(20);
    assertThat(leftOff).containsExactly(20);
  }

  @Test
  void aBigObjectThatPassesIsNoCut() {
    World world = new World(80);
    World object = new World(81);
    Random noise = new Random(1);
    ShotDetector detector = new ShotDetector();
    int width = W * 6 / 10;
    for (int f = 0; f < 40; f++) {
      byte[] picture = world.at(100, 100, 1, 0, noise);
      byte[] front = object.at(100, 100, 1, 0, noise);
      int left = -width + (f - 10) * 9;
      for (int y = 0; y < H; y++) {
        for (int x = Math.max(0, left); x < Math.min(W, left + width); x++) {
          picture[y * W + x] = front[y * W + x - left];
        }
      }
      assertThat(detector.isCut(picture)).as("frame %d", f).isFalse();
    }
  }

  @Test
  void aStormOfNoiseIsNoSeriesOfCuts() {
    ShotDetector detector = new ShotDetector();
    Random random = new Random(4);
    int cuts = 0;
    for (int f = 0; f < 40; f++) {
      byte[] picture = new byte[W * H];
      random.nextBytes(picture);
      cuts += detector.isCut(picture) ? 1 : 0;
    }
    assertThat(cuts).isLessThan(12);
  }

  @Test
  void aPictureOfTheWrongSizeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ShotDetector().isCut(new byte[10]))
        .withMessageContaining("10 values");
  }
}
