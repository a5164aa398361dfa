package io.efface.audit;

import io.efface.media.PixelLayout;
import io.efface.media.Plane;
import io.efface.media.VideoFrame;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A copy of the samples in a part of one channel of a frame. */
final class RegionSamples {
  /** Bits of a code at most: what is deeper is cut off, as sums of squares have to fit. */
  private static final int MOST_BITS = 10;

  private static final VarHandle CODE =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());

  private final Part part;
  private final PixelLayout layout;

  /** The channel's plane; of red, green and blue, the others as well. */
  private final byte[][] planes;

  /**
   * A part of a plane, in samples.
   *
   * @param channel which plane; where the planes hold red, green and blue, luma of all three
   */
  record Part(int channel, int left, int top, int width, int height) {

    /** The part from edge to edge, and a sample around where the plane has one. */
    static Part around(int[] xs, int[] ys, VideoFrame frame, int channel) {
      Plane plane = frame.planes().get(channel);
      int left = Math.max(0, xs[0] - 1);
      int top = Math.max(0, ys[0] - 1);
      return new Part(
          channel,
          left,
          top,
          Math.min(plane.width(), xs[xs.length - 1] + 1) - left,
          Math.min(plane.height(), ys[ys.length - 1] + 1) - top);
    }
  }

  /**
   * Copies.
   *
   * @param frame borrowed for the call
   * @param memory where the copy lies until that is given back
   */
  RegionSamples(Part part, VideoFrame frame, BytePool memory) {
    this.part = part;
    layout = frame.layout();
    boolean mixed = layout.model() == PixelLayout.ColourModel.GBR;
    planes = new byte[mixed ? layout.planes() : 1][];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = copy(frame.planes().get(mixed ? i : part.channel), memory);
    }
  }

  private byte[] copy(Plane plane, BytePool memory) {
    int bytes = layout.bytesPerSample();
    int rowBytes = part.width * bytes;
    byte[] copy = memory.take(rowBytes * part.height);
    ByteBuffer data = plane.data();
    for (int y = 0; y < part.height; y++) {
      int from = (part.top + y) * plane.stride() + part.left * bytes;
      data.get(from, copy, y * rowBytes, rowBytes);
    }
    return copy;
  }

  private int bits() {
    return Math.min(MOST_BITS, layout.bitDepth());
  }

  /** Codes of 8 bits and full range in one of this. */
  double unit() {
    boolean stretched = part.channel == CellGrid.LUMA && !layout.fullRange();
    return (stretched ? 255.0 / 219 : 1) / (1 << (bits() - 8));
  }

  /** Writes the codes of a row, of at most 10 bits, to the start of {@code into}. */
  void row(int y, int[] into) {
    codes(planes[0], y, into);
    if (planes.length > 1) {
      int[] blue = new int[part.width];
      int[] red = new int[part.width];
      codes(planes[1], y, blue);
      codes(planes[2], y, red);
      for (int x = 0; x < part.width; x++) {
        // By BT.601, as the cells.
        into[x] = (77 * red[x] + 150 * into[x] + 29 * blue[x]) >> 8;
      }
    }
  }

  private void codes(byte[] plane, int y, int[] into) {
    int from = y * part.width;
    if (layout.bytesPerSample() == 1) {
      for (int x = 0; x < part.width; x++) {
        into[x] = plane[from + x] & 0xff;
      }
      return;
    }
    int surplus = layout.bitDepth() - bits();
    for (int x = 0; x < part.width; x++) {
      into[x] = ((short) CODE.get(plane, 2 * (from + x)) & 0xffff) >> surplus;
    }
  }
}
