package io.efface.media;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * One libswscale context and the pointer tables it is called with. Single-threaded; owns native
 * memory and must be closed.
 */
final class ScalerContext implements AutoCloseable {
  private final PointerPointer<BytePointer> sources = new PointerPointer<>(4L);
  private final PointerPointer<BytePointer> destinations = new PointerPointer<>(4L);
  private final IntPointer sourceStrides = new IntPointer(4L);
  private final IntPointer strides = new IntPointer(4L);
  // The tables hold bare addresses: these keep the buffers behind them alive during the call.
  private final BytePointer[] held = new BytePointer[8];
  private @Nullable SwsContext context;
  private @Nullable Geometry geometry;

  ScalerContext() {
    for (int i = 0; i < 4; i++) {
      sources.put(i, null);
      destinations.put(i, null);
      sourceStrides.put(i, 0);
      strides.put(i, 0);
    }
  }

  /** Makes it ready for pictures of the given kind; keeps its tables where that is the last one. */
  void prepare(Geometry wanted) {
    if (wanted.equals(geometry)) {
      return;
    }
    free();
    SwsContext made =
        swscale.sws_getContext(
            wanted.sourceWidth(),
            wanted.sourceHeight(),
            wanted.sourceFormat(),
            wanted.width(),
            wanted.height(),
            wanted.format(),
            swscale.SWS_AREA,
            null,
            null,
            (DoublePointer) null);
    if (made == null) {
      throw new IllegalStateException("libswscale cannot scale " + wanted);
    }
    context = made;
    geometry = wanted;
    IntPointer matrix = swscale.sws_getCoefficients(coefficients(wanted.matrix()));
    // A negative answer says that the formats know no matrix (grey to grey), which is fine.
    int unused =
        swscale.sws_setColorspaceDetails(
            made, matrix, wanted.fullRange() ? 1 : 0, matrix, 1, 0, 1 << 16, 1 << 16);
  }

  private static int coefficients(ColourMatrix matrix) {
    return switch (matrix) {
      case BT601 -> swscale.SWS_CS_SMPTE170M;
      case BT709 -> swscale.SWS_CS_ITU709;
      case BT2020 -> swscale.SWS_CS_BT2020;
    };
  }

  /** Says where a plane is read, from a byte of it on; borrowed until {@link #run} returns. */
  void source(int index, Plane plane, long offset, int rowStep) {
    BytePointer pointer = new BytePointer(plane.data()).position(offset);
    held[index] = pointer;
    sources.put(index, pointer);
    sourceStrides.put(index, rowStep * plane.stride());
  }

  /** Says where a plane is written; borrowed likewise. */
  void destination(int index, ByteBuffer rows, int stride) {
    BytePointer pointer = new BytePointer(rows);
    held[4 + index] = pointer;
    destinations.put(index, pointer);
    strides.put(index, stride);
  }

  /** Scales; a source and a destination have been said for each plane. */
  void run() {
    Geometry current = geometry;
    if (current == null) {
      throw new IllegalStateException("no geometry");
    }
    int rows =
        swscale.sws_scale(
            context, sources, sourceStrides, 0, current.sourceHeight(), destinations, strides);
    Arrays.fill(held, null);
    if (rows != current.height()) {
      throw new IllegalStateException(
          "libswscale gave " + rows + " rows of " + current.height() + " for " + current);
    }
  }

  private void free() {
    if (context != null) {
      swscale.sws_freeContext(context);
    }
    context = null;
    geometry = null;
  }

  @Override
  public void close() {
    free();
    sources.close();
    destinations.close();
    sourceStrides.close();
    strides.close();
  }

  /**
   * What is scaled to what.
   *
   * @param sourceFormat libav's pixel format of the source
   * @param format of the destination
   * @param fullRange whether the source uses all codes of its samples
   * @param matrix of the source, where it is YUV
   */
  record Geometry(
      int sourceFormat,
      int sourceWidth,
      int sourceHeight,
      int width,
      int height,
      int format,
      boolean fullRange,
      ColourMatrix matrix) {}
}
