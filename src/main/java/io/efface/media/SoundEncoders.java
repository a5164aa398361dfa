package io.efface.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avutil.AV_CHANNEL_ORDER_UNSPEC;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;

import java.nio.file.Path;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Opens libav's encoders of sound: AAC, or Opus in WebM. */
final class SoundEncoders {
  private static final Set<Integer> AAC_RATES =
      Set.of(96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000);
  private static final int OPUS_RATE = 48000;

  private SoundEncoders() {}

  /**
   * An encoder for what a decoder gives, owned by the caller.
   *
   * @param path of the input, for messages
   * @throws MediaException if there is none for its sound
   */
  static AVCodecContext open(Path path, Container container, AVCodecContext decoder) {
    boolean opus = container == Container.WEBM;
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(opus ? "libopus" : "aac");
    int code = -1;
    int channels = decoder.ch_layout().nb_channels();
    // An unusual layout is refused by the encoder: then its default for the count, then stereo.
    for (int attempt = 0; attempt < 3; attempt++) {
      AVCodecContext encoder = avcodec.avcodec_alloc_context3(codec);
      if (attempt == 0 && namesChannels(decoder.ch_layout())) {
        avutil.av_channel_layout_copy(encoder.ch_layout(), decoder.ch_layout());
      } else {
        avutil.av_channel_layout_default(
            encoder.ch_layout(), attempt == 2 ? Math.min(channels, 2) : channels);
      }
      int rate = opus ? OPUS_RATE : aacRate(decoder.sample_rate());
      encoder
          .sample_rate(rate)
          .sample_fmt(opus ? AV_SAMPLE_FMT_FLT : AV_SAMPLE_FMT_FLTP)
          .bit_rate(Math.max(64_000L, 80_000L * encoder.ch_layout().nb_channels()))
          .flags(AV_CODEC_FLAG_BITEXACT | AV_CODEC_FLAG_GLOBAL_HEADER);
      try (AVRational tb = FFmpeg.rational(new Rational(1, rate))) {
        encoder.time_base(tb);
      }
      code = avcodec.avcodec_open2(encoder, codec, (AVDictionary) null);
      if (code >= 0) {
        return encoder;
      }
      avcodec.avcodec_free_context(encoder);
    }
    FFmpeg.check(
        code, path, "encode", "its sound cannot be encoded; leave it out with --audio drop");
    throw new IllegalStateException("unreachable");
  }

  /** PCM and others often say how many channels there are, but not which. */
  static boolean namesChannels(AVChannelLayout layout) {
    return layout.order() != AV_CHANNEL_ORDER_UNSPEC && avutil.av_channel_layout_check(layout) == 1;
  }

  private static int aacRate(int rate) {
    return AAC_RATES.contains(rate) ? rate : 48000;
  }
}
