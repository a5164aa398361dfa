package io.efface.media;

import io.efface.media.PixelLayout.ColourModel;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;

/** Lets a hardware encoder encode one empty picture: some open and then cannot. */
final class EncoderTrial {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final PixelLayout USUAL = new PixelLayout(ColourModel.YUV, 1, 1, 8, false);

  private EncoderTrial() {}

  /**
   * Tries an encoder of this build with a usual picture.
   *
   * @return why it does not work; empty if it does
   */
  static Optional<String> refusal(KnownEncoder encoder) {
    EncoderSettings settings =
        new EncoderSettings(
            Optional.of(encoder.codec()),
            EncoderSettings.DEFAULT_QUALITY,
            EncoderSettings.Preset.FAST,
            EncoderWish.of(encoder));
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(encoder.id());
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    AVDictionary options = new AVDictionary(null);
    try (HardwareFeed feed = new HardwareFeed(Path.of(encoder.id()), USUAL)) {
      context.width(WIDTH).height(HEIGHT);
      context.time_base().num(1).den(25);
      context.framerate().num(25).den(1);
      feed.prepare(context, encoder.family());
      EncoderChoice.of(encoder, settings)
          .options()
          .forEach((key, value) -> avutil.av_dict_set(options, key, value, 0));
      int code = avcodec.avcodec_open2(context, codec, options);
      return code < 0
          ? Optional.of(FFmpeg.message(code))
          : refusal(context, feed, avutil.AV_PIX_FMT_YUV420P);
    } catch (MediaException e) {
      return Optional.of(e.reason());
    } finally {
      avutil.av_dict_free(options);
      avcodec.avcodec_free_context(context);
    }
  }

  /**
   * Tries an encoder, which is of no use afterwards.
   *
   * @param context open; borrowed
   * @param feed its own; borrowed
   * @param plainFormat the planar pixel format that the feed takes
   * @return why it does not work; empty if it does
   */
  static Optional<String> refusal(AVCodecContext context, HardwareFeed feed, int plainFormat) {
    AVFrame plain = avutil.av_frame_alloc();
    AVFrame fed = new AVFrame(null);
    AVPacket packet = avcodec.av_packet_alloc();
    try {
      plain.format(plainFormat).width(context.width()).height(context.height()).pts(0);
      int code = avutil.av_frame_get_buffer(plain, 0);
      if (code >= 0) {
        for (int plane = 0; plane < 3; plane++) {
          int rows = plane == 0 ? plain.height() : (plain.height() + 1) / 2;
          Pointer.memset(plain.data(plane), 0, (long) rows * plain.linesize(plane));
        }
        plain.color_range(context.color_range());
        fed = feed.feed(plain);
        code = avcodec.avcodec_send_frame(context, fed);
      }
      if (code >= 0) {
        code = avcodec.avcodec_send_frame(context, null);
      }
      if (code >= 0) {
        code = avcodec.avcodec_receive_packet(context, packet);
      }
      return code >= 0 ? Optional.empty() : Optional.of(FFmpeg.message(code));
    } catch (MediaException e) {
      return Optional.of(e.reason());
    } finally {
      avcodec.av_packet_free(packet);
      avutil.av_frame_free(fed);
      avutil.av_frame_free(plain);
    }
  }
}
