package io.efface.media;

import static org.bytedeco.ffmpeg.global.avutil.*;

import io.efface.media.PixelLayout.ColourModel;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Which of libav's pixel formats Efface works in: planar YUV, grey and (for stills) planar RGB.
 * Anything else is converted to the nearest of them once, after decoding.
 */
final class PixelFormats {
  private static final int[][] YUV_BY_DEPTH = {
    {AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUV422P, AV_PIX_FMT_YUV444P},
    {AV_PIX_FMT_YUV420P10LE, AV_PIX_FMT_YUV422P10LE, AV_PIX_FMT_YUV444P10LE},
  };

  private PixelFormats() {}

  /**
   * The format to work in for pictures decoded in {@code format}.
   *
   * @param still whether RGB, grey and depths above 10 bits are kept (stills) or brought to YUV of
   *     8 or 10 bits (video)
   * @return the same format where no conversion is needed; -1 where libav knows no conversion
   */
  static int working(int format, boolean still) {
    AVPixFmtDescriptor description = avutil.av_pix_fmt_desc_get(format);
    if (description == null || (description.flags() & AV_PIX_FMT_FLAG_HWACCEL) != 0) {
      return -1;
    }
    int depth = description.comp(0).depth();
    boolean rgb = (description.flags() & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0;
    if (still && rgb) {
      return depth > 8 ? AV_PIX_FMT_GBRP16LE : AV_PIX_FMT_GBRP;
    }
    boolean grey = description.nb_components() < 3 && !rgb;
    if (still && grey) {
      return depth > 8 ? AV_PIX_FMT_GRAY16LE : AV_PIX_FMT_GRAY8;
    }
    if (still && isWorking(format)) {
      return format;
    }
    int chroma;
    if (rgb) {
      chroma = 2;
    } else if (grey || (description.log2_chroma_h() > 0 && description.log2_chroma_w() > 0)) {
      chroma = 0;
    } else if (description.log2_chroma_w() > 0) {
      chroma = 1;
    } else {
      chroma = 2;
    }
    int plain = YUV_BY_DEPTH[depth > 8 ? 1 : 0][chroma];
    return isFullRangeTwin(format, plain) ? format : plain;
  }

  /** The working format of a film with as many samples of colour as of luma. */
  static int allChroma(PixelLayout layout) {
    return YUV_BY_DEPTH[layout.bitDepth() > 8 ? 1 : 0][2];
  }

  /** The old full-range names (yuvj420p) have the same samples as the plain ones. */
  private static boolean isFullRangeTwin(int format, int plain) {
    return plainName(format) == plain;
  }

  /** The format without the range in its name: yuv420p for yuvj420p. */
  static int plainName(int format) {
    if (format == AV_PIX_FMT_YUVJ420P) {
      return AV_PIX_FMT_YUV420P;
    }
    if (format == AV_PIX_FMT_YUVJ422P) {
      return AV_PIX_FMT_YUV422P;
    }
    if (format == AV_PIX_FMT_YUVJ444P) {
      return AV_PIX_FMT_YUV444P;
    }
    return format;
  }

  /**
   * Where a picture says limited range and its format's old name full, which libav keeps where a
   * stream's range changes, takes the picture's word.
   *
   * @param picture whose format gets its plain name then
   */
  static void believeRange(AVFrame picture) {
    if (picture.color_range() == avutil.AVCOL_RANGE_MPEG) {
      picture.format(plainName(picture.format()));
    }
  }

  /** Whether the format's very name says full range. */
  static boolean saysFullRange(int format) {
    return plainName(format) != format || format == AV_PIX_FMT_YUVJ440P;
  }

  /**
   * Whether luma runs over all codes. Grey that does not say is taken to, as libav's scaler takes
   * it: the decoder of JPEG names a range for colour only.
   */
  static boolean isFullRange(int format, int range) {
    boolean grey = avutil.av_pix_fmt_desc_get(format).nb_components() == 1;
    return range == avutil.AVCOL_RANGE_JPEG
        || saysFullRange(format)
        || (grey && range == avutil.AVCOL_RANGE_UNSPECIFIED);
  }

  private static boolean isWorking(int format) {
    AVPixFmtDescriptor d = avutil.av_pix_fmt_desc_get(format);
    long unwanted =
        AV_PIX_FMT_FLAG_BE
            | AV_PIX_FMT_FLAG_PAL
            | AV_PIX_FMT_FLAG_BITSTREAM
            | AV_PIX_FMT_FLAG_HWACCEL
            | AV_PIX_FMT_FLAG_RGB
            | AV_PIX_FMT_FLAG_ALPHA
            | AV_PIX_FMT_FLAG_BAYER
            | AV_PIX_FMT_FLAG_FLOAT;
    return (d.flags() & unwanted) == 0
        && (d.flags() & AV_PIX_FMT_FLAG_PLANAR) != 0
        && d.nb_components() == 3
        && d.comp(1).plane() == 1
        && d.comp(2).plane() == 2
        && d.comp(0).shift() == 0;
  }

  /** The layout of a working format. */
  static PixelLayout layout(int format, boolean fullRange) {
    AVPixFmtDescriptor d = avutil.av_pix_fmt_desc_get(format);
    int depth = d.comp(0).depth();
    if ((d.flags() & AV_PIX_FMT_FLAG_RGB) != 0) {
      return new PixelLayout(ColourModel.GBR, 0, 0, depth, true);
    }
    if (d.nb_components() == 1) {
      return new PixelLayout(ColourModel.GREY, 0, 0, depth, fullRange);
    }
    return new PixelLayout(ColourModel.YUV, d.log2_chroma_w(), d.log2_chroma_h(), depth, fullRange);
  }

  /** Whether pictures of a format are of red, green and blue. */
  static boolean isRgb(int format) {
    return layout(working(format, true), true).model() == ColourModel.GBR;
  }

  /** libav's name of a format. */
  static String name(int format) {
    var name = avutil.av_get_pix_fmt_name(format);
    return name == null ? "unknown" : name.getString();
  }

  /** Whether the format has luma alone. */
  static boolean isGrey(int format) {
    AVPixFmtDescriptor d = avutil.av_pix_fmt_desc_get(format);
    return d != null && d.nb_components() == 1 && (d.flags() & AV_PIX_FMT_FLAG_PAL) == 0;
  }

  /** Whether the format carries transparency. */
  static boolean hasAlpha(int format) {
    AVPixFmtDescriptor d = avutil.av_pix_fmt_desc_get(format);
    return d != null && (d.flags() & AV_PIX_FMT_FLAG_ALPHA) != 0;
  }
}
