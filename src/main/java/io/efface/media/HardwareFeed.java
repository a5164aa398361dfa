package io.efface.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_P010LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_VAAPI;

import io.efface.media.KnownEncoder.Family;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVHWFramesContext;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Brings planar 4:2:0 pictures to the form that hardware takes: chroma in one plane, 10 bits in the
 * high ones, and for VA-API into the device's memory. Samples keep their values. Single-threaded;
 * whoever makes it closes it.
 */
final class HardwareFeed implements AutoCloseable {
  /** Pictures that a driver may hold while it encodes without pictures that refer forward. */
  private static final int POOL = 20;

  private final Path path;
  private final int format;
  private final boolean fullRange;
  private final PictureConverter converter;
  private AVBufferRef device = new AVBufferRef(null);
  private AVBufferRef frames = new AVBufferRef(null);

  /**
   * A feed.
   *
   * @param path the output, for messages
   * @param layout of the pictures: 4:2:0 of 8 or 10 bits
   */
  HardwareFeed(Path path, PixelLayout layout) {
    this.path = path;
    this.format = layout.bitDepth() > 8 ? AV_PIX_FMT_P010LE : AV_PIX_FMT_NV12;
    this.fullRange = layout.fullRange();
    this.converter = new PictureConverter(path);
  }

  /**
   * Tells an encoder that is not open yet what it will get; its size is known.
   *
   * @throws MediaException if the device cannot be opened
   */
  void prepare(AVCodecContext context, Family family) {
    context.pix_fmt(format);
    if (family != Family.VAAPI) {
      return;
    }
    check(
        avutil.av_hwdevice_ctx_create(
            device, avutil.AV_HWDEVICE_TYPE_VAAPI, (String) null, null, 0),
        "there is no device");
    frames = avutil.av_hwframe_ctx_alloc(device);
    try (AVHWFramesContext pool = new AVHWFramesContext(frames.data())) {
      pool.format(AV_PIX_FMT_VAAPI)
          .sw_format(format)
          .width(context.width())
          .height(context.height())
          .initial_pool_size(POOL);
    }
    check(avutil.av_hwframe_ctx_init(frames), "the device does not take such pictures");
    context.pix_fmt(AV_PIX_FMT_VAAPI).hw_frames_ctx(avutil.av_buffer_ref(frames));
  }

  /**
   * Brings a picture to the encoder's form.
   *
   * @param plain planar, with its properties; borrowed, not changed
   * @return a new frame with the same properties, the caller's to free
   * @throws MediaException if there is no memory for it
   */
  AVFrame feed(AVFrame plain) {
    AVFrame packed = converter.convert(plain, format, plain.width(), plain.height(), fullRange);
    packed.color_range(plain.color_range());
    if (frames.isNull()) {
      return packed;
    }
    AVFrame uploaded = avutil.av_frame_alloc();
    boolean whole = false;
    try {
      check(avutil.av_hwframe_get_buffer(frames, uploaded, 0), "the device has no memory");
      check(avutil.av_hwframe_transfer_data(uploaded, packed, 0), "the device took no picture");
      check(avutil.av_frame_copy_props(uploaded, packed), "there is not enough memory");
      whole = true;
      return uploaded;
    } finally {
      avutil.av_frame_free(packed);
      if (!whole) {
        avutil.av_frame_free(uploaded);
      }
    }
  }

  private void check(int code, String what) {
    FFmpeg.check(code, path, "encode", what);
  }

  @Override
  public void close() {
    converter.close();
    avutil.av_buffer_unref(frames);
    avutil.av_buffer_unref(device);
  }
}
