package io.efface.media;

import java.nio.ByteBuffer;

/**
 * One component of a picture: a view of native memory, valid as long as the frame it came from.
 *
 * @param data direct buffer in native byte order, position 0, that holds at least {@code (height -
 *     1) * stride + width * bytesPerSample} bytes; shared, so writing changes the picture
 * @param stride bytes from one row to the next
 * @param width samples a row
 * @param height rows
 */
public record Plane(ByteBuffer data, int stride, int width, int height) {

  /** Checks that the buffer is direct and large enough. */
  public Plane {
    if (!data.isDirect()) {
      throw new IllegalArgumentException("a plane needs a direct buffer");
    }
    if (width < 1
        || height < 1
        || stride < width
        || data.capacity() < (long) (height - 1) * stride + width) {
      throw new IllegalArgumentException(
          "plane "
              + width
              + "x"
              + height
              + " stride "
              + stride
              + " in "
              + data.capacity()
              + " bytes");
    }
  }
}
