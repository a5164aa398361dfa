package io.efface.media;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Decodes an audio stream and encodes it again ({@link SoundCoding}). The first sample keeps its
 * time; where the rest is a tenth of a second off, the clock moves on, or the samples that are too
 * many are left out. Pieces that cannot be decoded leave a gap.
 */
final class AudioTranscoder implements AudioTrack {
  private final Path path;
  private final Muxer muxer;
  private final AVStream target;
  private final Rational sourceTimeBase;
  private final AVCodecContext decoder;
  private final AVCodecContext encoder;
  private final AVFrame decoded = avutil.av_frame_alloc();
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final Rational sampleTime;
  private final SoundResampler resampler;
  private long nextSample = FFmpeg.NO_PTS;

  /** Samples in the encoder's format that are still to be left out. */
  private long surplus;

  private AudioTranscoder(
      Path path,
      Muxer muxer,
      AVStream target,
      Rational sourceTimeBase,
      AVCodecContext decoder,
      AVCodecContext encoder,
      SoundResampler resampler) {
    this.path = path;
    this.muxer = muxer;
    this.target = target;
    this.sourceTimeBase = sourceTimeBase;
    this.decoder = decoder;
    this.encoder = encoder;
    this.sampleTime = new Rational(1, encoder.sample_rate());
    this.resampler = resampler;
  }

  /** Whether libav can decode the stream at all. */
  static boolean canDecode(AVStream source) {
    return avcodec.avcodec_find_decoder(source.codecpar().codec_id()) != null;
  }

  /**
   * Opens a transcoder and describes its stream in the output.
   *
   * @param path of the input, for messages
   * @param source the input's stream, borrowed for the call
   * @param target the output's stream, filled in
   */
  static AudioTranscoder open(
      Path path, Muxer muxer, AVStream source, AVStream target, Rational timeBase) {
    AVCodecContext decoder = null;
    AVCodecContext encoder = null;
    boolean opened = false;
    try {
      AVCodec in = avcodec.avcodec_find_decoder(source.codecpar().codec_id());
      decoder = avcodec.avcodec_alloc_context3(in);
      avcodec.avcodec_parameters_to_context(decoder, source.codecpar());
      decoder.pkt_timebase(source.time_base());
      FFmpeg.check(
          avcodec.avcodec_open2(decoder, in, (AVDictionary) null),
          path,
          "decode",
          "its sound cannot be decoded; leave it out with --audio drop");
      encoder = SoundEncoders.open(path, muxer.container(), decoder);
      avcodec.avcodec_parameters_from_context(target.codecpar(), encoder);
      // libav's AAC encoder leaves its name where it lists the channels.
      AudioHeaders.cleaned(target.codecpar())
          .ifPresent(header -> AudioHeaders.replace(target.codecpar(), header));
      target.time_base(encoder.time_base());
      SoundResampler resampler = new SoundResampler(path, encoder);
      AudioTranscoder transcoder =
          new AudioTranscoder(path, muxer, target, timeBase, decoder, encoder, resampler);
      opened = true;
      return transcoder;
    } finally {
      if (!opened) {
        if (decoder != null) {
          avcodec.avcodec_free_context(decoder);
        }
        if (encoder != null) {
          avcodec.avcodec_free_context(encoder);
        }
      }
    }
  }

  @Override
  public void accept(Packet source) {
    refuseMemory(avcodec.avcodec_send_packet(decoder, source.get()));
    decodeAll();
  }

  private void decodeAll() {
    while (true) {
      int code = avcodec.avcodec_receive_frame(decoder, decoded);
      if (FFmpeg.isAgain(code) || FFmpeg.isEnd(code)) {
        return;
      }
      refuseMemory(code);
      if (code >= 0) {
        follow(decoded.best_effort_timestamp());
        push();
      }
      avutil.av_frame_unref(decoded);
    }
  }

  /** A damaged piece is no reason to stop, as with pictures; a lack of memory is. */
  private void refuseMemory(int code) {
    if (code == FFmpeg.ENOMEM) {
      throw new MediaException(path, "decode", SoundResampler.NO_MEMORY);
    }
  }

  /**
   * Starts the output's clock at the first sample, moves it on where the input leaves a gap, and
   * leaves samples out where there are more than time.
   */
  private void follow(long pts) {
    if (pts == FFmpeg.NO_PTS) {
      nextSample = nextSample == FFmpeg.NO_PTS ? 0 : nextSample;
      return;
    }
    long start = FFmpeg.rescale(pts, sourceTimeBase, sampleTime);
    if (nextSample == FFmpeg.NO_PTS) {
      nextSample = start;
      return;
    }
    long late = start - (nextSample + resampler.heldSamples() - surplus);
    long most = encoder.sample_rate() / 10;
    if (late > most) {
      surplus = 0;
      endRun();
      nextSample = Math.max(nextSample, start);
    } else if (late < -most) {
      surplus -= late;
    }
  }

  private void push() {
    if (!SoundEncoders.namesChannels(decoded.ch_layout())) {
      avutil.av_channel_layout_default(decoded.ch_layout(), decoded.ch_layout().nb_channels());
    }
    if (!resampler.isConfigured()) {
      resampler.configure(decoded);
    }
    if (resampler.convert(decoded) < 0) {
      // The sound's own format has changed.
      endRun();
      resampler.configure(decoded);
      resampler.check(resampler.convert(decoded));
    }
    dropSurplus();
    encodeFull();
  }

  private void dropSurplus() {
    int dropped = (int) Math.min(surplus, resampler.waitingSamples());
    if (dropped > 0) {
      resampler.drop(dropped);
      surplus -= dropped;
    }
  }

  private void encodeFull() {
    int size = Math.max(1, encoder.frame_size());
    while (resampler.waitingSamples() >= size) {
      encode(size, size);
    }
  }

  /** Encodes waiting samples, with silence after them up to {@code size}. */
  private void encode(int samples, int size) {
    AVFrame frame = resampler.take(samples, size);
    try {
      frame.pts(nextSample);
      nextSample += size;
      checkEncoder(avcodec.avcodec_send_frame(encoder, frame));
    } finally {
      avutil.av_frame_free(frame);
    }
    writeAll();
  }

  private void drainResampler() {
    resampler.drain();
    encodeFull();
  }

  /** Ends a run of sound in the middle: an encoder takes a short frame at the very end only. */
  private void endRun() {
    drainResampler();
    int rest = resampler.waitingSamples();
    if (rest > 0) {
      encode(rest, Math.max(1, encoder.frame_size()));
    }
  }

  private void checkEncoder(int code) {
    FFmpeg.check(
        code, path, "encode", "its sound cannot be encoded; leave it out with --audio drop");
  }

  private void writeAll() {
    while (true) {
      int code = avcodec.avcodec_receive_packet(encoder, packet);
      if (FFmpeg.isAgain(code) || FFmpeg.isEnd(code)) {
        return;
      }
      checkEncoder(code);
      Rational to = FFmpeg.rational(target.time_base());
      long time = FFmpeg.rescale(packet.pts(), sampleTime, to);
      if (time >= muxer.earliest(target)) {
        packet
            .pts(time)
            .dts(time)
            .duration(FFmpeg.rescale(packet.duration(), sampleTime, to))
            .stream_index(target.index());
        muxer.writeInterleaved(packet);
      }
      avcodec.av_packet_unref(packet);
    }
  }

  @Override
  public void finish() {
    refuseMemory(avcodec.avcodec_send_packet(decoder, null));
    decodeAll();
    drainResampler();
    int rest = resampler.waitingSamples();
    if (rest > 0) {
      encode(rest, rest);
    }
    checkEncoder(avcodec.avcodec_send_frame(encoder, null));
    writeAll();
  }

  @Override
  public void close() {
    resampler.close();
    avutil.av_frame_free(decoded);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(decoder);
    avcodec.avcodec_free_context(encoder);
  }
}
