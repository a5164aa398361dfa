package io.efface.redact;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.media.PixelLayout;
import io.efface.media.PixelLayout.ColourModel;
import io.efface.media.VideoFrame;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Prints what redacting a frame costs: milliseconds of the thread's own processor time, the median
 * and the least of many frames of 1920x1080 pixels. Not a test. To run it, compile the tests and
 * start this class on Maven's test class path.
 */
final class RedactorTiming {
  private static final int WIDTH = 1920;
  private static final int HEIGHT = 1080;

  /** Long enough for the compiler to have settled, whatever the case. */
  private static final long WARM_UP_NANOS = 1_500_000_000L;

  private static final int FRAMES = 101;

  private RedactorTiming() {}

  /** Number of objects and their size, in pixels, before the planner's margin. */
  private record Scene(String name, int count, int width, int height) {}

  /** Runs every case; takes no arguments. */
  public static void main(String[] args) {
    List<Scene> scenes =
        List.of(
            new Scene("10 faces of 60x78", 10, 60, 78),
            new Scene("10 faces of 120x150", 10, 120, 150),
            new Scene("1 face of 620x800", 1, 620, 800),
            new Scene("200 faces of 16x20", 200, 16, 20));
    Map<String, Style> styles = new LinkedHashMap<>();
    styles.put("blur", new Style.Blur());
    styles.put("solid", new Style.Solid(90, 90, 90));
    styles.put("mosaic", new Style.Mosaic(6));
    System.out.println("style   bits  case                   median ms  least ms");
    styles.forEach(
        (name, style) -> {
          for (Scene scene : scenes) {
            time(name, style, scene, 8);
          }
        });
    time("blur", new Style.Blur(), scenes.get(1), 10);
  }

  private static void time(String name, Style style, Scene scene, int bitDepth) {
    VideoFrame frame =
        VideoFrame.allocate(new PixelLayout(ColourModel.YUV, 1, 1, bitDepth, false), WIDTH, HEIGHT);
    Pictures.noise(frame, new Random(1));
    List<List<Region>> moving = new ArrayList<>();
    for (int step = 0; step < 8; step++) {
      moving.add(regions(scene, style, step * 1.3));
    }
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    double[] millis = new double[FRAMES];
    try (Redactor redactor = new Redactor(1, 2)) {
      long start = clock.getCurrentThreadCpuTime();
      for (int i = 0; clock.getCurrentThreadCpuTime() - start < WARM_UP_NANOS; i++) {
        redactor.redact(frame, moving.get(i % moving.size()));
      }
      for (int i = 0; i < FRAMES; i++) {
        long before = clock.getCurrentThreadCpuTime();
        redactor.redact(frame, moving.get(i % moving.size()));
        millis[i] = (clock.getCurrentThreadCpuTime() - before) / 1e6;
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%-7s %4d  %-21s %10.2f %9.2f%n",
        name,
        bitDepth,
        scene.name(),
        millis[FRAMES / 2],
        millis[0]);
  }

  /** Objects spread evenly over the picture, moved by some pixels. */
  private static List<Region> regions(Scene scene, Style style, double shift) {
    Map<Label, Style> styles = new EnumMap<>(Label.class);
    for (Label label : Label.values()) {
      styles.put(label, style);
    }
    RegionPlanner planner = new RegionPlanner(RegionPlanner.DEFAULT_MARGIN, styles, WIDTH, HEIGHT);
    int columns = (int) Math.ceil(Math.sqrt(scene.count() * (double) WIDTH / HEIGHT));
    int rows = (scene.count() + columns - 1) / columns;
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < scene.count(); i++) {
      double x = (i % columns + 0.5) * WIDTH / columns + shift;
      int row = i / columns;
      double y = (row + 0.5) * HEIGHT / rows + shift / 3;
      Box box = Box.around(x, y, scene.width(), scene.height());
      regions.add(planner.plan(i, Label.FACE, box));
    }
    return regions;
  }
}
