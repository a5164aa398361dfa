package io.efface.media;

import static org.bytedeco.ffmpeg.global.avutil.*;

import java.nio.file.Path;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/**
 * Brings pictures of any format and size to one format and size with libswscale. Single-threaded;
 * whoever makes it closes it.
 */
final class PictureConverter implements AutoCloseable {
  /** What RGB becomes where it is converted to YUV. */
  static final ColourMatrix MATRIX_OF_RGB = ColourMatrix.BT601;

  /** Formats with transparency that libswscale blends onto black; of others it drops it. */
  private static final Set<Integer> BLENDED =
      Set.of(
          AV_PIX_FMT_RGBA,
          AV_PIX_FMT_ARGB,
          AV_PIX_FMT_BGRA,
          AV_PIX_FMT_ABGR,
          AV_PIX_FMT_RGBA64BE,
          AV_PIX_FMT_RGBA64LE,
          AV_PIX_FMT_GBRAP,
          AV_PIX_FMT_GBRAP16LE,
          AV_PIX_FMT_YA8,
          AV_PIX_FMT_YA16BE,
          AV_PIX_FMT_YA16LE,
          AV_PIX_FMT_YUVA420P,
          AV_PIX_FMT_YUVA422P,
          AV_PIX_FMT_YUVA444P,
          AV_PIX_FMT_YUVA420P10LE,
          AV_PIX_FMT_YUVA422P10LE,
          AV_PIX_FMT_YUVA444P10LE,
          AV_PIX_FMT_YUVA444P16LE);

  /** BT.601 in two names, and nothing said, which is taken for it. */
  private static final Set<Integer> PLAIN =
      Set.of(AVCOL_SPC_SMPTE170M, AVCOL_SPC_BT470BG, AVCOL_SPC_UNSPECIFIED);

  private final Path path;
  private final boolean bt601;
  private final SwsContext context = swscale.sws_alloc_context();

  /**
   * A converter for one file.
   *
   * @param path the file, for messages
   */
  PictureConverter(Path path) {
    this(path, /* bt601= */ false);
  }

  /**
   * The same.
   *
   * @param bt601 whether YUV of another matrix is brought to that of BT.601
   */
  PictureConverter(Path path, boolean bt601) {
    this.path = path;
    this.bt601 = bt601;
    context.flags(
        swscale.SWS_BICUBIC
            | swscale.SWS_ACCURATE_RND
            | swscale.SWS_FULL_CHR_H_INT
            | swscale.SWS_BITEXACT);
    context.alpha_blend(swscale.SWS_ALPHA_BLEND_UNIFORM);
  }

  /** The file, for messages. */
  Path path() {
    return path;
  }

  /**
   * Converts a picture. Where it is transparent and the result cannot be, it is laid onto black, so
   * that nothing appears that was not to be seen.
   *
   * @param source borrowed, not changed
   * @param format the pixel format wanted
   * @param fullRange whether the result's range is full
   * @return a new frame with the source's properties, the caller's to free
   */
  AVFrame convert(AVFrame source, int format, int width, int height, boolean fullRange) {
    return convert(source, format, width, height, fullRange, AVCOL_SPC_UNSPECIFIED);
  }

  /**
   * The same.
   *
   * @param colourSpace libav's number of what YUV is brought to; unspecified leaves it
   */
  AVFrame convert(
      AVFrame source, int format, int width, int height, boolean fullRange, int colourSpace) {
    if (!PixelFormats.hasAlpha(source.format()) || BLENDED.contains(source.format())) {
      return scale(source, format, width, height, fullRange, colourSpace);
    }
    boolean full = PixelFormats.isFullRange(source.format(), source.color_range());
    AVFrame known =
        scale(
            source,
            blended(source.format()),
            source.width(),
            source.height(),
            full,
            AVCOL_SPC_UNSPECIFIED);
    try {
      return scale(known, format, width, height, fullRange, colourSpace);
    } finally {
      avutil.av_frame_free(known);
    }
  }

  /** A format that is blended and holds what another does. */
  private static int blended(int format) {
    AVPixFmtDescriptor description = avutil.av_pix_fmt_desc_get(format);
    boolean deep = description.comp(0).depth() > 8;
    if ((description.flags() & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0) {
      return deep ? AV_PIX_FMT_RGBA64LE : AV_PIX_FMT_RGBA;
    }
    if (description.nb_components() < 3) {
      return deep ? AV_PIX_FMT_YA16LE : AV_PIX_FMT_YA8;
    }
    return deep ? AV_PIX_FMT_YUVA444P16LE : AV_PIX_FMT_YUVA444P;
  }

  private AVFrame scale(
      AVFrame source, int format, int width, int height, boolean fullRange, int colourSpace) {
    AVFrame target = avutil.av_frame_alloc();
    avutil.av_frame_copy_props(target, source);
    target.format(format).width(width).height(height);
    if (PixelFormats.layout(format, true).model() == PixelLayout.ColourModel.GBR) {
      target.colorspace(AVCOL_SPC_RGB);
    } else if (PixelFormats.isRgb(source.format())
        || (bt601 && !PLAIN.contains(source.colorspace()))) {
      target.colorspace(AVCOL_SPC_SMPTE170M);
    } else if (colourSpace != AVCOL_SPC_UNSPECIFIED) {
      target.colorspace(colourSpace);
    }
    target.color_range(fullRange ? AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG);
    int code = avutil.av_frame_get_buffer(target, 0);
    if (code >= 0) {
      code = swscale.sws_scale_frame(context, target, source);
    }
    if (code < 0) {
      avutil.av_frame_free(target);
      throw new MediaException(
          path,
          "convert",
          "its pictures ("
              + PixelFormats.name(source.format())
              + ") cannot be converted; convert the file to H.264 first ("
              + FFmpeg.message(code)
              + ")");
    }
    return target;
  }

  @Override
  public void close() {
    swscale.sws_free_context(context);
  }
}
