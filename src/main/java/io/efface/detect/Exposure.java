package io.efface.detect;

import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Brightens dark pictures, as the networks hardly see faces at a fraction of the brightness that
 * photos have: until what is brightest in them is nearly white, so that a lit face before a dark
 * wall stays as it is unless it is small. Pictures that are bright enough stay as they are to the
 * bit. Single-threaded; owns native memory and must be closed.
 */
final class Exposure implements AutoCloseable {
  /** Longer side in pixels of the sample that tells how bright a picture is. */
  private static final int SAMPLE_SIDE = 320;

  /** The share of a picture that may be brighter than what counts as the brightest in it. */
  private static final double HIGHLIGHTS = 0.02;

  /** The code that this is to have. */
  private static final double BRIGHT = 230;

  /** Less is not worth it: the networks do as well without. */
  private static final double LEAST_GAIN = 1.75;

  /** More brings out the noise. */
  private static final double MOST_GAIN = 4;

  private final Mat sample = new Mat();
  private final Mat channel = new Mat();

  /**
   * Brightens.
   *
   * @param planes 8-bit codes of blue, green and red, of one size; changed in place
   */
  void apply(Mat[] planes) {
    double gain = Math.min(MOST_GAIN, BRIGHT / Math.max(1, brightest(planes)));
    if (gain >= LEAST_GAIN) {
      for (Mat plane : planes) {
        plane.convertTo(plane, CvType.CV_8U, gain, 0);
      }
    }
  }

  /** What all but the highlights is no brighter than, by the brightest channel of each pixel. */
  private int brightest(Mat[] planes) {
    Size picture = planes[0].size();
    double step = Math.max(1, Math.max(picture.width, picture.height) / SAMPLE_SIDE);
    Size size = new Size(Math.ceil(picture.width / step), Math.ceil(picture.height / step));
    Imgproc.resize(planes[0], sample, size, 0, 0, Imgproc.INTER_NEAREST);
    for (int i = 1; i < planes.length; i++) {
      Imgproc.resize(planes[i], channel, size, 0, 0, Imgproc.INTER_NEAREST);
      Core.max(sample, channel, sample);
    }
    byte[] codes = new byte[sample.cols() * sample.rows()];
    sample.get(0, 0, codes);
    int[] counts = new int[256];
    for (byte code : codes) {
      counts[code & 0xff]++;
    }
    int code = counts.length - 1;
    int above = counts[code];
    while (code > 0 && above <= HIGHLIGHTS * codes.length) {
      code--;
      above += counts[code];
    }
    return code;
  }

  @Override
  public void close() {
    sample.release();
    channel.release();
  }
}
