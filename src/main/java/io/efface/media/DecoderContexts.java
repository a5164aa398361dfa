package io.efface.media;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** Opens libav's decoders of pictures, within limits. */
public final class DecoderContexts {
  /** The system property that sets how many pixels a picture may have. */
  public static final String MAX_PIXELS_PROPERTY = "efface.maxPixels";

  /** 16k by 8k where nothing else is set: above every camera, below what exhausts a machine. */
  private static final long MAX_PIXELS = Long.getLong(MAX_PIXELS_PROPERTY, 1L << 27);

  private DecoderContexts() {}

  /**
   * A context that decodes the picture of a file, owned by the caller. As {@link
   * VideoDecoder#open}.
   */
  static AVCodecContext open(Demuxer demuxer, int threads) {
    AVStream stream = demuxer.stream(demuxer.info().video());
    String name = demuxer.info().videoStream().codec();
    AVCodec codec = decoder(stream);
    if (codec == null) {
      throw new MediaException(
          demuxer.path(),
          "decode",
          "its video ("
              + name
              + ") is of a kind that cannot be decoded; convert it to H.264 first");
    }
    refuseHuge(demuxer.path(), stream.codecpar().width(), stream.codecpar().height());
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    boolean opened = false;
    AVDictionary options = new AVDictionary(null);
    try {
      avcodec.avcodec_parameters_to_context(context, stream.codecpar());
      context.pkt_timebase(stream.time_base()).thread_count(threads).max_pixels(MAX_PIXELS);
      // What the coded stream has cut off on the left is cut to the pixel.
      context.flags(context.flags() | avcodec.AV_CODEC_FLAG_UNALIGNED);
      // Decoded pictures are changed in place later; film grain belongs to them, so let libav draw
      // it.
      FFmpeg.check(
          avcodec.avcodec_open2(context, codec, options),
          demuxer.path(),
          "decode",
          "its video (" + name + ") cannot be decoded; the file may be damaged");
      opened = true;
      return context;
    } finally {
      avutil.av_dict_free(options);
      if (!opened) {
        avcodec.avcodec_free_context(context);
      }
    }
  }

  /** libav's own decoders of VP8 and VP9 pass over a layer of transparency. */
  private static @Nullable AVCodec decoder(AVStream stream) {
    int id = stream.codecpar().codec_id();
    boolean layered =
        stream.metadata() != null
            && avutil.av_dict_get(stream.metadata(), "alpha_mode", null, 0) != null;
    if (layered && id == avcodec.AV_CODEC_ID_VP8) {
      return avcodec.avcodec_find_decoder_by_name("libvpx");
    }
    if (layered && id == avcodec.AV_CODEC_ID_VP9) {
      return avcodec.avcodec_find_decoder_by_name("libvpx-vp9");
    }
    return avcodec.avcodec_find_decoder(id);
  }

  private static void refuseHuge(Path path, long width, long height) {
    if (width * height > MAX_PIXELS) {
      throw new MediaException(
          path,
          "decode",
          "its pictures are "
              + width
              + "x"
              + height
              + ", more than the "
              + MAX_PIXELS / 1_000_000
              + " megapixels that are allowed; among files for -d, raise --max-megapixels");
    }
  }
}
