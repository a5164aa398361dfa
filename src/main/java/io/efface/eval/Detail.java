package io.efface.eval;

import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Whether an object's fine detail survived. Both pictures of it are brought to 24 x 24 pixels and
 * split into 3 x 3 blocks. A block is destroyed when less than {@value #LEFT} of its detail (what a
 * Gaussian of sigma 4 takes away) is still there, by regression of one picture's detail on the
 * other's: a smooth fill of the same colour passes, and encoding again does not. Blocks without
 * detail are not judged. Single-threaded; owns native memory and must be closed.
 */
final class Detail implements AutoCloseable {
  private static final int SIDE = 24;
  private static final int BLOCK = 8;
  private static final double SIGMA = 4;

  /** Mean square of a block's detail, in grey levels, up to which it has none. */
  private static final double FLAT = 4;

  private static final double LEFT = 0.35;

  /** Share of the judged blocks that has to be destroyed. */
  private static final double COVERED = 0.85;

  private final Mat values = new Mat();
  private final Mat small = new Mat();
  private final Mat smooth = new Mat();
  private final float[] before = new float[SIDE * SIDE];
  private final float[] after = new float[SIDE * SIDE];

  /**
   * Judges one object.
   *
   * @param original 8-bit grey, borrowed
   * @param finished 8-bit grey of the same size, borrowed
   * @return whether it is covered; empty if it has no detail to judge by
   */
  Optional<Boolean> isCovered(Mat original, Mat finished) {
    read(original, before);
    read(finished, after);
    int judged = 0;
    int destroyed = 0;
    for (int top = 0; top < SIDE; top += BLOCK) {
      for (int left = 0; left < SIDE; left += BLOCK) {
        double energy = 0;
        double common = 0;
        for (int y = top; y < top + BLOCK; y++) {
          for (int i = y * SIDE + left; i < y * SIDE + left + BLOCK; i++) {
            energy += (double) before[i] * before[i];
            common += (double) before[i] * after[i];
          }
        }
        if (energy > FLAT * BLOCK * BLOCK) {
          judged++;
          destroyed += common / energy < LEFT ? 1 : 0;
        }
      }
    }
    return judged == 0 ? Optional.empty() : Optional.of(destroyed >= COVERED * judged);
  }

  private void read(Mat picture, float[] detail) {
    picture.convertTo(values, CvType.CV_32F);
    Imgproc.resize(values, small, new Size(SIDE, SIDE), 0, 0, Imgproc.INTER_AREA);
    Imgproc.GaussianBlur(small, smooth, new Size(0, 0), SIGMA);
    Core.subtract(small, smooth, small);
    small.get(0, 0, detail);
  }

  @Override
  public void close() {
    values.release();
    small.release();
    smooth.release();
  }
}
