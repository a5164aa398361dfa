package io.efface.track;

import static io.efface.track.Film.face;
import static org.assertj.core.api.Assertions.assertThat;

import io.efface.detect.Detection;
import io.efface.detect.OperatingPoint;
import io.efface.geometry.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random objects under a detector that misses, errs and invents. */
class TrackerSimulationTest {
  private static final int FRAMES = 250;

  /** An object that turns slowly, bounces off nothing, and may leave the picture. */
  private static final class Walker {
    private final double size;
    private final double skill;
    private double x;
    private double y;
    private double vx;
    private double vy;
    private int missing;

    Walker(Random random) {
      size = 14 + 80 * random.nextDouble() * random.nextDouble();
      skill = 0.4 + 0.45 * random.nextDouble();
      x = Film.WIDTH * random.nextDouble();
      y = Film.HEIGHT * random.nextDouble();
      vx = 3 * random.nextGaussian();
      vy = 1.5 * random.nextGaussian();
    }

    Box step(Random random) {
      vx += 0.1 * random.nextGaussian();
      vy += 0.1 * random.nextGaussian();
      x += vx;
      y += vy;
      return face(x, y, size, 1).box();
    }

    boolean missed(Random random) {
      if (missing > 0) {
        missing--;
        return true;
      }
      if (random.nextDouble() < 0.02) {
        missing = random.nextInt(20);
      }
      return random.nextDouble() < 0.3;
    }
  }

  private record World(Film film, List<List<Box>> truth) {}

  private static World world(long seed) {
    Random random = new Random(seed);
    List<Walker> walkers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      walkers.add(new Walker(random));
    }
    double shake = 4 * random.nextDouble();
    List<List<Box>> truth = new ArrayList<>();
    Film film =
        Film.of(
            FRAMES,
            f -> {
              double cameraX = 100 * Math.sin(f / 40.0) + shake * random.nextGaussian();
              double cameraY = shake * random.nextGaussian();
              List<Box> boxes = new ArrayList<>();
              List<Detection> found = new ArrayList<>();
              for (Walker walker : walkers) {
                Box box = walker.step(random).translate(cameraX, cameraY);
                boolean missed = walker.missed(random);
                double visible = box.clip(Film.WIDTH, Film.HEIGHT).area() / box.area();
                if (visible > 0.6) {
                  boxes.add(box);
                }
                if (!missed && visible > 0.6) {
                  double score = walker.skill + 0.15 * random.nextGaussian();
                  found.add(noisy(box, Math.max(0.02, Math.min(0.98, score)), random));
                }
              }
              for (int i = random.nextInt(4); i > 0; i--) {
                found.add(
                    face(
                        Film.WIDTH * random.nextDouble(),
                        Film.HEIGHT * random.nextDouble(),
                        15 + 60 * random.nextDouble(),
                        0.5 * random.nextDouble()));
              }
              truth.add(boxes);
              return found;
            });
    return new World(film, truth);
  }

  private static Detection noisy(Box box, double score, Random random) {
    double sd = 0.03 * box.width();
    double shrink = random.nextInt(30) == 0 ? 0.5 : 1;
    return face(
        Box.around(
            box.centreX() + sd * random.nextGaussian(),
            box.centreY() + sd * random.nextGaussian(),
            shrink * (box.width() + sd * random.nextGaussian()),
            shrink * (box.height() + sd * random.nextGaussian())),
        score);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void trackingCoversWhatDetectionsAloneExpose(long seed) {
    World world = world(seed);
    List<SealedFrame> tracked = world.film().track();
    // Even with every weak detection taken at its word, frame by frame.
    TrackerSettings alone = TrackerSettings.of(new OperatingPoint(0.15, 0.15)).withExtension(0, 0);
    List<SealedFrame> untracked = world.film().track(OtherSettings.maxGap(alone, 0));
    double with = covered(world, tracked);
    double without = covered(world, untracked);
    double area = area(tracked) / truthArea(world);
    assertThat(with).as("with tracking").isGreaterThan(0.88);
    assertThat(without).as("without").isLessThan(0.7);
    assertThat(area).as("area covered, relative to the objects'").isLessThan(1.5);
  }

  private static double covered(World world, List<SealedFrame> frames) {
    int all = 0;
    int good = 0;
    for (int f = 0; f < FRAMES; f++) {
      for (Box box : world.truth().get(f)) {
        all++;
        if (Film.coverage(frames.get(f), box) >= 0.9) {
          good++;
        }
      }
    }
    return (double) good / all;
  }

  private static double area(List<SealedFrame> frames) {
    return frames.stream()
        .flatMap(frame -> frame.objects().stream())
        .mapToDouble(o -> o.box().clip(Film.WIDTH, Film.HEIGHT).area())
        .sum();
  }

  private static double truthArea(World world) {
    return world.truth().stream()
        .flatMap(List::stream)
        .mapToDouble(box -> box.clip(Film.WIDTH, Film.HEIGHT).area())
        .sum();
  }
}
