package io.efface.eval;

import io.efface.geometry.Box;
import java.util.Arrays;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.Mat;

/**
 * The share of a picture's pixels far from every object that a redaction visibly changed. Far is
 * outside every box grown by half its size; visible is a difference of more than {@value
 * #LEAST_VISIBLE} grey levels and of more than four times the median difference, which is what
 * encoding does. Single-threaded; owns native memory and must be closed.
 */
final class StrayPixels implements AutoCloseable {
  private static final double LEAST_VISIBLE = 12;
  private static final double TIMES_MEDIAN = 4;

  private final Mat difference = new Mat();
  private byte[] levels = new byte[0];
  private boolean[] near = new boolean[0];

  /**
   * Looks at one frame.
   *
   * @param original 8-bit grey, borrowed
   * @param finished 8-bit grey of the same size, borrowed
   * @param objects boxes in both pictures' pixels
   * @return 0 to 1; 0 if no pixel is far from every object
   */
  double share(Mat original, Mat finished, List<Box> objects) {
    int width = original.cols();
    int height = original.rows();
    if (levels.length != width * height) {
      levels = new byte[width * height];
      near = new boolean[width * height];
    }
    Core.absdiff(original, finished, difference);
    difference.get(0, 0, levels);
    Arrays.fill(near, false);
    for (Box object : objects) {
      Box grown = object.grow(object.width() / 2, object.height() / 2).clip(width, height);
      for (int y = (int) grown.top(); y < (int) grown.bottom(); y++) {
        Arrays.fill(near, y * width + (int) grown.left(), y * width + (int) grown.right(), true);
      }
    }
    int[] histogram = new int[256];
    int far = 0;
    for (int i = 0; i < levels.length; i++) {
      if (!near[i]) {
        histogram[levels[i] & 0xff]++;
        far++;
      }
    }
    if (far == 0) {
      return 0;
    }
    double median = (level(histogram, (far - 1) / 2) + level(histogram, far / 2)) / 2.0;
    double limit = Math.max(LEAST_VISIBLE, TIMES_MEDIAN * median);
    int changed = 0;
    for (int level = 0; level < histogram.length; level++) {
      changed += level > limit ? histogram[level] : 0;
    }
    return (double) changed / far;
  }

  /** The level of the pixel with a rank, counted from the least different. */
  private static int level(int[] histogram, int rank) {
    int level = 0;
    for (int below = histogram[0]; below <= rank; below += histogram[level]) {
      level++;
    }
    return level;
  }

  @Override
  public void close() {
    difference.release();
  }
}
