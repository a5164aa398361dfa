package io.efface.detect;

import io.efface.geometry.Orientation;
import io.efface.media.Natives;
import io.efface.media.PixelLayout;
import io.efface.media.PixelLayout.ColourModel;
import io.efface.media.Plane;
import io.efface.media.VideoFrame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.imgcodecs.Imgcodecs;

/** Reads still pictures as frames, for tests. */
final class Stills {
  private static final PixelLayout RGB = new PixelLayout(ColourModel.GBR, 0, 0, 8, true);

  static {
    Natives.loadOpenCv();
  }

  private Stills() {}

  /** An 8-bit planar RGB frame of a picture that OpenCV can read. */
  static VideoFrame read(Path file) {
    Mat bgr = Imgcodecs.imread(file.toString(), Imgcodecs.IMREAD_COLOR);
    if (bgr.empty()) {
      throw new IllegalArgumentException("cannot read " + file);
    }
    VideoFrame frame = frame(bgr);
    bgr.release();
    return frame;
  }

  /**
   * The same as if the camera had been turned.
   *
   * @param turn one of the three that turn and do not mirror
   */
  static VideoFrame readTurned(Path file, Orientation turn) {
    int code =
        switch (turn) {
          case ROTATED_180 -> Core.ROTATE_180;
          case ROTATED_90_CLOCKWISE -> Core.ROTATE_90_CLOCKWISE;
          case ROTATED_90_COUNTER_CLOCKWISE -> Core.ROTATE_90_COUNTERCLOCKWISE;
          default -> throw new IllegalArgumentException(turn + " mirrors");
        };
    Mat bgr = Imgcodecs.imread(file.toString(), Imgcodecs.IMREAD_COLOR);
    Mat turned = new Mat();
    Core.rotate(bgr, turned, code);
    VideoFrame frame = frame(turned);
    bgr.release();
    turned.release();
    return frame;
  }

  /** An 8-bit planar RGB frame of OpenCV's picture, which is borrowed. */
  static VideoFrame frame(Mat bgr) {
    VideoFrame frame = VideoFrame.allocate(RGB, bgr.cols(), bgr.rows());
    List<Mat> channels = new ArrayList<>();
    Core.split(bgr, channels);
    int[] order = {1, 0, 2};
    byte[] row = new byte[bgr.cols()];
    for (int i = 0; i < 3; i++) {
      Plane plane = frame.planes().get(i);
      Mat channel = channels.get(order[i]);
      for (int y = 0; y < bgr.rows(); y++) {
        channel.get(y, 0, row);
        plane.data().put(y * plane.stride(), row);
      }
      channel.release();
    }
    return frame;
  }
}
