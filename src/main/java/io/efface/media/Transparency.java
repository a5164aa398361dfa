package io.efface.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_FLOAT;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_PAL;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVComponentDescriptor;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * Finds pixels that are not opaque. Formats with room for transparency say nothing: libav's
 * decoders of GIF, WebP and palettes always give one.
 */
final class Transparency {
  private static final int COLOURS = 256;
  private static final int COLOUR_BYTES = 4;

  private Transparency() {}

  /**
   * Whether a picture has a pixel that is not opaque.
   *
   * @param picture borrowed, as a decoder gives it
   */
  static boolean isIn(AVFrame picture) {
    if (!PixelFormats.hasAlpha(picture.format())) {
      return false;
    }
    AVPixFmtDescriptor format = avutil.av_pix_fmt_desc_get(picture.format());
    if ((format.flags() & AV_PIX_FMT_FLAG_PAL) != 0) {
      return isInPalette(picture);
    }
    if ((format.flags() & AV_PIX_FMT_FLAG_FLOAT) != 0) {
      return true;
    }
    AVComponentDescriptor alpha = format.comp(format.nb_components() - 1);
    boolean deep = alpha.depth() + alpha.shift() > Byte.SIZE;
    boolean big = (format.flags() & AV_PIX_FMT_FLAG_BE) != 0;
    int opaque = (1 << alpha.depth()) - 1;
    for (int y = 0; y < picture.height(); y++) {
      ByteBuffer row = row(picture, alpha.plane(), y, picture.width() * alpha.step());
      row.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      for (int at = alpha.offset(); at < row.limit(); at += alpha.step()) {
        int sample = deep ? row.getShort(at) & 0xffff : row.get(at) & 0xff;
        if (sample >> alpha.shift() < opaque) {
          return true;
        }
      }
    }
    return false;
  }

  /** Of a palette, only the colours that are used count. */
  private static boolean isInPalette(AVFrame picture) {
    boolean[] clear = new boolean[COLOURS];
    ByteBuffer palette = row(picture, 1, 0, COLOURS * COLOUR_BYTES).order(ByteOrder.nativeOrder());
    for (int i = 0; i < COLOURS; i++) {
      clear[i] = palette.getInt(i * COLOUR_BYTES) >>> 24 < 0xff;
    }
    for (int y = 0; y < picture.height(); y++) {
      ByteBuffer row = row(picture, 0, y, picture.width());
      while (row.hasRemaining()) {
        if (clear[row.get() & 0xff]) {
          return true;
        }
      }
    }
    return false;
  }

  private static ByteBuffer row(AVFrame picture, int plane, int y, int bytes) {
    try (BytePointer data = picture.data(plane)) {
      return data.getPointer((long) y * picture.linesize(plane)).capacity(bytes).asByteBuffer();
    }
  }
}
