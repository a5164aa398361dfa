package io.efface.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;

import io.efface.geometry.Orientation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * The picture's stream of an output: what is encoded and, where the input's stream can be joined,
 * what is copied. Each span between copied pictures has an encoder of its own, so that none of its
 * pictures refers to one outside. Single-threaded; whoever opens it closes it.
 */
final class PictureTrack implements AutoCloseable {
  private final Path path;
  private final OutputPlan plan;
  private final EncoderSetup setup;
  private final Rational timeBase;
  private final TimesDigest times = new TimesDigest();
  private final boolean pads;
  private final Optional<Joint> joint;
  private final Optional<String> notJoined;
  private final Optional<DecodeTimes> decodeTimes;
  private Optional<VideoEncoder> encoder;
  private boolean encoding;
  private AVStream stream = new AVStream(null);
  private EncodedSink sink = packet -> {};

  private PictureTrack(
      Path path,
      OutputPlan plan,
      EncoderSetup setup,
      VideoEncoder encoder,
      Optional<Joint> joint,
      Optional<String> notJoined) {
    this.path = path;
    this.plan = plan;
    this.setup = setup;
    this.encoder = Optional.of(encoder);
    this.pads = encoder.pads();
    this.timeBase = encoder.timeBase();
    this.joint = joint;
    this.notJoined = notJoined;
    this.decodeTimes = joint.map(j -> new DecodeTimes(j.reordered(), setup.ticksAFrame()));
  }

  /**
   * Opens the encoder for the pictures of a decoder whose first frame has been received.
   *
   * @param path the output, for messages
   * @param source borrowed for the call
   * @param first its current frame, borrowed for the call
   * @param globalHeader whether the container wants parameter sets up front
   * @throws MediaException if the encoder refuses the pictures
   */
  static PictureTrack open(
      Path path, VideoDecoder source, VideoFrame first, OutputPlan plan, boolean globalHeader) {
    EncoderSetup setup = new EncoderSetup(path, source, first, plan, globalHeader);
    try {
      String why = "";
      if (plan.copies()) {
        try {
          return joined(path, source, plan, setup);
        } catch (NotJoinable e) {
          why = e.why();
        }
      }
      return new PictureTrack(
          path,
          plan,
          setup,
          setup.open(Optional.empty()),
          Optional.empty(),
          Optional.of(why).filter(text -> !text.isEmpty()));
    } catch (RuntimeException e) {
      setup.close();
      throw e;
    }
  }

  private static PictureTrack joined(
      Path path, VideoDecoder source, OutputPlan plan, EncoderSetup setup) throws NotJoinable {
    Demuxer demuxer = source.demuxer();
    Joint joint = Joint.of(demuxer.stream(demuxer.info().video()).codecpar());
    if (plan.codec() != VideoCodec.H264) {
      throw new NotJoinable("the output's codec is another");
    }
    Orientation container =
        DisplayMatrix.orientation(demuxer.stream(demuxer.info().video()).codecpar());
    if (source.format().orElseThrow().orientation() != container) {
      throw new NotJoinable(Joint.TURNED);
    }
    VideoEncoder encoder = setup.open(Optional.of(joint.coding()));
    boolean fits = false;
    try {
      joint.fit(encoder.extradata());
      fits = true;
    } finally {
      if (!fits) {
        encoder.close();
      }
    }
    return new PictureTrack(path, plan, setup, encoder, Optional.of(joint), Optional.empty());
  }

  /** Adds the stream to a file, whose packets the sink takes. */
  void addTo(AVFormatContext context, Container container, EncodedSink packets) {
    VideoEncoder open = encoder.orElseThrow();
    stream = avformat.avformat_new_stream(context, null);
    avcodec.avcodec_parameters_from_context(stream.codecpar(), open.context());
    stream.codecpar().codec_tag(tag(container));
    joint.ifPresent(j -> AudioHeaders.replace(stream.codecpar(), j.header()));
    try (AVRational tb = FFmpeg.rational(timeBase)) {
      stream.time_base(tb);
    }
    stream.sample_aspect_ratio(open.context().sample_aspect_ratio());
    stream.avg_frame_rate(open.context().framerate());
    stream.disposition(avformat.AV_DISPOSITION_DEFAULT);
    sink = packets;
  }

  private int tag(Container container) {
    if (container != Container.MP4 && container != Container.MOV) {
      return 0;
    }
    if (plan.codec() == VideoCodec.HEVC) {
      return avutil.MKTAG((byte) 'h', (byte) 'v', (byte) 'c', (byte) '1');
    }
    // Parameter sets stand between the pictures too.
    return joint.isPresent() ? avutil.MKTAG((byte) 'a', (byte) 'v', (byte) 'c', (byte) '3') : 0;
  }

  /** Encodes a frame in the format of the first one; borrowed. */
  void write(VideoFrame frame) {
    if (encoder.isEmpty()) {
      encoder = Optional.of(setup.open(joint.map(Joint::coding)));
    }
    add(frame.pts());
    encoding = true;
    encoder.get().encode(frame, this::writeEncoded);
  }

  private void add(long pts) {
    times.add(outputTicks(pts));
    decodeTimes.ifPresent(t -> t.add(pts));
  }

  /**
   * Ends the span that was encoded, before pictures that are copied.
   *
   * @param shown their presentation times, ascending
   */
  void beginCopy(long[] shown) {
    if (encoding) {
      VideoEncoder open = encoder.orElseThrow();
      open.finish(this::writeEncoded);
      open.close();
      encoder = Optional.empty();
      encoding = false;
    }
    Arrays.stream(shown).forEach(this::add);
  }

  /**
   * Writes a picture that is copied.
   *
   * @param source gives its times; borrowed
   * @param data what is written of it
   * @param key whether a player may begin here
   */
  void copy(AVPacket source, byte[] data, boolean key) {
    write(source, new byte[0], data, key);
  }

  private void writeEncoded(AVPacket packet) {
    boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
    if (joint.isPresent() && key) {
      byte[] data = new byte[packet.size()];
      packet.data().position(0).get(data);
      write(packet, joint.get().encoderPrefix(), data, true);
      return;
    }
    decodeTimes.ifPresent(t -> packet.dts(t.next(packet.pts())));
    send(packet, key);
  }

  private void write(AVPacket source, byte[] prefix, byte[] data, boolean key) {
    AVPacket packet = avcodec.av_packet_alloc();
    try {
      FFmpeg.check(
          avcodec.av_new_packet(packet, prefix.length + data.length),
          path,
          "write",
          "there is not enough memory for a packet");
      packet.data().position(0).put(prefix);
      packet.data().position(prefix.length).put(data);
      long pts = source.pts();
      packet.pts(pts).dts(decodeTimes.orElseThrow().next(pts)).duration(source.duration());
      send(packet, key);
    } finally {
      avcodec.av_packet_free(packet);
    }
  }

  private void send(AVPacket packet, boolean key) {
    Rational to = FFmpeg.rational(stream.time_base());
    packet
        .pts(outputTicks(packet.pts()))
        .dts(outputTicks(packet.dts()))
        .duration(FFmpeg.rescale(packet.duration(), timeBase, to))
        .stream_index(stream.index())
        .flags(key ? AV_PKT_FLAG_KEY : 0);
    sink.accept(packet);
  }

  private long outputTicks(long pts) {
    return FFmpeg.rescale(pts, timeBase, FFmpeg.rational(stream.time_base()));
  }

  /** Writes what the encoder still holds. */
  void finish() {
    if (encoding) {
      encoder.orElseThrow().finish(this::writeEncoded);
      encoding = false;
    }
  }

  /** Where the input's stream is joined; empty where all pictures are encoded. */
  Optional<Joint> joint() {
    return joint;
  }

  /** Why all pictures are encoded although some were to be copied. */
  Optional<String> notJoined() {
    return notJoined;
  }

  /** Count and checksum of the times of all pictures, in ticks of the output. */
  TimesDigest times() {
    return times;
  }

  /** Ticks of the input's stream. */
  Rational timeBase() {
    return timeBase;
  }

  /** Which encoder is used. */
  EncoderUse use() {
    return setup.use();
  }

  /** How it is coded, for the report. */
  String words() {
    String how = plan.codec().id() + " by " + use().encoder().id();
    return pads ? how + ", padded to the size that the codec wants" : how;
  }

  @Override
  public void close() {
    encoder.ifPresent(VideoEncoder::close);
    encoder = Optional.empty();
    setup.close();
  }
}
