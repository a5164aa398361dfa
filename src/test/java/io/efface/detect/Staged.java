package io.efface.detect;

import io.efface.geometry.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfPoint2f;
import org.opencv.core.Point;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * A picture with one face whose place is known: a real one, or one that is made of a portrait and a
 * street. Owns OpenCV's picture; whoever makes one closes it.
 */
final class Staged implements AutoCloseable {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;

  private final Mat picture;
  private final Box face;

  private Staged(Mat picture, Box face) {
    this.picture = picture;
    this.face = face;
  }

  /** The picture, BGR, borrowed. */
  Mat picture() {
    return picture;
  }

  /** Where the face is, in pixels, as people marked it. */
  Box face() {
    return face;
  }

  /** A picture of a set as it is; the face is the one that the set lists at this place. */
  static Staged real(Path set, String image, double left, double top) throws IOException {
    Mat picture = Imgcodecs.imread(set.resolve(image).toString(), Imgcodecs.IMREAD_COLOR);
    for (String line : Files.readAllLines(set.resolve("gt.csv"))) {
      String[] cells = line.split(",", -1);
      if (cells[0].equals(image)
          && Double.parseDouble(cells[1]) == left
          && Double.parseDouble(cells[2]) == top) {
        Box face =
            Box.ofSize(left, top, Double.parseDouble(cells[3]), Double.parseDouble(cells[4]));
        return new Staged(picture, face);
      }
    }
    throw new IllegalArgumentException("no face of " + image + " at " + left + "," + top);
  }

  /** The same, scaled; the portrait stays open. */
  Staged scaled(double scale) {
    Mat to = new Mat();
    int kind = scale < 1 ? Imgproc.INTER_AREA : Imgproc.INTER_CUBIC;
    Imgproc.resize(picture, to, new Size(), scale, scale, kind);
    double x = (double) to.cols() / picture.cols();
    double y = (double) to.rows() / picture.rows();
    return new Staged(
        to, new Box(face.left() * x, face.top() * y, face.right() * x, face.bottom() * y));
  }

  /** Only what lies from a column on, so that the rest of the face is cut off. */
  Staged cutBefore(int column) {
    Mat part = new Mat(picture, new Rect(column, 0, picture.cols() - column, picture.rows()));
    return new Staged(part.clone(), face.translate(-column, 0).clip(part.cols(), part.rows()));
  }

  /** Turned by quarters of a circle, clockwise. */
  Staged turned(int quarters) {
    Mat to = new Mat();
    Box box = face;
    int code =
        switch (quarters) {
          case 1 -> Core.ROTATE_90_CLOCKWISE;
          case 2 -> Core.ROTATE_180;
          default -> Core.ROTATE_90_COUNTERCLOCKWISE;
        };
    Core.rotate(picture, to, code);
    double w = picture.cols();
    double h = picture.rows();
    return new Staged(
        to,
        switch (quarters) {
          case 1 -> new Box(h - box.bottom(), box.left(), h - box.top(), box.right());
          case 2 -> new Box(w - box.right(), h - box.bottom(), w - box.left(), h - box.top());
          default -> new Box(box.top(), w - box.right(), box.bottom(), w - box.left());
        });
  }

  /** As a sensor sees it in the dark: a share of the light, and noise. */
  Staged dark(double share, double noise) {
    Mat to = new Mat();
    picture.convertTo(to, CvType.CV_8UC3, share, 0);
    byte[] bytes = new byte[3 * to.rows() * to.cols()];
    to.get(0, 0, bytes);
    Random random = new Random(5);
    for (int i = 0; i < bytes.length; i++) {
      double value = (bytes[i] & 0xff) + noise * random.nextGaussian();
      bytes[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
    to.put(0, 0, bytes);
    return new Staged(to, face);
  }

  /**
   * Hung up, as seen from the side, in a street.
   *
   * @param street a picture without faces
   * @param corners x and y of the four corners, clockwise from the upper left
   * @param mirrored whether left and right are exchanged
   * @param contrast how much of its contrast is left, the rest being grey
   * @param frame the colour around it, 20 px wide
   */
  Staged hung(Path street, double[] corners, boolean mirrored, double contrast, Scalar frame) {
    Mat ground = Imgcodecs.imread(street.toString(), Imgcodecs.IMREAD_COLOR);
    Imgproc.resize(ground, ground, new Size(WIDTH, HEIGHT), 0, 0, Imgproc.INTER_CUBIC);
    double scale = Math.hypot(corners[2] - corners[0], corners[3] - corners[1]) / picture.cols();
    try (Staged small = scaled(scale)) {
      Mat photo = new Mat();
      small.picture.convertTo(photo, CvType.CV_8UC3, contrast, 90 * (1 - contrast));
      double w = photo.cols();
      double h = photo.rows();
      Box box = small.face;
      if (mirrored) {
        Core.flip(photo, photo, 1);
        box = new Box(w - box.right(), box.top(), w - box.left(), box.bottom());
      }
      Core.copyMakeBorder(photo, photo, 20, 20, 20, 20, Core.BORDER_CONSTANT, frame);
      box = box.translate(20, 20);
      MatOfPoint2f from =
          new MatOfPoint2f(
              new Point(20, 20),
              new Point(w + 20, 20),
              new Point(w + 20, h + 20),
              new Point(20, h + 20));
      MatOfPoint2f to =
          new MatOfPoint2f(
              new Point(corners[0], corners[1]),
              new Point(corners[2], corners[3]),
              new Point(corners[4], corners[5]),
              new Point(corners[6], corners[7]));
      Mat map = Imgproc.getPerspectiveTransform(from, to);
      Imgproc.warpPerspective(
          photo, ground, map, ground.size(), Imgproc.INTER_LINEAR, Core.BORDER_TRANSPARENT);
      photo.release();
      return new Staged(ground, mapped(box, map));
    }
  }

  private static Box mapped(Box box, Mat map) {
    MatOfPoint2f at =
        new MatOfPoint2f(
            new Point(box.left(), box.top()),
            new Point(box.right(), box.top()),
            new Point(box.right(), box.bottom()),
            new Point(box.left(), box.bottom()));
    Core.perspectiveTransform(at, at, map);
    Rect bounds = Imgproc.boundingRect(at);
    return Box.ofSize(bounds.x, bounds.y, bounds.width, bounds.height);
  }

  @Override
  public void close() {
    picture.release();
  }
}
