package io.efface.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avutil.AV_CHANNEL_ORDER_NATIVE;
import static org.bytedeco.ffmpeg.global.avutil.AV_CHANNEL_ORDER_UNSPEC;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Opens libav's encoders of sound ({@link SoundCoding}). */
final class SoundEncoders {
  private SoundEncoders() {}

  /**
   * An encoder for what a decoder gives, owned by the caller.
   *
   * @param path of the input, for messages
   * @throws MediaException if there is none for its sound
   */
  static AVCodecContext open(Path path, Container container, AVCodecContext decoder) {
    int code = -1;
    for (SoundCoding coding : SoundCoding.of(container, decoder)) {
      AVCodec codec = avcodec.avcodec_find_encoder_by_name(coding.encoder());
      // An unusual layout is refused by the encoder: then its default for the count, then stereo.
      for (int attempt = 0; attempt < (coding.isLossless() ? 1 : 3); attempt++) {
        AVCodecContext encoder = avcodec.avcodec_alloc_context3(codec);
        setLayout(encoder, decoder.ch_layout(), attempt);
        if (coding == SoundCoding.AAC) {
          nameByNumber(encoder.ch_layout());
        }
        int rate = coding.rate(decoder);
        encoder
            .sample_rate(rate)
            .sample_fmt(coding.sampleFormat(decoder))
            .bits_per_raw_sample(coding.isLossless() ? decoder.bits_per_raw_sample() : 0)
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
    }
    FFmpeg.check(
        code, path, "encode", "its sound cannot be encoded; leave it out with --audio drop");
    throw new IllegalStateException("unreachable");
  }

  private static void setLayout(AVCodecContext encoder, AVChannelLayout layout, int attempt) {
    int channels = layout.nb_channels();
    if (attempt == 0 && namesChannels(layout)) {
      avutil.av_channel_layout_copy(encoder.ch_layout(), layout);
    } else {
      avutil.av_channel_layout_default(
          encoder.ch_layout(), attempt == 2 ? Math.min(channels, 2) : channels);
    }
  }

  /**
   * AAC has numbers for surround with loudspeakers behind. Those of AC-3 and DTS stand at the
   * sides: written out, as an element that many players do not take.
   */
  private static void nameByNumber(AVChannelLayout layout) {
    if (layout.order() == AV_CHANNEL_ORDER_NATIVE) {
      if (layout.u_mask() == avutil.AV_CH_LAYOUT_5POINT1) {
        avutil.av_channel_layout_from_mask(layout, avutil.AV_CH_LAYOUT_5POINT1_BACK);
      } else if (layout.u_mask() == avutil.AV_CH_LAYOUT_5POINT0) {
        avutil.av_channel_layout_from_mask(layout, avutil.AV_CH_LAYOUT_5POINT0_BACK);
      }
    }
  }

  /** PCM and others often say how many channels there are, but not which. */
  static boolean namesChannels(AVChannelLayout layout) {
    return layout.order() != AV_CHANNEL_ORDER_UNSPEC && avutil.av_channel_layout_check(layout) == 1;
  }
}
