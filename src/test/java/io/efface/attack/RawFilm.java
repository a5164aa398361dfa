package io.efface.attack;

import io.efface.geometry.Box;
import io.efface.pipeline.FfmpegPrograms;
import io.efface.redact.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** A film's samples as they lie in a raw file: frame after frame, plane after plane. */
final class RawFilm {
  /** Frames a second of the files. */
  static final int FPS = 25;

  private final String form;
  private final int width;
  private final int height;
  private final int shiftX;
  private final int shiftY;
  private final int sampleBytes;
  private final int most;
  private final byte[] bytes;

  /**
   * A film of noise over waves.
   *
   * @param form how FFmpeg names its samples: planar YUV of 8 or 10 bits
   * @param width in pixels, may be odd
   * @param height in pixels, may be odd
   */
  RawFilm(String form, int width, int height, int frames, Random random) {
    this.form = form;
    this.width = width;
    this.height = height;
    shiftX = form.contains("444") ? 0 : 1;
    shiftY = form.contains("420") ? 1 : 0;
    boolean deep = form.endsWith("10le");
    sampleBytes = deep ? 2 : 1;
    most = deep ? 1023 : 255;
    int chroma = columns(1) * rows(1);
    bytes = new byte[frames * (width * height + 2 * chroma) * sampleBytes];
    for (int at = 0; at < bytes.length / sampleBytes; at++) {
      double value = 0.5 + 0.3 * Math.sin(at / 5.0) + 0.05 * random.nextGaussian();
      put(at, (int) (most * Math.max(0, Math.min(1, value))));
    }
  }

  private RawFilm(RawFilm other) {
    form = other.form;
    width = other.width;
    height = other.height;
    shiftX = other.shiftX;
    shiftY = other.shiftY;
    sampleBytes = other.sampleBytes;
    most = other.most;
    bytes = other.bytes.clone();
  }

  private int columns(int plane) {
    return plane == 0 ? width : -(-width >> shiftX);
  }

  private int rows(int plane) {
    return plane == 0 ? height : -(-height >> shiftY);
  }

  private void put(int sample, int value) {
    bytes[sample * sampleBytes] = (byte) value;
    if (sampleBytes == 2) {
      bytes[sample * 2 + 1] = (byte) (value >> 8);
    }
  }

  /** A copy with noise in every sample that a region of its frame touches. */
  RawFilm scrambled(List<List<Region>> regions, Random random) {
    RawFilm copy = new RawFilm(this);
    int at = 0;
    for (List<Region> shown : regions) {
      for (int plane = 0; plane < 3; plane++) {
        int w = plane == 0 ? 1 : 1 << shiftX;
        int h = plane == 0 ? 1 : 1 << shiftY;
        for (int y = 0; y < rows(plane); y++) {
          for (int x = 0; x < columns(plane); x++, at++) {
            if (touches(shown, new Box(x * w, y * h, (x + 1) * w, (y + 1) * h))) {
              copy.put(at, random.nextInt(most + 1));
            }
          }
        }
      }
    }
    return copy;
  }

  /** Whether a region that touches the picture touches the pixels of a sample. */
  private boolean touches(List<Region> regions, Box sample) {
    for (Region region : regions) {
      Box box = region.box();
      if (!box.isEmpty() && !box.clip(width, height).isEmpty()) {
        double dx = gap(sample.left(), sample.right(), box.centreX()) / (box.width() / 2);
        double dy = gap(sample.top(), sample.bottom(), box.centreY()) / (box.height() / 2);
        if (region.shape() == Region.Shape.ELLIPSE
            ? dx * dx + dy * dy < 1 - 1e-12
            : dx < 1 && dy < 1) {
          return true;
        }
      }
    }
    return false;
  }

  private static double gap(double from, double to, double point) {
    return Math.max(0, Math.max(from - point, point - to));
  }

  /** How many samples' bytes differ from another's. */
  long differences(RawFilm other) {
    long count = 0;
    for (int i = 0; i < bytes.length; i++) {
      count += bytes[i] == other.bytes[i] ? 0 : 1;
    }
    return count;
  }

  /** Writes the film without loss. */
  Path write(Path file) throws IOException {
    Path raw = Files.write(file.resolveSibling("film.yuv"), bytes);
    return FfmpegPrograms.make(
        "-f",
        "rawvideo",
        "-pix_fmt",
        form,
        "-s",
        width + "x" + height,
        "-r",
        FPS,
        "-i",
        raw,
        "-c:v",
        "ffv1",
        "-level",
        "3",
        file);
  }
}
