package io.efface.attack;

import io.efface.geometry.Box;
import java.util.ArrayList;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgproc.Imgproc;

/** Undoes what can be undone of a filter that the attacker knows, before looking. */
final class Restoration {
  /** Power of what rounding and a JPEG add, as a share of the picture's own; the best of three. */
  private static final float NOISE = 1e-3f;

  /** Pixels about a cell's middle that are averaged, to be rid of the JPEG's ringing. */
  private static final double MIDDLE_PX = 4;

  private Restoration() {}

  /**
   * Divides a blur out again as far as noise allows (Wiener's filter), taking the picture to be
   * mirrored at its edges.
   *
   * @param area 8-bit BGR with even sides, changed in place
   * @param kernel the blur's, along both axes
   */
  static void deconvolve(Mat area, OtherTools.Kernel kernel) {
    float[] across = kept(kernel.along(area.cols()), area.cols());
    float[] down = kept(kernel.along(area.rows()), area.rows());
    Mat floats = new Mat();
    area.convertTo(floats, CvType.CV_32F);
    List<Mat> channels = new ArrayList<>();
    Core.split(floats, channels);
    float[] row = new float[area.cols()];
    for (Mat channel : channels) {
      Core.dct(channel, channel);
      for (int y = 0; y < channel.rows(); y++) {
        channel.get(y, 0, row);
        for (int x = 0; x < row.length; x++) {
          float kept = down[y] * across[x];
          row[x] *= kept / (kept * kept + NOISE);
        }
        channel.put(y, 0, row);
      }
      Core.idct(channel, channel);
    }
    Core.merge(channels, floats);
    floats.convertTo(area, CvType.CV_8U);
  }

  /** The share of each cosine that a blur keeps. */
  private static float[] kept(double[] weights, int length) {
    float[] kept = new float[length];
    for (int u = 0; u < length; u++) {
      double sum = 0;
      for (int k = 0; k < weights.length; k++) {
        sum += weights[k] * Math.cos(Math.PI * u * (k - weights.length / 2) / length);
      }
      kept[u] = (float) sum;
    }
    return kept;
  }

  /**
   * Draws a smooth surface through the middles of cells.
   *
   * @param picture 8-bit BGR, changed in place
   * @param box where the cells are
   * @param side how many cells along each axis
   * @param ellipse whether only the ellipse in the box holds cells; the others take the mean
   */
  static void interpolate(Mat picture, Box box, int side, boolean ellipse) {
    Mat cells = new Mat(side, side, CvType.CV_8UC3);
    Box middle = box.grow(-box.width() / 4, -box.height() / 4);
    Scalar mean = Core.mean(OtherTools.part(picture, middle));
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double across = box.left() + (x + 0.5) * box.width() / side;
        double down = box.top() + (y + 0.5) * box.height() / side;
        Box about = Box.around(across, down, MIDDLE_PX, MIDDLE_PX);
        boolean known = !ellipse || Portraits.inside(box, across, down);
        Scalar colour = known ? Core.mean(OtherTools.part(picture, about)) : mean;
        cells.put(y, x, colour.val[0], colour.val[1], colour.val[2]);
      }
    }
    Mat place = OtherTools.part(picture, box);
    Imgproc.resize(cells, place, place.size(), 0, 0, Imgproc.INTER_CUBIC);
  }
}
