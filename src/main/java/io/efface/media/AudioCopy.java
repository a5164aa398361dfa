package io.efface.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_SKIP_SAMPLES;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PROFILE_AAC_ELD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PROFILE_AAC_LD;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * Copies the packets of an audio stream. Sound that an edit list hides is left out, save the one
 * packet before the first audible one, which decoders need to start; side data other than the count
 * of samples to skip is left out too.
 */
final class AudioCopy implements AudioTrack {
  private final Muxer muxer;
  private final AVStream target;
  private final Rational sourceTimeBase;
  private final long offset;
  private final AVPacket copy = avcodec.av_packet_alloc();
  private final AVPacket hidden = avcodec.av_packet_alloc();
  private boolean audible;
  private long lastDts = FFmpeg.NO_PTS;

  /**
   * A copier.
   *
   * @param muxer borrowed
   * @param target the output's stream
   * @param sourceTimeBase seconds a tick of the input's stream
   * @param offset ticks of the input that become zero
   */
  AudioCopy(Muxer muxer, AVStream target, Rational sourceTimeBase, long offset) {
    this.muxer = muxer;
    this.target = target;
    this.sourceTimeBase = sourceTimeBase;
    this.offset = offset;
  }

  @Override
  public void accept(Packet packet) {
    AVPacket source = packet.get();
    if ((source.flags() & AV_PKT_FLAG_DISCARD) != 0) {
      avcodec.av_packet_unref(hidden);
      if (!audible) {
        avcodec.av_packet_ref(hidden, source);
      }
      return;
    }
    if (!audible && hidden.size() > 0) {
      write(hidden);
    }
    audible = true;
    write(source);
  }

  private void write(AVPacket source) {
    avcodec.av_packet_unref(copy);
    avcodec.av_packet_ref(copy, source);
    keepSkipSamplesOnly(copy, source);
    if (hasElements(target.codecpar())) {
      AacFiller.blank(copy);
    }
    Rational to = FFmpeg.rational(target.time_base());
    long pts = source.pts() == FFmpeg.NO_PTS ? source.dts() : source.pts();
    if (pts == FFmpeg.NO_PTS) {
      pts =
          lastDts == FFmpeg.NO_PTS
              ? offset
              : FFmpeg.rescale(lastDts + 1, to, sourceTimeBase) + offset;
    }
    long time = FFmpeg.rescale(pts - offset, sourceTimeBase, to);
    if (time < muxer.earliest(target)) {
      return;
    }
    if (lastDts != FFmpeg.NO_PTS && time <= lastDts) {
      time = lastDts + 1;
    }
    lastDts = time;
    copy.pts(time)
        .dts(time)
        .duration(FFmpeg.rescale(source.duration(), sourceTimeBase, to))
        .flags(AV_PKT_FLAG_KEY)
        .pos(-1)
        .stream_index(target.index());
    muxer.writeInterleaved(copy);
  }

  /** Whether it is AAC of a kind whose frames are rows of numbered elements. */
  private static boolean hasElements(AVCodecParameters parameters) {
    return parameters.codec_id() == avcodec.AV_CODEC_ID_AAC
        && parameters.profile() != AV_PROFILE_AAC_LD
        && parameters.profile() != AV_PROFILE_AAC_ELD;
  }

  private static void keepSkipSamplesOnly(AVPacket copy, AVPacket source) {
    avcodec.av_packet_free_side_data(copy);
    try (SizeTPointer size = new SizeTPointer(1)) {
      BytePointer skip = avcodec.av_packet_get_side_data(source, AV_PKT_DATA_SKIP_SAMPLES, size);
      if (skip != null) {
        BytePointer kept =
            avcodec.av_packet_new_side_data(copy, AV_PKT_DATA_SKIP_SAMPLES, size.get());
        BytePointer.memcpy(kept, skip, size.get());
      }
    }
  }

  @Override
  public void finish() {
    // nothing is held back
  }

  @Override
  public void close() {
    avcodec.av_packet_free(copy);
    avcodec.av_packet_free(hidden);
  }
}
