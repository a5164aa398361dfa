package io.efface.media;

import io.efface.geometry.Orientation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The 3x3 matrix in 16.16 fixed point by which a container says how to turn the picture
 * (libavutil/display.h): a stored point (x, y) is shown at (a x + c y, b x + d y).
 */
final class DisplayMatrix {
  /** Bytes of the matrix: nine 32-bit numbers. */
  static final int BYTES = 36;

  private static final int ONE = 1 << 16;

  private DisplayMatrix() {}

  /** The nearest of the eight orientations. */
  static Orientation orientation(AVFrameSideData data) {
    return data.size() < BYTES ? Orientation.UPRIGHT : orientation(data.data());
  }

  /** The same of what a stream's container says. */
  static Orientation orientation(AVCodecParameters parameters) {
    AVPacketSideData data =
        avcodec.av_packet_side_data_get(
            parameters.coded_side_data(),
            parameters.nb_coded_side_data(),
            avcodec.AV_PKT_DATA_DISPLAYMATRIX);
    return data == null || data.size() < BYTES ? Orientation.UPRIGHT : orientation(data.data());
  }

  private static Orientation orientation(BytePointer matrix) {
    ByteBuffer m = matrix.capacity(BYTES).asByteBuffer().order(ByteOrder.nativeOrder());
    double a = m.getInt(0);
    double b = m.getInt(4);
    double c = m.getInt(12);
    double d = m.getInt(16);
    boolean transposed = Math.abs(b) + Math.abs(c) > Math.abs(a) + Math.abs(d);
    boolean mirroredX = transposed ? c < 0 : a < 0;
    boolean mirroredY = transposed ? b < 0 : d < 0;
    for (Orientation o : Orientation.values()) {
      if (o.transposed() == transposed
          && o.mirroredX() == mirroredX
          && o.mirroredY() == mirroredY) {
        return o;
      }
    }
    return Orientation.UPRIGHT;
  }

  /** Writes the matrix of an orientation, without translation. */
  static void write(Orientation o, Pointer target) {
    ByteBuffer m =
        new BytePointer(target).capacity(BYTES).asByteBuffer().order(ByteOrder.nativeOrder());
    int x = o.mirroredX() ? -ONE : ONE;
    int y = o.mirroredY() ? -ONE : ONE;
    int[] values =
        o.transposed()
            ? new int[] {0, y, 0, x, 0, 0, 0, 0, 1 << 30}
            : new int[] {x, 0, 0, 0, y, 0, 0, 0, 1 << 30};
    for (int i = 0; i < values.length; i++) {
      m.putInt(4 * i, values[i]);
    }
  }
}
