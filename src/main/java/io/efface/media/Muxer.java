package io.efface.media;

import io.efface.media.StreamDecision.Fate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Writes redacted pictures and kept sound to a file. Only what is named here reaches it: no tags,
 * chapters, other streams, creation times or encoder names. Writes to the given path as it is; the
 * caller makes that a temporary file and gives it its name after the audit. Single-threaded;
 * whoever opens it closes it.
 */
public final class Muxer implements AutoCloseable {
  /** Some muxers reckon in thousandths; edit lists are exact only in the stream's own ticks. */
  private static final int MAX_MOVIE_TIMESCALE = 1_000_000;

  /** Fine enough for the start of sound of any usual rate. */
  private static final int LEAST_MOVIE_TIMESCALE = 48_000;

  private final Path path;
  private final Container container;
  private final AVFormatContext context;
  private final List<StreamDecision> decisions = new ArrayList<>();
  private final SoundTracks sound;
  private final PictureTrack picture;
  private final BlockWatch watch = new BlockWatch();
  private AVIOContext io = new AVIOContext(null);
  private boolean closed;

  /** Takes over context and track. */
  private Muxer(Path path, Container container, AVFormatContext context, PictureTrack picture) {
    this.path = path;
    this.container = container;
    this.context = context;
    this.picture = picture;
    sound = new SoundTracks(this, container, context);
    context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
  }

  /**
   * Creates the file and writes its header.
   *
   * @param path the file to write, replaced if it exists
   * @param source a reader whose first frame is current; borrowed for the call
   * @param first that frame
   * @throws MediaException if the file cannot be created or the encoder refuses the pictures
   */
  public static Muxer open(Path path, VideoReader source, VideoFrame first, OutputPlan plan) {
    MediaInfo info = source.info();
    Demuxer demuxer = source.decoder().demuxer();
    AVFormatContext context = new AVFormatContext(null);
    FFmpeg.check(
        avformat.avformat_alloc_output_context2(
            context, null, plan.container().muxer(), "file:" + path.toAbsolutePath()),
        path,
        "write",
        "this build of FFmpeg cannot write " + plan.container().muxer());
    PictureTrack picture;
    try {
      boolean globalHeader = (context.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0;
      picture = PictureTrack.open(path, source.decoder(), first, plan, globalHeader);
    } catch (RuntimeException e) {
      avformat.avformat_free_context(context);
      throw e;
    }
    Muxer muxer = new Muxer(path, plan.container(), context, picture);
    try {
      picture.addTo(context, plan.container(), muxer::writeInterleaved);
      for (MediaInfo.Stream stream : info.streams()) {
        muxer.decisions.add(muxer.decide(stream, info, demuxer, plan));
      }
      muxer.writeHeader();
      return muxer;
    } catch (RuntimeException e) {
      muxer.close();
      throw e;
    }
  }

  private StreamDecision decide(
      MediaInfo.Stream stream, MediaInfo info, Demuxer demuxer, OutputPlan plan) {
    if (stream.index() == info.video()) {
      return new StreamDecision(stream, Fate.REDACTED, picture.words());
    }
    return switch (stream.kind()) {
      case AUDIO -> decideSound(stream, demuxer, plan);
      case VIDEO -> new StreamDecision(stream, Fate.DROPPED, "a second video is not redacted");
      case ATTACHED_PICTURE ->
          new StreamDecision(stream, Fate.DROPPED, "an attached picture is not redacted");
      case SUBTITLE -> new StreamDecision(stream, Fate.DROPPED, "text may name people");
      case DATA -> new StreamDecision(stream, Fate.DROPPED, "data may tell place or time");
      case ATTACHMENT -> new StreamDecision(stream, Fate.DROPPED, "attachments are not checked");
    };
  }

  private StreamDecision decideSound(MediaInfo.Stream stream, Demuxer demuxer, OutputPlan plan) {
    if (!plan.keepAudio()) {
      return new StreamDecision(stream, Fate.DROPPED, "sound was not wanted");
    }
    return demuxer.isOfOtherProgramme(stream.index())
        ? new StreamDecision(stream, Fate.DROPPED, "it belongs to another programme")
        : sound.add(stream, demuxer);
  }

  private void writeHeader() {
    AVDictionary options = new AVDictionary(null);
    try {
      FFmpeg.check(
          watch.open(io, context, "file:" + path.toAbsolutePath()),
          path,
          "write",
          "cannot be created; check that the folder exists and may be written to");
      context.pb(io);
      if (container == Container.MP4 || container == Container.MOV) {
        Rational tb = picture.timeBase();
        avutil.av_dict_set(options, "video_track_timescale", Integer.toString(tb.den()), 0);
        if (tb.den() <= MAX_MOVIE_TIMESCALE) {
          avutil.av_dict_set(options, "movie_timescale", movieTimescale(tb.den()), 0);
        }
        avutil.av_dict_set(options, "write_tmcd", "0", 0);
        avutil.av_dict_set(options, "movflags", "+faststart", 0);
      }
      int code = avformat.avformat_write_header(context, options);
      FFmpeg.check(
          code,
          path,
          "write",
          code == FFmpeg.ENOSPC
              ? "cannot be written; is the disk full?"
              : "its streams cannot be put into "
                  + container.muxer()
                  + "; try another ending or --audio drop");
    } finally {
      avutil.av_dict_free(options);
    }
  }

  /**
   * Edit lists are exact for a movie's clock that has every tick of the picture's; sound that
   * starts between two of these wants more.
   */
  private static String movieTimescale(int pictureTimescale) {
    int parts = -Math.floorDiv(-LEAST_MOVIE_TIMESCALE, pictureTimescale);
    return Integer.toString(pictureTimescale * parts);
  }

  /** Which encoder writes the pictures. */
  public EncoderUse encoderUse() {
    return picture.use();
  }

  /** What became of each stream of the input. */
  public List<StreamDecision> decisions() {
    return List.copyOf(decisions);
  }

  /** Numbers of the input's streams whose packets are to be handed to {@link #writeAudio}. */
  public List<Integer> audioStreams() {
    return sound.streams();
  }

  /** Count and checksum of the times handed in, in ticks of the output. */
  public TimesDigest times() {
    return picture.times();
  }

  /**
   * The least time that a stream of sound may start at, in its own ticks. Matroska has no times
   * before zero, save for the samples that a decoder is told to throw away: those stand before it.
   */
  long earliest(AVStream target) {
    if (container.holdsNegativeTimes()) {
      return Long.MIN_VALUE;
    }
    AVCodecParameters parameters = target.codecpar();
    Rational sample = new Rational(1, Math.max(1, parameters.sample_rate()));
    return -FFmpeg.rescale(
        parameters.initial_padding(), sample, FFmpeg.rational(target.time_base()));
  }

  Container container() {
    return container;
  }

  /**
   * Encodes and writes a frame.
   *
   * @param frame in the format of the first one; borrowed
   */
  public void write(VideoFrame frame) {
    picture.write(frame);
  }

  /**
   * Opens a reader of the input that this output is written from: it gives the frames to {@link
   * #write}, and passes on the sound and the pictures that can be copied.
   *
   * @param threads libav's decoding threads
   * @param bypass says which pictures need not change
   */
  public FrameReader openReader(Path input, int threads, Bypass bypass) {
    return picture
        .joint()
        .<FrameReader>map(joint -> GopReader.open(input, threads, this, joint, bypass))
        .orElseGet(
            () -> VideoReader.open(Demuxer.open(input), threads, audioStreams(), this::writeAudio));
  }

  /** Why no picture is copied although some might be; empty where they are, or were not to be. */
  public Optional<String> notJoined() {
    return picture.notJoined();
  }

  /** See {@link PictureTrack#beginCopy}. */
  void beginCopy(long[] shown) {
    picture.beginCopy(shown);
  }

  /** See {@link PictureTrack#copy}. */
  void copyPicture(AVPacket source, byte[] data, boolean key) {
    picture.copy(source, data, key);
  }

  /** Writes a packet of one of {@link #audioStreams}, borrowed for the call. */
  public void writeAudio(Packet packet) {
    sound.accept(packet);
  }

  void writeInterleaved(AVPacket packet) {
    int code = avformat.av_interleaved_write_frame(context, packet);
    watch.rethrow();
    FFmpeg.check(code, path, "write", "cannot be written; is the disk full?");
  }

  /** As {@link #finish(Runnable)}, to the end. */
  public void finish() {
    finish(() -> {});
  }

  /**
   * Writes what the encoders still hold, and the trailer, for which an MP4 is copied as a whole.
   *
   * @param everyBlock called before each block that is read or written, again and again; may throw
   *     to end the work, and is thrown on then: the file is not whole
   * @throws MediaException if the disk is full or the encoder fails; the file is then not whole
   */
  public void finish(Runnable everyBlock) {
    watch.every(everyBlock);
    picture.finish();
    sound.finish();
    int code = avformat.av_write_trailer(context);
    watch.rethrow();
    FFmpeg.check(code, path, "write", "cannot be finished; is the disk full?");
    FFmpeg.check(io.error(), path, "write", "cannot be written; is the disk full?");
    FFmpeg.check(avformat.avio_closep(io), path, "write", "cannot be written; is the disk full?");
    io = new AVIOContext(null);
    blankNames();
  }

  private void blankNames() {
    try {
      switch (container) {
        case MP4, MOV -> Mp4Names.blank(path);
        case MATROSKA, WEBM -> MatroskaNames.blank(path);
      }
    } catch (IOException e) {
      throw new MediaException(
          path, "write", "cannot be finished; is the disk full? (" + e.getMessage() + ")", e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    sound.close();
    picture.close();
    if (!io.isNull()) {
      avformat.avio_closep(io);
    }
    avformat.avformat_free_context(context);
    watch.close();
  }
}
