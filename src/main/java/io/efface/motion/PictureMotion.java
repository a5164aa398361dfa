package io.efface.motion;

import io.efface.geometry.Box;
import io.efface.geometry.Similarity;
import io.efface.media.FrameScaler;
import io.efface.media.Natives;
import io.efface.media.VideoFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opencv.calib3d.Calib3d;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfFloat;
import org.opencv.core.MatOfPoint;
import org.opencv.core.MatOfPoint2f;
import org.opencv.core.Point;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;
import org.opencv.video.Video;

/**
 * Finds what the camera did between a frame and the next: corners of a small luma picture are
 * followed by sparse optical flow (Lucas and Kanade 1981, in pyramids), and the one movement that
 * most of them agree on is taken, as trackers do that compensate for the camera (BoT-SORT, arXiv
 * 2206.14651). Objects with a motion of their own are outliers. The same frames give the same
 * movements. Single-threaded; owns native memory and must be closed.
 */
public final class PictureMotion implements AutoCloseable {
  static {
    Natives.loadOpenCv();
  }

  /** Longest side of the pictures that are compared, in pixels. */
  private static final int LONGEST_SIDE = 320;

  /** Where so many rows make one of the small picture, every other one tells as much. */
  private static final int ROWS_A_ROW = 4;

  /** Corners that are looked for, of which the strongest of each part of the picture count. */
  private static final int FOUND_CORNERS = 480;

  private static final int PARTS_ACROSS = 8;
  private static final int PARTS_DOWN = 5;

  /** Corners of a part: together 120. One object that is rich in them must not stand for all. */
  private static final int CORNERS_OF_A_PART = 3;

  private static final double CORNER_QUALITY = 0.01;
  private static final double CORNER_DISTANCE_PX = 9;

  /** Distance in small pixels up to which a corner agrees with a movement. */
  private static final double AGREEING_PX = 1;

  /** Fewer agreeing corners than these tell nothing. */
  private static final int FEWEST = 12;

  private static final double AGREEING_SHARE = 0.4;
  private static final int RANSAC_ROUNDS = 500;
  private static final double RANSAC_CONFIDENCE = 0.995;
  private static final int REFINEMENTS = 10;

  /** Largest change of scale from frame to frame that is a camera's doing. */
  private static final double LARGEST_ZOOM = 1.3;

  private final FrameScaler scaler = new FrameScaler();
  private Mat before = new Mat();
  private Mat now = new Mat();
  private final Mat resized = new Mat();
  private Optional<SmallPicture> picture = Optional.empty();

  /**
   * Looks at the next frame.
   *
   * @param frame borrowed, not changed
   * @return how the picture moved since the last frame, in pixels of the upright picture; empty if
   *     that cannot be told: in the first frame, after a cut, and where there is little to see or
   *     too much that moves
   */
  public Optional<Similarity> next(VideoFrame frame) {
    double shrink = Math.min(1, (double) LONGEST_SIDE / frame.longerSide());
    int width = Math.max(1, (int) Math.round(frame.width() * shrink));
    int height = Math.max(1, (int) Math.round(frame.height() * shrink));
    Mat spare = before;
    before = now;
    now = spare;
    int rowStep = frame.height() / height >= ROWS_A_ROW ? 2 : 1;
    byte[] luma = new byte[width * height];
    scaler.luma(frame, width, height, rowStep, luma);
    now.create(height, width, CvType.CV_8U);
    now.put(0, 0, luma);
    Optional<SmallPicture> last = picture;
    SmallPicture taken = new SmallPicture(width, height, luma);
    picture = Optional.of(taken);
    if (last.isEmpty() || !last.get().isOfSize(taken)) {
      return Optional.empty();
    }
    if (PictureChange.same(taken, last.get())) {
      return Optional.of(Similarity.IDENTITY);
    }
    return movement().map(small -> upright(small, frame));
  }

  /**
   * The last frame's luma at another size, made from the picture that movements are found in.
   *
   * @param into at least {@code width} times {@code height} values, row by row
   * @throws IllegalStateException if there was no frame yet
   */
  public void thumbnail(int width, int height, byte[] into) {
    if (now.empty()) {
      throw new IllegalStateException("no frame yet");
    }
    Imgproc.resize(now, resized, new Size(width, height), 0, 0, Imgproc.INTER_AREA);
    resized.get(0, 0, into);
  }

  /**
   * The last frame as movements are found in it.
   *
   * @throws IllegalStateException if there was no frame yet
   */
  public SmallPicture picture() {
    return picture.orElseThrow(() -> new IllegalStateException("no frame yet"));
  }

  private Optional<Similarity> movement() {
    MatOfPoint corners = new MatOfPoint();
    MatOfPoint2f from = new MatOfPoint2f();
    MatOfPoint2f to = new MatOfPoint2f();
    MatOfByte found = new MatOfByte();
    MatOfFloat error = new MatOfFloat();
    try {
      Imgproc.goodFeaturesToTrack(
          before, corners, FOUND_CORNERS, CORNER_QUALITY, CORNER_DISTANCE_PX);
      List<Point> spread = spread(corners.toArray(), before.cols(), before.rows());
      if (spread.size() < FEWEST) {
        return Optional.empty();
      }
      from.fromList(spread);
      Video.calcOpticalFlowPyrLK(before, now, from, to, found, error, new Size(11, 11), 3);
      return agreed(from.toArray(), to.toArray(), found.toArray());
    } finally {
      for (Mat mat : List.of(corners, from, to, found, error)) {
        mat.release();
      }
    }
  }

  /** The strongest of each part of the picture, of corners that are listed strongest first. */
  private static List<Point> spread(Point[] corners, int width, int height) {
    int[] counts = new int[PARTS_ACROSS * PARTS_DOWN];
    List<Point> spread = new ArrayList<>();
    for (Point corner : corners) {
      int column = (int) (corner.x * PARTS_ACROSS / width);
      int row = (int) (corner.y * PARTS_DOWN / height);
      if (counts[row * PARTS_ACROSS + column]++ < CORNERS_OF_A_PART) {
        spread.add(corner);
      }
    }
    return spread;
  }

  private static Optional<Similarity> agreed(Point[] from, Point[] to, byte[] found) {
    List<Point> starts = new ArrayList<>();
    List<Point> ends = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      if (found[i] != 0) {
        starts.add(from[i]);
        ends.add(to[i]);
      }
    }
    if (starts.size() < FEWEST) {
      return Optional.empty();
    }
    List<Mat> taken = new ArrayList<>();
    try {
      MatOfPoint2f start = new MatOfPoint2f(starts.toArray(new Point[0]));
      taken.add(start);
      MatOfPoint2f end = new MatOfPoint2f(ends.toArray(new Point[0]));
      taken.add(end);
      Mat agreeing = new Mat();
      taken.add(agreeing);
      Mat affine =
          Calib3d.estimateAffinePartial2D(
              start,
              end,
              agreeing,
              Calib3d.RANSAC,
              AGREEING_PX,
              RANSAC_ROUNDS,
              RANSAC_CONFIDENCE,
              REFINEMENTS);
      taken.add(affine);
      int agree = Core.countNonZero(agreeing);
      if (affine.empty() || agree < Math.max(FEWEST, AGREEING_SHARE * starts.size())) {
        return Optional.empty();
      }
      Similarity small =
          new Similarity(
              affine.get(0, 0)[0], affine.get(1, 0)[0], affine.get(0, 2)[0], affine.get(1, 2)[0]);
      double zoom = small.scale();
      return zoom > LARGEST_ZOOM || zoom < 1 / LARGEST_ZOOM ? Optional.empty() : Optional.of(small);
    } finally {
      taken.forEach(Mat::release);
    }
  }

  /** The movement of the upright picture that looks like this in the small stored one. */
  private Similarity upright(Similarity small, VideoFrame frame) {
    // Two corners of the upright picture and where they go tell the whole movement.
    double width = frame.uprightWidth();
    Box origin = moved(small, Box.ofSize(0, 0, 0, 0), frame);
    Box right = moved(small, Box.ofSize(width, 0, 0, 0), frame);
    return new Similarity(
        (right.left() - origin.left()) / width,
        (right.top() - origin.top()) / width,
        origin.left(),
        origin.top());
  }

  private Box moved(Similarity small, Box point, VideoFrame frame) {
    double scaleX = (double) now.cols() / frame.width();
    double scaleY = (double) now.rows() / frame.height();
    Box stored = frame.orientation().toStored(point, frame.width(), frame.height());
    double x = stored.left() * scaleX;
    double y = stored.top() * scaleY;
    Box there = Box.ofSize(small.x(x, y) / scaleX, small.y(x, y) / scaleY, 0, 0);
    return frame.orientation().toUpright(there, frame.width(), frame.height());
  }

  @Override
  public void close() {
    before.release();
    now.release();
    resized.release();
    scaler.close();
  }
}
