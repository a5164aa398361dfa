package io.efface.media;

import io.efface.geometry.Orientation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A view of one decoded picture as it is stored, before rotation. Owned by whoever made it (as a
 * rule a {@link VideoDecoder}), borrowed by everyone else until the owner moves to the next frame;
 * writing to the planes changes the picture in place.
 *
 * @param index number of the frame in presentation order, from 0
 * @param pts presentation time in ticks of {@code timeBase}
 * @param duration in ticks of {@code timeBase}; 0 where unknown
 * @param timeBase seconds a tick
 * @param width pixels a row, as stored
 * @param height rows, as stored
 * @param sampleAspect width to height of one stored pixel; {@link Rational#UNKNOWN} means square
 * @param orientation how to turn the stored picture to see it upright
 * @param layout meaning of the planes
 * @param planes one a component, in the layout's order
 * @param corrupt whether the decoder could not decode it cleanly
 */
public record VideoFrame(
    long index,
    long pts,
    long duration,
    Rational timeBase,
    int width,
    int height,
    Rational sampleAspect,
    Orientation orientation,
    PixelLayout layout,
    List<Plane> planes,
    boolean corrupt) {

  /** Checks that planes and layout agree. */
  public VideoFrame {
    planes = List.copyOf(planes);
    if (planes.size() != layout.planes()) {
      throw new IllegalArgumentException(planes.size() + " planes for " + layout);
    }
  }

  /** A frame of zeroes in buffers of its own, at pts 0 of 1/25 s, upright, with square pixels. */
  public static VideoFrame allocate(PixelLayout layout, int width, int height) {
    List<Plane> planes = new ArrayList<>();
    for (int i = 0; i < layout.planes(); i++) {
      int w = layout.planeWidth(i, width);
      int h = layout.planeHeight(i, height);
      int stride = (w * layout.bytesPerSample() + 31) & ~31;
      ByteBuffer data = ByteBuffer.allocateDirect(stride * h).order(ByteOrder.nativeOrder());
      planes.add(new Plane(data, stride, w, h));
    }
    return new VideoFrame(
        0,
        0,
        1,
        new Rational(1, 25),
        width,
        height,
        Rational.UNKNOWN,
        Orientation.UPRIGHT,
        layout,
        planes,
        false);
  }

  /** Width of the picture as seen, after rotation. */
  public int uprightWidth() {
    return orientation.uprightWidth(width, height);
  }

  /** Height of the picture as seen, after rotation. */
  public int uprightHeight() {
    return orientation.uprightHeight(width, height);
  }
}
