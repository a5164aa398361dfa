package io.efface.detect;

import io.efface.geometry.Orientation;
import io.efface.media.FrameScaler;
import io.efface.media.FrameScaler.BgrPicture;
import io.efface.media.Natives;
import io.efface.media.VideoFrame;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Writes frames into a network's input tensor: scales the frame as it is stored, brings high
 * dynamic range to standard and brightens what is dark, turns the small picture upright and
 * converts it plane by plane. Measured on 1920x1080 4:2:0, one thread, in standard range and before
 * dark pictures were told: planar 8 bit and a conversion a plane take 3.1 ms at 1280x720, packed
 * BGR with OpenCV's {@code blobFromImage} 4.9 ms. Single-threaded; owns native memory and must be
 * closed.
 */
final class DetectorInput implements AutoCloseable {
  static {
    Natives.loadOpenCv();
  }

  private final ModelFamily family;
  private final FrameScaler scaler = new FrameScaler();
  private final ToneMapping tones = new ToneMapping();
  private final Exposure exposure = new Exposure();
  private final Mat[] stored = new Mat[3];
  private final Mat[] turned = new Mat[3];
  private final Mat[] shown = new Mat[3];
  private final Mat[] tensor = new Mat[3];
  private final Mat[] content = new Mat[3];
  private final Mat small = new Mat();
  private final Mat framed = new Mat();
  private @Nullable BgrPicture picture;

  DetectorInput(ModelFamily family) {
    this.family = family;
  }

  /**
   * Prepares for frames of one geometry. The padding is set to the family's grey here and stays so.
   *
   * @param letterbox where the turned picture goes
   * @param transposed whether rows become columns as frames are turned
   * @param input the tensor's memory, NCHW float32 [1,3,h,w]; kept until the next call
   */
  void bind(Letterbox letterbox, boolean transposed, ByteBuffer input) {
    release();
    int width = letterbox.contentWidth();
    int height = letterbox.contentHeight();
    BgrPicture made =
        transposed ? BgrPicture.allocate(height, width) : BgrPicture.allocate(width, height);
    picture = made;
    int plane = letterbox.inputWidth() * letterbox.inputHeight() * Float.BYTES;
    for (int i = 0; i < 3; i++) {
      stored[i] = new Mat(made.height(), made.width(), CvType.CV_8U, made.plane(i), made.stride());
      turned[i] = new Mat();
      int channel = family.redFirst() ? 2 - i : i;
      tensor[i] =
          new Mat(
              letterbox.inputHeight(),
              letterbox.inputWidth(),
              CvType.CV_32F,
              input.slice(channel * plane, plane));
      tensor[i].setTo(new Scalar((family.padding() - family.mean()) * family.factor()));
      content[i] = new Mat(tensor[i], new Rect(0, 0, width, height));
    }
  }

  /**
   * Fills the bound tensor.
   *
   * @param frame of the bound geometry; borrowed, not changed
   * @param turn how the stored picture is turned; transposed as it was bound
   */
  void fill(VideoFrame frame, Orientation turn) {
    BgrPicture bound = picture;
    if (bound == null) {
      throw new IllegalStateException("no geometry bound");
    }
    scaler.scale(frame, bound);
    tones.apply(stored, frame.transfer());
    exposure.apply(stored);
    for (int i = 0; i < 3; i++) {
      shown[i] = turned(stored[i], turned[i], turn);
      shown[i].convertTo(
          content[i], CvType.CV_32F, family.factor(), -family.mean() * family.factor());
    }
  }

  /**
   * Cuts a square out of the picture that {@link #fill} wrote last, in values of 0 to 255; beyond
   * its edge, the edge is repeated.
   *
   * @param into NCHW float32 BGR: 3 planes of {@code side} x {@code side}
   */
  void cut(Refiner.Square square, int side, ByteBuffer into) {
    Span x = Span.of(square.left(), square.length(), content[0].cols(), side);
    Span y = Span.of(square.top(), square.length(), content[0].rows(), side);
    Size size = new Size(x.size(), y.size());
    int method = square.length() > side ? Imgproc.INTER_AREA : Imgproc.INTER_LINEAR;
    int plane = side * side * Float.BYTES;
    for (int i = 0; i < 3; i++) {
      Mat part = shown[i].submat(y.from(), y.to(), x.from(), x.to());
      Mat patch = new Mat(side, side, CvType.CV_32F, into.slice(i * plane, plane));
      Imgproc.resize(part, small, size, 0, 0, method);
      Mat whole = small;
      if (x.size() < side || y.size() < side) {
        Core.copyMakeBorder(
            small, framed, y.before(), y.after(), x.before(), x.after(), Core.BORDER_REPLICATE);
        whole = framed;
      }
      whole.convertTo(patch, CvType.CV_32F);
      part.release();
      patch.release();
    }
  }

  /**
   * One side of a square that may reach beyond the picture, and of the patch that it becomes.
   *
   * @param from first pixel inside the picture
   * @param to end of these, at least one pixel on
   * @param before pixels of the patch that lie before the picture
   * @param size pixels of the patch that show the picture, at least one
   * @param after pixels of the patch that lie behind it
   */
  private record Span(int from, int to, int before, int size, int after) {
    static Span of(int start, int length, int limit, int side) {
      int from = Math.max(0, Math.min(start, limit - 1));
      int to = Math.max(from + 1, Math.min(start + length, limit));
      double step = (double) side / length;
      int size = (int) Math.max(1, Math.min(side, Math.round((to - from) * step)));
      int gap = (int) Math.max(0, Math.round((from - start) * step));
      int before = Math.min(side - size, gap);
      return new Span(from, to, before, size, side - size - before);
    }
  }

  /** Turns a plane; the result is one of the two. */
  private static Mat turned(Mat from, Mat to, Orientation turn) {
    if (turn == Orientation.UPRIGHT) {
      return from;
    }
    Mat current = from;
    if (turn.transposed()) {
      Core.transpose(from, to);
      current = to;
    }
    if (turn.mirroredX() || turn.mirroredY()) {
      int axes = !turn.mirroredY() ? 1 : turn.mirroredX() ? -1 : 0;
      Core.flip(current, to, axes);
    }
    return to;
  }

  private void release() {
    for (Mat[] mats : new Mat[][] {stored, turned, content, tensor}) {
      for (int i = 0; i < 3; i++) {
        if (mats[i] != null) {
          mats[i].release();
        }
      }
    }
    picture = null;
  }

  @Override
  public void close() {
    release();
    small.release();
    framed.release();
    exposure.close();
    tones.close();
    scaler.close();
  }
}
