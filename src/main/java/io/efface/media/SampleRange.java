package io.efface.media;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.List;

/**
 * Holds samples of 9 to 15 bits to their depth. Damaged streams decode to words beyond it, which
 * some encoders do not survive.
 */
final class SampleRange {
  private SampleRange() {}

  /** Whether any sample is larger than its depth allows. */
  static boolean isExceeded(PixelLayout layout, List<Plane> planes) {
    if (layout.bytesPerSample() == 1 || layout.bitDepth() == 16) {
      return false;
    }
    long beyond = ~(largest(layout) * 0x0001_0001_0001_0001L);
    for (Plane plane : planes) {
      for (int y = 0; y < plane.height(); y++) {
        if ((union(row(plane, y)) & beyond) != 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** Sets each sample that is larger than its depth allows to the largest that is not. */
  static void clamp(PixelLayout layout, List<Plane> planes) {
    int largest = (int) largest(layout);
    for (Plane plane : planes) {
      for (int y = 0; y < plane.height(); y++) {
        ShortBuffer samples = row(plane, y).asShortBuffer();
        for (int x = 0; x < plane.width(); x++) {
          if ((samples.get(x) & 0xffff) > largest) {
            samples.put(x, (short) largest);
          }
        }
      }
    }
  }

  private static long largest(PixelLayout layout) {
    return (1L << layout.bitDepth()) - 1;
  }

  private static ByteBuffer row(Plane plane, int y) {
    return plane
        .data()
        .slice(y * plane.stride(), plane.width() * Short.BYTES)
        .order(plane.data().order());
  }

  /** All bits that any sample of a row has, four samples side by side. */
  private static long union(ByteBuffer row) {
    LongBuffer fours = row.asLongBuffer();
    long union = 0;
    for (int i = 0; i < fours.limit(); i++) {
      union |= fours.get(i);
    }
    for (int at = fours.limit() * Long.BYTES; at < row.limit(); at += Short.BYTES) {
      union |= row.getShort(at) & 0xffffL;
    }
    return union;
  }
}
