package io.efface.media;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;
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

  private final Path path;
  private final SwsContext context = swscale.sws_alloc_context();

  /**
   * A converter for one file.
   *
   * @param path the file, for messages
   */
  PictureConverter(Path path) {
    this.path = path;
    context.flags(
        swscale.SWS_BICUBIC
            | swscale.SWS_ACCURATE_RND
            | swscale.SWS_FULL_CHR_H_INT
            | swscale.SWS_BITEXACT);
  }

  /**
   * Converts a picture.
   *
   * @param source borrowed, not changed
   * @param format the pixel format wanted
   * @param fullRange whether the result's range is full
   * @return a new frame with the source's properties, the caller's to free
   */
  AVFrame convert(AVFrame source, int format, int width, int height, boolean fullRange) {
    AVFrame target = avutil.av_frame_alloc();
    avutil.av_frame_copy_props(target, source);
    target.format(format).width(width).height(height);
    if (PixelFormats.layout(format, true).model() == PixelLayout.ColourModel.GBR) {
      target.colorspace(AVCOL_SPC_RGB);
    } else if (PixelFormats.isRgb(source.format())) {
      target.colorspace(AVCOL_SPC_SMPTE170M);
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
