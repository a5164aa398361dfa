package io.efface.media;

import io.efface.geometry.Box;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Scales a frame's planes to a small 8-bit picture with libswscale, in the stored orientation and
 * without a copy at full size. The filter averages over areas, so that nothing aliases; the
 * scaler's tables are kept while the geometry stays the same. Single-threaded; owns native memory
 * and must be closed.
 *
 * <p>YUV is converted by the frame's own {@link VideoFrame#matrix}.
 */
public final class FrameScaler implements AutoCloseable {
  /** SIMD loops of libswscale write whole vectors, so rows start and end on 64 bytes. */
  private static final int ALIGNMENT = 64;

  private final ScalerContext colour = new ScalerContext();
  private final ScalerContext grey = new ScalerContext();
  private @Nullable BgrPicture thumbnail;
  private boolean closed;

  /**
   * A small 8-bit picture in three planes: blue, green, red.
   *
   * @param width pixels a row
   * @param height rows
   * @param stride bytes from one row to the next
   * @param data direct buffer of at least {@code 3 * stride * height} bytes, planes one after
   *     another
   */
  public record BgrPicture(int width, int height, int stride, ByteBuffer data) {

    /** Checks that the buffer is direct and large enough. */
    public BgrPicture {
      if (width < 1
          || height < 1
          || stride < width
          || !data.isDirect()
          || data.capacity() < 3L * stride * height) {
        throw new IllegalArgumentException(
            "picture " + width + "x" + height + " stride " + stride + " in " + data);
      }
    }

    /** A picture in a buffer of its own. */
    public static BgrPicture allocate(int width, int height) {
      int stride = (width + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      int bytes = Math.multiplyExact(3, Math.multiplyExact(stride, height)) + ALIGNMENT;
      ByteBuffer data = ByteBuffer.allocateDirect(bytes + ALIGNMENT).alignedSlice(ALIGNMENT);
      return new BgrPicture(width, height, stride, data);
    }

    /** Plane 0 blue, 1 green, 2 red: a view of the same memory, position 0. */
    public ByteBuffer plane(int index) {
      return data.slice(index * stride * height, stride * height);
    }
  }

  /**
   * Scales a whole frame.
   *
   * @param frame borrowed, not changed
   * @param into receives the picture, in the stored orientation
   * @throws IllegalStateException if libswscale cannot scale this kind of picture
   */
  public void scale(VideoFrame frame, BgrPicture into) {
    scale(frame, new Box(0, 0, frame.width(), frame.height()), into);
  }

  /**
   * Scales a part of a frame.
   *
   * @param frame borrowed, not changed
   * @param crop the part, in stored pixels; widened by {@link #cells} first
   * @param into receives the picture, in the stored orientation
   * @throws IllegalArgumentException if the part lies outside the picture
   * @throws IllegalStateException if libswscale cannot scale this kind of picture
   */
  public void scale(VideoFrame frame, Box crop, BgrPicture into) {
    requireOpen();
    PixelLayout layout = frame.layout();
    Box part = cells(layout, frame.width(), frame.height(), crop);
    colour.prepare(
        new ScalerContext.Geometry(
            pixelFormat(layout),
            (int) part.width(),
            (int) part.height(),
            into.width(),
            into.height(),
            avutil.AV_PIX_FMT_GBRP,
            layout.fullRange(),
            frame.matrix()));
    for (int i = 0; i < layout.planes(); i++) {
      Plane plane = frame.planes().get(i);
      int x = (int) part.left() >> layout.shiftX(i);
      int y = (int) part.top() >> layout.shiftY(i);
      long offset = (long) y * plane.stride() + (long) x * layout.bytesPerSample();
      colour.source(i, plane, offset, /* rowStep= */ 1);
    }
    // libav's planar RGB stands in the order green, blue, red.
    colour.destination(0, into.plane(1), into.stride());
    colour.destination(1, into.plane(0), into.stride());
    colour.destination(2, into.plane(2), into.stride());
    colour.run();
  }

  /**
   * Fills a thumbnail of a frame's brightness: its luma, or the green plane of an RGB picture.
   * Codes are those of the frame at 8 bits; a limited range stays limited.
   *
   * @param frame borrowed, not changed
   * @param width pixels a row of the thumbnail
   * @param height rows of the thumbnail
   * @param into receives {@code width * height} bytes, row by row, in the stored orientation
   * @throws IllegalStateException if libswscale cannot scale this kind of picture
   */
  public void luma(VideoFrame frame, int width, int height, byte[] into) {
    luma(frame, width, height, /* rowStep= */ 1, into);
  }

  /**
   * The same, of every other row only or fewer, which takes as much less time.
   *
   * @param rowStep rows from one that is read to the next, at least 1; at most the frame's rows
   */
  public void luma(VideoFrame frame, int width, int height, int rowStep, byte[] into) {
    requireOpen();
    if (into.length < width * height) {
      throw new IllegalArgumentException(into.length + " bytes for " + width + "x" + height);
    }
    BgrPicture picture = thumbnail;
    if (picture == null || picture.width() != width || picture.height() != height) {
      picture = BgrPicture.allocate(width, height);
      thumbnail = picture;
    }
    int depth = frame.layout().bitDepth();
    PixelLayout layout = new PixelLayout(PixelLayout.ColourModel.GREY, 0, 0, depth, true);
    grey.prepare(
        new ScalerContext.Geometry(
            pixelFormat(layout),
            frame.width(),
            frame.height() / rowStep,
            width,
            height,
            avutil.AV_PIX_FMT_GRAY8,
            true,
            frame.matrix()));
    grey.source(0, frame.planes().get(0), 0, rowStep);
    ByteBuffer rows = picture.plane(0);
    grey.destination(0, rows, picture.stride());
    grey.run();
    for (int y = 0; y < height; y++) {
      rows.get(y * picture.stride(), into, y * width, width);
    }
  }

  /**
   * The smallest part of a picture that holds {@code crop} and cuts no chroma sample: what {@link
   * #scale(VideoFrame, Box, BgrPicture)} really reads.
   *
   * @throws IllegalArgumentException if the crop lies outside the picture
   */
  public static Box cells(PixelLayout layout, int width, int height, Box crop) {
    Box inside = crop.clip(width, height).roundOut();
    if (inside.isEmpty()) {
      throw new IllegalArgumentException(crop + " is outside " + width + "x" + height);
    }
    int cellX = 1 << layout.chromaShiftX();
    int cellY = 1 << layout.chromaShiftY();
    return new Box(
        Math.floor(inside.left() / cellX) * cellX,
        Math.floor(inside.top() / cellY) * cellY,
        Math.min(width, Math.ceil(inside.right() / cellX) * cellX),
        Math.min(height, Math.ceil(inside.bottom() / cellY) * cellY));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      colour.close();
      grey.close();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the scaler is closed");
    }
  }

  /** libav's pixel format for a layout, by its name, as in {@code yuv420p10le}. */
  private static int pixelFormat(PixelLayout layout) {
    String name =
        switch (layout.model()) {
          case GREY -> "gray";
          case GBR -> "gbrp";
          case YUV -> "yuv" + subsampling(layout) + "p";
        };
    if (layout.bitDepth() > 8) {
      name += layout.bitDepth() + "le";
    } else if (layout.model() == PixelLayout.ColourModel.GREY) {
      name += "8";
    }
    // The alias "gray8" and "gray" name the same format; both are known to libav.
    int format = avutil.av_get_pix_fmt(name);
    if (format == avutil.AV_PIX_FMT_NONE) {
      throw new IllegalStateException("no pixel format '" + name + "' in FFmpeg for " + layout);
    }
    return format;
  }

  private static String subsampling(PixelLayout layout) {
    return switch (layout.chromaShiftX() * 10 + layout.chromaShiftY()) {
      case 0 -> "444";
      case 1 -> "440";
      case 10 -> "422";
      case 11 -> "420";
      case 20 -> "411";
      case 22 -> "410";
      default -> throw new IllegalStateException("no pixel format in FFmpeg for " + layout);
    };
  }
}
