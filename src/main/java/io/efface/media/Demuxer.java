package io.efface.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * Opens a file and reads its packets. The format is recognised by content alone, never by name, and
 * nothing but the named file is opened. Single-threaded; whoever opens it closes it.
 */
public final class Demuxer implements AutoCloseable {

  /**
   * Formats of footage and stills; playlists, scripts and network formats are left out on purpose.
   */
  private static final String FORMATS =
      "mov,matroska,webm,avi,mpegts,mpeg,flv,live_flv,asf,ogg,mxf,dv,dhav,ivf,obu,h264,hevc,m4v,mpegvideo,mjpeg,"
          + "gif,apng,nut,yuv4mpegpipe,jpeg_pipe,jpegls_pipe,j2k_pipe,png_pipe,webp_pipe,tiff_pipe,bmp_pipe,"
          + "pbm_pipe,pgm_pipe,ppm_pipe";

  /** Sound of a broadcast that begins this late is still found. */
  private static final long PROBE_MICROS = 60_000_000;

  private static final long PROBE_BYTES = 50L << 20;

  /** Clocks that start later than this do not start at zero. */
  private static final long LATE_START_MICROS = 1_000_000;

  private static final Rational MICROSECOND = new Rational(1, 1_000_000);

  /** By so many packets pictures may be out of order although the header says less. */
  private static final int LEAST_REORDERED = 4;

  private final Path path;
  private final AVFormatContext context;
  private final AVIOContext io;
  private final AVPacket packet;
  private final MediaDescription description;
  private final MediaInfo info;
  private final PacketClock clock;
  private boolean ended;
  private Optional<String> readError = Optional.empty();

  private Demuxer(Path path, AVFormatContext context, AVIOContext io) {
    this.path = path;
    this.context = context;
    this.io = io;
    this.description = new MediaDescription(path, context);
    this.info = description.info();
    this.clock = clock();
    this.packet = avcodec.av_packet_alloc();
  }

  /**
   * Opens a file and finds out what it holds.
   *
   * @throws MediaException if it is missing, unreadable, not footage, encrypted, or has no picture
   */
  public static Demuxer open(Path path) {
    FFmpeg.load();
    Refusals.refuseUnreadable(path);
    AVIOContext io = new AVIOContext(null);
    FFmpeg.check(
        avformat.avio_open2(
            io,
            "file:" + path.toAbsolutePath(),
            avformat.AVIO_FLAG_READ,
            null,
            (AVDictionary) null),
        path,
        "open",
        "cannot be opened; check its permissions");
    AVFormatContext context = avformat.avformat_alloc_context();
    AVDictionary options = new AVDictionary(null);
    boolean opened = false;
    try {
      context.pb(io);
      avutil.av_dict_set(options, "format_whitelist", FORMATS, 0);
      avutil.av_dict_set(options, "protocol_whitelist", "file", 0);
      int code = avformat.avformat_open_input(context, "", (AVInputFormat) null, options);
      if (code < 0) {
        context = null;
        throw new MediaException(path, "open", notFootage(code));
      }
      context.probesize(PROBE_BYTES).max_analyze_duration(PROBE_MICROS);
      FFmpeg.check(
          avformat.avformat_find_stream_info(context, (AVDictionary) null),
          path,
          "open",
          "its streams cannot be read; the file may be damaged");
      Demuxer demuxer = new Demuxer(path, context, io);
      opened = true;
      return demuxer;
    } finally {
      avutil.av_dict_free(options);
      if (!opened) {
        if (context != null) {
          avformat.avformat_close_input(context);
        }
        avformat.avio_closep(io);
      }
    }
  }

  private static String notFootage(int code) {
    return "is not a video or picture that Efface can read; check that it plays, or that the copy"
        + " is whole ("
        + FFmpeg.message(code)
        + ")";
  }

  /** What the file holds. */
  public MediaInfo info() {
    return info;
  }

  /** How long the file lasts in seconds, where its container tells; an estimate. */
  public OptionalDouble seconds() {
    return description.seconds();
  }

  /**
   * Has packets of all other streams skipped.
   *
   * @param indices the streams that are wanted
   */
  public void keepOnly(List<Integer> indices) {
    for (int i = 0; i < context.nb_streams(); i++) {
      context
          .streams(i)
          .discard(indices.contains(i) ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
    }
  }

  /**
   * Reads the next packet. Its times begin at zero where the file's clock begins anywhere, and go
   * on where that is set anew ({@link PacketClock}).
   *
   * @return the packet, valid until the next call; empty at the end, or where reading failed (see
   *     {@link #damage})
   */
  public Optional<Packet> read() {
    avcodec.av_packet_unref(packet);
    while (!clock.take(packet)) {
      if (ended) {
        return Optional.empty();
      }
      if (!readNative()) {
        ended = true;
        clock.end();
      } else if (clock.admit(packet)) {
        return Optional.of(new Packet(packet));
      } else {
        avcodec.av_packet_unref(packet);
      }
    }
    return Optional.of(new Packet(packet));
  }

  private boolean readNative() {
    int code = avformat.av_read_frame(context, packet);
    for (int tries = 0; FFmpeg.isAgain(code) && tries < 1000; tries++) {
      code = avformat.av_read_frame(context, packet);
    }
    if (code < 0) {
      if (!FFmpeg.isEnd(code)) {
        readError = Optional.of("it cannot be read to its end (" + FFmpeg.message(code) + ")");
      }
      return false;
    }
    refuseEncrypted(packet);
    refuseNewVideo(packet.stream_index());
    return true;
  }

  /** Encrypted pictures may well decode, to noise: only the packets tell for certain. */
  private void refuseEncrypted(AVPacket read) {
    if (read.side_data_elems() > 0
        && read.stream_index() == info.video()
        && avcodec.av_packet_get_side_data(
                read, avcodec.AV_PKT_DATA_ENCRYPTION_INFO, (SizeTPointer) null)
            != null) {
      throw Refusals.encrypted(path);
    }
  }

  /** A broadcast may go on in another stream: all that is shown from there on would be lost. */
  private void refuseNewVideo(int stream) {
    if (stream >= info.streams().size()
        && MediaDescription.kind(context.streams(stream)) == MediaInfo.Kind.VIDEO) {
      throw new MediaException(
          path,
          "open",
          "goes on in another video stream in the middle; cut it there first, or write it anew"
              + " with one stream");
    }
  }

  /** Why the file seems to end in the middle; complete once {@link #read} has returned empty. */
  public Optional<String> damage() {
    return info.truncated().or(() -> readError);
  }

  static boolean isCorrupt(Packet packet) {
    return (packet.get().flags() & AV_PKT_FLAG_CORRUPT) != 0;
  }

  /** The native stream, borrowed. */
  AVStream stream(int index) {
    return context.streams(index);
  }

  /** What a still says of itself. */
  StillHeader still() {
    return description.still();
  }

  /** Whether packets' times are other than the file's because its clock was set anew. */
  boolean isShifted() {
    return clock.isShifted();
  }

  private PacketClock clock() {
    PacketClock all = new PacketClock(path, info.video());
    long start = startMicros();
    for (MediaInfo.Stream stream : info.streams()) {
      boolean picture = stream.index() == info.video();
      Rational rate = picture ? frameRate(stream.index()) : Rational.UNKNOWN;
      all.add(
          stream.timeBase(),
          FFmpeg.rescale(start, MICROSECOND, stream.timeBase()),
          rate.isKnown() ? Math.max(1, stream.timeBase().ticks(1 / rate.toDouble())) : 1,
          picture ? Math.max(LEAST_REORDERED, stream(stream.index()).codecpar().video_delay()) : 0);
    }
    return all;
  }

  /**
   * The time of the file that becomes zero: broadcasts start their clock anywhere, and live streams
   * and cameras in any container count from their own start or tell the time of day.
   */
  private long startMicros() {
    long start = context.start_time();
    boolean anywhere = (context.iformat().flags() & avformat.AVFMT_TS_DISCONT) != 0;
    return start != FFmpeg.NO_PTS && (anywhere || start > LATE_START_MICROS) ? start : 0;
  }

  /** Whether a broadcast says that a stream belongs to other programmes than the picture. */
  boolean isOfOtherProgramme(int index) {
    return description.isOfOtherProgramme(index);
  }

  /** libav's best guess at a stream's frame rate. */
  Rational frameRate(int index) {
    return description.frameRate(index);
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    clock.close();
    avcodec.av_packet_free(packet);
    try (PointerPointer<AVFormatContext> holder = new PointerPointer<>(1)) {
      holder.put(0, context);
      avformat.avformat_close_input(holder);
    }
    avformat.avio_closep(io);
  }
}
