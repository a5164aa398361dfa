package io.efface.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_ATTACHMENT;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_SUBTITLE;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVProgram;
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
          + "jpeg_pipe,jpegls_pipe,png_pipe,webp_pipe,tiff_pipe,bmp_pipe";

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
  private final MediaInfo info;
  private final PacketClock clock;
  private final StillHeader still;
  private boolean ended;
  private Optional<String> readError = Optional.empty();

  private Demuxer(Path path, AVFormatContext context, AVIOContext io) {
    this.path = path;
    this.context = context;
    this.io = io;
    this.still = StillHeader.read(path, container(context));
    this.info = describe();
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
    refuseUnreadable(path);
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

  private static void refuseUnreadable(Path path) {
    try {
      if (!Files.exists(path)) {
        throw new MediaException(path, "open", "no such file; check the name");
      }
      if (Files.isDirectory(path)) {
        throw new MediaException(path, "open", "is a folder; name the files in it");
      }
      if (!Files.isRegularFile(path)) {
        throw new MediaException(path, "open", "is no regular file; copy it to one first");
      }
      if (!Files.isReadable(path)) {
        throw new MediaException(path, "open", "cannot be read; check its permissions");
      }
      if (Files.size(path) == 0) {
        throw new MediaException(path, "open", "is empty (0 bytes); copy it again from its source");
      }
    } catch (IOException e) {
      throw new MediaException(path, "open", "cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private MediaInfo describe() {
    String container = container(context);
    boolean still = container.endsWith("_pipe");
    List<MediaInfo.Stream> streams = new ArrayList<>();
    for (int i = 0; i < context.nb_streams(); i++) {
      AVStream stream = context.streams(i);
      streams.add(
          new MediaInfo.Stream(
              i,
              kind(stream),
              avcodec.avcodec_get_name(stream.codecpar().codec_id()).getString(),
              FFmpeg.rational(stream.time_base())));
    }
    int video = chooseVideo(streams);
    AVStream picture = context.streams(video);
    refuseEncrypted(picture);
    if (container.equals("mov") && context.nb_stream_groups() > 0) {
      refuseTiles();
    }
    if (container.equals("mov") && isStillBrand()) {
      still = true;
      refuseTransparency(picture);
    }
    return new MediaInfo(
        path,
        container,
        streams,
        video,
        still,
        still ? OptionalLong.of(1) : frames(picture),
        extras(),
        Truncation.find(path, container));
  }

  private static String container(AVFormatContext context) {
    String names = context.iformat().name().getString();
    int comma = names.indexOf(',');
    return comma < 0 ? names : names.substring(0, comma);
  }

  private int chooseVideo(List<MediaInfo.Stream> streams) {
    int best = avformat.av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
    if (best >= 0 && streams.get(best).kind() == MediaInfo.Kind.VIDEO) {
      return best;
    }
    for (MediaInfo.Stream stream : streams) {
      if (stream.kind() == MediaInfo.Kind.VIDEO) {
        return stream.index();
      }
    }
    throw new MediaException(
        path,
        "open",
        "has no video in it, so there is nothing to redact; name a video or a picture");
  }

  private MediaInfo.Kind kind(AVStream stream) {
    int type = stream.codecpar().codec_type();
    int disposition = stream.disposition();
    if (type == AVMEDIA_TYPE_VIDEO) {
      boolean attached =
          (disposition
                  & (avformat.AV_DISPOSITION_ATTACHED_PIC
                      | avformat.AV_DISPOSITION_TIMED_THUMBNAILS))
              != 0;
      return attached ? MediaInfo.Kind.ATTACHED_PICTURE : MediaInfo.Kind.VIDEO;
    }
    if (type == AVMEDIA_TYPE_AUDIO) {
      return MediaInfo.Kind.AUDIO;
    }
    if (type == AVMEDIA_TYPE_SUBTITLE) {
      return MediaInfo.Kind.SUBTITLE;
    }
    return type == AVMEDIA_TYPE_ATTACHMENT ? MediaInfo.Kind.ATTACHMENT : MediaInfo.Kind.DATA;
  }

  private void refuseEncrypted(AVStream stream) {
    boolean encrypted =
        avcodec.av_packet_side_data_get(
                stream.codecpar().coded_side_data(),
                stream.codecpar().nb_coded_side_data(),
                avcodec.AV_PKT_DATA_ENCRYPTION_INIT_INFO)
            != null;
    int tag = stream.codecpar().codec_tag();
    if (encrypted || tag == avutil.MKTAG((byte) 'e', (byte) 'n', (byte) 'c', (byte) 'v')) {
      throw encrypted();
    }
  }

  private void refuseTiles() {
    throw new MediaException(
        path,
        "open",
        "is a picture made of tiles or groups of streams, which is not supported; save it as JPEG"
            + " or PNG first");
  }

  /**
   * AVIF and HEIC have transparency in a grey picture of the same size, which libav leaves apart.
   */
  private void refuseTransparency(AVStream picture) {
    for (int i = 0; i < context.nb_streams(); i++) {
      AVCodecParameters other = context.streams(i).codecpar();
      if (i != picture.index()
          && other.codec_type() == AVMEDIA_TYPE_VIDEO
          && other.width() == picture.codecpar().width()
          && other.height() == picture.codecpar().height()
          && PixelFormats.isGrey(other.format())) {
        throw new MediaException(
            path,
            "open",
            "has transparency in a picture of its own, which is not supported; save it as PNG"
                + " first");
      }
    }
  }

  private boolean isStillBrand() {
    AVDictionary tags = context.metadata();
    if (tags == null) {
      return false;
    }
    var brand = avutil.av_dict_get(tags, "major_brand", null, 0);
    if (brand == null) {
      return false;
    }
    String name = brand.value().getString();
    return List.of("heic", "heix", "mif1", "avif", "heim", "heis").contains(name);
  }

  /** How long the file lasts in seconds, where its container tells; an estimate. */
  public OptionalDouble seconds() {
    long microseconds = context.duration();
    return info.still() || microseconds <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(microseconds / (double) avutil.AV_TIME_BASE);
  }

  private static OptionalLong frames(AVStream stream) {
    if (stream.nb_frames() > 0) {
      return OptionalLong.of(stream.nb_frames());
    }
    double rate = FFmpeg.rational(stream.avg_frame_rate()).toDouble();
    double seconds =
        stream.duration() > 0 ? FFmpeg.rational(stream.time_base()).seconds(stream.duration()) : 0;
    long frames = Math.round(rate * seconds);
    return frames > 0 ? OptionalLong.of(frames) : OptionalLong.empty();
  }

  private List<MediaInfo.Extra> extras() {
    List<MediaInfo.Extra> extras = new ArrayList<>();
    int tags = context.metadata() == null ? 0 : avutil.av_dict_count(context.metadata());
    if (tags > 0) {
      extras.add(new MediaInfo.Extra("file tags", tags));
    }
    int streamTags = 0;
    for (int i = 0; i < context.nb_streams(); i++) {
      AVDictionary dictionary = context.streams(i).metadata();
      streamTags += dictionary == null ? 0 : avutil.av_dict_count(dictionary);
    }
    if (streamTags > 0) {
      extras.add(new MediaInfo.Extra("stream tags", streamTags));
    }
    if (context.nb_chapters() > 0) {
      extras.add(new MediaInfo.Extra("chapters", context.nb_chapters()));
    }
    if (context.nb_programs() > 0) {
      extras.add(new MediaInfo.Extra("programmes", context.nb_programs()));
    }
    if (still.pictures() > 1) {
      extras.add(new MediaInfo.Extra(MediaInfo.FURTHER_PICTURES, still.pictures() - 1));
    }
    return extras;
  }

  /** What the file holds. */
  public MediaInfo info() {
    return info;
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
      throw encrypted();
    }
  }

  /** A broadcast may go on in another stream: all that is shown from there on would be lost. */
  private void refuseNewVideo(int stream) {
    if (stream >= info.streams().size() && kind(context.streams(stream)) == MediaInfo.Kind.VIDEO) {
      throw new MediaException(
          path,
          "open",
          "goes on in another video stream in the middle; cut it there first, or write it anew"
              + " with one stream");
    }
  }

  private MediaException encrypted() {
    return new MediaException(path, "open", "is encrypted; export it without protection first");
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
    return still;
  }

  /** Whether packets' times are other than the file's because its clock was set anew. */
  boolean isShifted() {
    return clock.isShifted();
  }

  private PacketClock clock() {
    PacketClock all = new PacketClock(info.video());
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
    boolean apart = false;
    boolean pictureIsOfOne = false;
    for (int i = 0; i < context.nb_programs(); i++) {
      boolean picture = holds(context.programs(i), info.video());
      boolean stream = holds(context.programs(i), index);
      if (picture && stream) {
        return false;
      }
      pictureIsOfOne |= picture;
      apart |= stream;
    }
    return apart && pictureIsOfOne;
  }

  private static boolean holds(AVProgram programme, int index) {
    for (int i = 0; i < programme.nb_stream_indexes(); i++) {
      if (programme.stream_index().get(i) == index) {
        return true;
      }
    }
    return false;
  }

  /** libav's best guess at a stream's frame rate. */
  Rational frameRate(int index) {
    return FFmpeg.rational(avformat.av_guess_frame_rate(context, context.streams(index), null));
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
