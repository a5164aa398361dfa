package io.efface.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_SKIP_SAMPLES;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * Copies the packets of an audio stream, without what decoders skip in them. Sound that an edit
 * list hides is left out, save the one packet before the first audible one, which decoders need to
 * start; side data other than the count of samples to skip is left out too.
 */
final class AudioCopy implements AudioTrack {
  /** Damaged packets in a row that seem to tell another form of sound. */
  private static final int MOST_STRAYS = 8;

  private final Path path;
  private final Muxer muxer;
  private final AVStream target;
  private final Rational sourceTimeBase;

  /** Whether it is AAC of a kind whose frames are rows of numbered elements. */
  private final boolean elements;

  /**
   * Whether each packet of AAC has a header of its own (ADTS), which the output's muxer takes off.
   */
  private final boolean framed;

  /** How many streams of Opus are in each packet; 0 where it is another coding. */
  private final int opusStreams;

  /** Of PCM, the bytes of one sample of all channels; 1 where it is another coding. */
  private final int sampleBytes;

  private final AVPacket copy = avcodec.av_packet_alloc();
  private final AVPacket hidden = avcodec.av_packet_alloc();
  private boolean audible;
  private Optional<FrameClock> clock = Optional.empty();
  private long lasted = 1;
  private OptionalInt form = OptionalInt.empty();
  private int strays;

  /**
   * A copier.
   *
   * @param path of the input
   * @param muxer borrowed
   * @param target the output's stream, described already
   * @param sourceTimeBase seconds a tick of the input's stream
   */
  AudioCopy(Path path, Muxer muxer, AVStream target, Rational sourceTimeBase) {
    this.path = path;
    this.muxer = muxer;
    this.target = target;
    this.sourceTimeBase = sourceTimeBase;
    AVCodecParameters parameters = target.codecpar();
    this.elements =
        parameters.codec_id() == avcodec.AV_CODEC_ID_AAC
            && AacHeader.read(AudioHeaders.bytes(parameters)).hasElements();
    this.framed = elements && parameters.extradata_size() == 0;
    this.opusStreams =
        parameters.codec_id() == avcodec.AV_CODEC_ID_OPUS
            ? OpusHead.streams(AudioHeaders.bytes(parameters))
            : 0;
    int bits = avcodec.av_get_exact_bits_per_sample(parameters.codec_id());
    this.sampleBytes = Math.max(1, bits / 8 * parameters.ch_layout().nb_channels());
  }

  @Override
  public void accept(Packet packet) {
    AVPacket source = packet.get();
    if ((source.flags() & AV_PKT_FLAG_DISCARD) != 0) {
      avcodec.av_packet_unref(hidden);
      if (!audible) {
        check(avcodec.av_packet_ref(hidden, source));
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
    check(avcodec.av_packet_ref(copy, source));
    keepSkipSamplesOnly(copy, source);
    boolean decodable = clean(copy);
    Rational to = FFmpeg.rational(target.time_base());
    FrameClock times = clock.orElseGet(() -> new FrameClock(to, Rational.UNKNOWN));
    clock = Optional.of(times);
    long pts = source.pts() == FFmpeg.NO_PTS ? source.dts() : source.pts();
    long time =
        times.next(pts == FFmpeg.NO_PTS ? pts : FFmpeg.rescale(pts, sourceTimeBase, to), lasted);
    if (!decodable || time < muxer.earliest(target)) {
      return;
    }
    long duration = FFmpeg.rescale(source.duration(), sourceTimeBase, to);
    lasted = Math.max(1, duration);
    copy.pts(time)
        .dts(time)
        .duration(duration)
        .flags(AV_PKT_FLAG_KEY)
        .pos(-1)
        .stream_index(target.index());
    muxer.writeInterleaved(copy);
  }

  /**
   * Blanks or cuts off what decoders skip in a packet.
   *
   * @return whether it holds any sound at all: what is left of a broadcast's packet whose beginning
   *     was lost does not
   */
  private boolean clean(AVPacket packet) {
    if (framed && !AacElements.hasAdtsHeader(PacketBytes.of(packet))) {
      return false;
    }
    if (elements) {
      if (!isOfForm(packet)) {
        return false;
      }
      AacFiller.blank(packet, path);
    }
    if (opusStreams > 0) {
      return OpusFiller.blank(packet, opusStreams, path);
    }
    // Decoders leave out a sample that is not whole.
    packet.size(packet.size() - packet.size() % sampleBytes);
    return packet.size() > 0 || sampleBytes == 1;
  }

  private void check(int code) {
    FFmpeg.check(code, path, "copy", PacketBytes.NO_MEMORY);
  }

  /**
   * Whether a packet of AAC tells in its own header (ADTS) the rate and the channels of the first
   * one, or nothing. Where pieces of a broadcast were lost, some seem to tell something else.
   *
   * @throws MediaException if many in a row tell something else: the output has one header for all
   */
  private boolean isOfForm(AVPacket source) {
    BytePointer data = source.data();
    if (source.size() < AacElements.ADTS_HEADER_BYTES
        || (data.get(0) & 0xff) != 0xff
        || (data.get(1) & 0xf6) != 0xf0) {
      return true;
    }
    // Profile, rate and channels, without the private bit between them.
    int found = (data.get(2) & 0xfd) << 2 | (data.get(3) >> 6 & 3);
    strays = form.orElse(found) == found ? 0 : strays + 1;
    if (strays > MOST_STRAYS) {
      throw new MediaException(
          path,
          "copy",
          "its sound changes its rate or its channels in the middle; add --audio drop, or convert"
              + " the sound first");
    }
    form = OptionalInt.of(form.orElse(found));
    return strays == 0;
  }

  private void keepSkipSamplesOnly(AVPacket copy, AVPacket source) {
    avcodec.av_packet_free_side_data(copy);
    try (SizeTPointer size = new SizeTPointer(1)) {
      BytePointer skip = avcodec.av_packet_get_side_data(source, AV_PKT_DATA_SKIP_SAMPLES, size);
      if (skip != null) {
        BytePointer kept =
            avcodec.av_packet_new_side_data(copy, AV_PKT_DATA_SKIP_SAMPLES, size.get());
        if (kept == null) {
          throw new MediaException(path, "copy", PacketBytes.NO_MEMORY);
        }
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
