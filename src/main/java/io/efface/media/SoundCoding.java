package io.efface.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_CHANNEL_ORDER_NATIVE;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16P;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32P;

import java.util.List;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** What sound is encoded as that is not copied. */
enum SoundCoding {
  AAC("aac", AV_SAMPLE_FMT_FLTP, AV_SAMPLE_FMT_FLTP),
  OPUS("libopus", AV_SAMPLE_FMT_FLT, AV_SAMPLE_FMT_FLT),
  FLAC("flac", AV_SAMPLE_FMT_S16, AV_SAMPLE_FMT_S32),
  ALAC("alac", AV_SAMPLE_FMT_S16P, AV_SAMPLE_FMT_S32P);

  /** More are for experiments only, and few decoders take them. */
  private static final int MOST_LOSSLESS_BITS = 24;

  /** Those that FLAC knows by their count; others it tells in a comment. */
  private static final Set<Long> FLAC_LAYOUTS =
      Set.of(
          avutil.AV_CH_LAYOUT_MONO,
          avutil.AV_CH_LAYOUT_STEREO,
          avutil.AV_CH_LAYOUT_SURROUND,
          avutil.AV_CH_LAYOUT_QUAD,
          avutil.AV_CH_LAYOUT_5POINT0,
          avutil.AV_CH_LAYOUT_5POINT1,
          avutil.AV_CH_LAYOUT_6POINT1,
          avutil.AV_CH_LAYOUT_7POINT1);

  private static final int OPUS_RATE = 48000;
  private static final int USUAL_AAC_RATE = 48000;
  private static final Set<Integer> AAC_RATES =
      Set.of(96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000);

  private final String encoder;
  private final int shortFormat;
  private final int longFormat;

  /**
   * A coding.
   *
   * @param encoder libav's name of it
   * @param shortFormat libav's number of the samples that it takes for such of 16 bits
   * @param longFormat the same for samples of more
   */
  SoundCoding(String encoder, int shortFormat, int longFormat) {
    this.encoder = encoder;
    this.shortFormat = shortFormat;
    this.longFormat = longFormat;
  }

  /**
   * What to try for what a decoder gives, in order: sound that was kept without loss is written so
   * again where the container holds its coding.
   *
   * @param decoder opened, borrowed for the call
   */
  static List<SoundCoding> of(Container container, AVCodecContext decoder) {
    if (container == Container.WEBM) {
      return List.of(OPUS);
    }
    int codec = decoder.codec_id();
    if (codec == avcodec.AV_CODEC_ID_ALAC && ALAC.takes(decoder)) {
      return List.of(ALAC, AAC);
    }
    // QuickTime has no name for FLAC.
    boolean flac = codec == avcodec.AV_CODEC_ID_FLAC && container != Container.MOV;
    return flac && FLAC.takes(decoder) ? List.of(FLAC, AAC) : List.of(AAC);
  }

  /** Whether all of a decoder's samples are kept, and their channels are known by their count. */
  private boolean takes(AVCodecContext decoder) {
    boolean samples = isShort(decoder) || bits(decoder) == 32;
    return samples
        && decoder.bits_per_raw_sample() <= MOST_LOSSLESS_BITS
        && (this != FLAC || isNumbered(decoder.ch_layout()));
  }

  private static boolean isNumbered(AVChannelLayout layout) {
    return layout.order() == AV_CHANNEL_ORDER_NATIVE && FLAC_LAYOUTS.contains(layout.u_mask());
  }

  private static boolean isShort(AVCodecContext decoder) {
    return bits(decoder) == 16;
  }

  private static int bits(AVCodecContext decoder) {
    return 8 * avutil.av_get_bytes_per_sample(decoder.sample_fmt());
  }

  /** libav's name of the encoder. */
  String encoder() {
    return encoder;
  }

  boolean isLossless() {
    return this == FLAC || this == ALAC;
  }

  /** libav's number of the samples that are encoded. */
  int sampleFormat(AVCodecContext decoder) {
    return isShort(decoder) ? shortFormat : longFormat;
  }

  /** Samples a second that are encoded. */
  int rate(AVCodecContext decoder) {
    return switch (this) {
      case OPUS -> OPUS_RATE;
      case AAC ->
          AAC_RATES.contains(decoder.sample_rate()) ? decoder.sample_rate() : USUAL_AAC_RATE;
      case FLAC, ALAC -> decoder.sample_rate();
    };
  }
}
