package io.efface.eval;

import io.efface.media.Natives;
import io.efface.media.PixelLayout;
import io.efface.media.Plane;
import io.efface.media.VideoFrame;
import java.util.ArrayList;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgproc.Imgproc;

/**
 * A frame's brightness as the grey picture that one gets by way of 8-bit full-range RGB: luma
 * itself, with a limited range stretched to 0 to 255. A colour so strong that RGB would have
 * clipped it differs a little, as RGB's rounding does. In the stored orientation. Single-threaded;
 * owns native memory and must be closed.
 */
final class Grey implements AutoCloseable {
  static {
    Natives.loadOpenCv();
  }

  private static final double BLACK = 16;
  private static final double STRETCH = 255.0 / 219;

  private final Mat picture = new Mat();
  private final Mat packed = new Mat();

  /**
   * Converts a frame.
   *
   * @param frame borrowed, not changed
   * @return 8 bits, one channel; valid until the next call
   */
  Mat of(VideoFrame frame) {
    PixelLayout layout = frame.layout();
    double toEightBits = 1.0 / (1 << (layout.bitDepth() - 8));
    if (layout.model() == PixelLayout.ColourModel.GBR) {
      List<Mat> blueGreenRed = new ArrayList<>();
      for (int plane : new int[] {1, 0, 2}) {
        Mat channel = new Mat();
        convert(frame, plane, channel, toEightBits, 0);
        blueGreenRed.add(channel);
      }
      Core.merge(blueGreenRed, packed);
      blueGreenRed.forEach(Mat::release);
      Imgproc.cvtColor(packed, picture, Imgproc.COLOR_BGR2GRAY);
    } else if (layout.fullRange()) {
      convert(frame, 0, picture, toEightBits, 0);
    } else {
      convert(frame, 0, picture, STRETCH * toEightBits, -STRETCH * BLACK);
    }
    return picture;
  }

  private static void convert(VideoFrame frame, int index, Mat to, double factor, double offset) {
    Plane plane = frame.planes().get(index);
    int type = frame.layout().bitDepth() > 8 ? CvType.CV_16U : CvType.CV_8U;
    Mat from = new Mat(plane.height(), plane.width(), type, plane.data(), plane.stride());
    from.convertTo(to, CvType.CV_8U, factor, offset);
    from.release();
  }

  @Override
  public void close() {
    picture.release();
    packed.release();
  }
}
