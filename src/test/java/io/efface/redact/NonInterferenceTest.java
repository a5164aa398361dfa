package io.efface.redact;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.media.VideoFrame;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * That nothing of what was inside has a part in what comes out, for films of random size, layout,
 * orientation and objects, as planned by the program: overlapping, cut by the border, larger than
 * the picture, thinner than a pixel.
 */
class NonInterferenceTest {
  private static final int SEEDS = 25;
  private static final int FILMS_A_SEED = 10;
  private static final int FRAMES = 2;

  /** What takes the place of the samples inside. */
  private enum Other {
    NOISE,
    DARKEST,
    LIGHTEST,
    INVERTED
  }

  private static final List<Other> OTHERS = List.of(Other.values());

  static LongStream seeds() {
    return new Random(41).longs(SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsInsideHasNoPartInAnyPlane(long seed) {
    Random random = new Random(seed);
    for (int film = 0; film < FILMS_A_SEED; film++) {
      long mosaicSeed = random.nextLong();
      try (Redactor one = new Redactor(film, mosaicSeed);
          Redactor two = new Redactor(film, mosaicSeed)) {
        for (int i = 0; i < FRAMES; i++) {
          VideoFrame frame = Pictures.random(random);
          List<Region> regions = regions(frame, random);
          VideoFrame other = Pictures.copy(frame);
          change(other, regions, random);
          one.redact(frame, regions);
          two.redact(other, regions);
          assertThat(Pictures.samples(other))
              .as("%s, %dx%d", frame.layout(), frame.width(), frame.height())
              .isEqualTo(Pictures.samples(frame));
        }
      }
    }
  }

  /** Up to eight objects of both kinds, grown by a random margin, with either style. */
  private static List<Region> regions(VideoFrame frame, Random random) {
    List<Region> regions = new ArrayList<>();
    double margin = random.nextInt(3) == 0 ? 0 : random.nextDouble();
    int count = 1 + random.nextInt(8);
    for (int track = 0; track < count; track++) {
      Map<Label, Style> styles = new EnumMap<>(Label.class);
      for (Label label : Label.values()) {
        styles.put(label, random.nextInt(3) == 0 ? new Style.Solid(9, 99, 199) : new Style.Blur());
      }
      RegionPlanner planner =
          new RegionPlanner(margin, styles, frame.uprightWidth(), frame.uprightHeight());
      Label label = random.nextBoolean() ? Label.FACE : Label.PLATE;
      regions.add(planner.plan(track, label, object(frame, random)));
    }
    return regions;
  }

  private static Box object(VideoFrame frame, Random random) {
    double largest = random.nextInt(6) == 0 ? 1.5 : 0.3;
    return Box.around(
        frame.uprightWidth() * (1.2 * random.nextDouble() - 0.1),
        frame.uprightHeight() * (1.2 * random.nextDouble() - 0.1),
        frame.uprightWidth() * largest * random.nextDouble(),
        frame.uprightHeight() * largest * random.nextDouble());
  }

  private static void change(VideoFrame frame, List<Region> regions, Random random) {
    int most = (1 << frame.layout().bitDepth()) - 1;
    Other other = OTHERS.get(random.nextInt(OTHERS.size()));
    for (int p = 0; p < frame.planes().size(); p++) {
      for (int y = 0; y < frame.planes().get(p).height(); y++) {
        for (int x = 0; x < frame.planes().get(p).width(); x++) {
          if (Pictures.touched(frame, regions, p, x, y, 0)) {
            int value =
                switch (other) {
                  case NOISE -> random.nextInt(most + 1);
                  case DARKEST -> 0;
                  case LIGHTEST -> most;
                  case INVERTED -> most - Pictures.get(frame, p, x, y);
                };
            Pictures.set(frame, p, x, y, value);
          }
        }
      }
    }
  }
}
