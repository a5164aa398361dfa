package io.efface.pipeline;

import io.efface.media.Bypass;
import io.efface.media.Container;
import io.efface.media.EncoderUse;
import io.efface.media.FrameReader;
import io.efface.media.ImageFormat;
import io.efface.media.ImageWriter;
import io.efface.media.MediaInfo;
import io.efface.media.Muxer;
import io.efface.media.OutputPlan;
import io.efface.media.StreamDecision;
import io.efface.media.TimesDigest;
import io.efface.media.VideoFrame;
import io.efface.media.VideoReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Where finished frames go: into a video or into a still. Whoever opens it closes it. */
interface FrameSink extends AutoCloseable {

  /** Takes a finished frame, borrowed for the call. */
  void write(VideoFrame frame);

  /**
   * Completes the file.
   *
   * @param everyBlock called before each block of a video that is read or written; may throw to end
   *     the work
   */
  void finish(Runnable everyBlock);

  /** The times of the frames that a video took, in the file's ticks; empty for a still. */
  Optional<TimesDigest> times();

  /** How many streams a video has; empty for a still. */
  OptionalInt streams();

  /** Which encoder writes a video; empty for a still. */
  Optional<EncoderUse> encoderUse();

  /** What became of each stream of the input. */
  List<StreamDecision> decisions();

  /**
   * Opens the reader whose frames this sink takes; sound and pictures that are copied go straight
   * to the file.
   *
   * @param threads libav's decoding threads
   * @param bypass says which pictures need not change, where they are to be copied
   */
  FrameReader openReader(Path input, int threads, Bypass bypass);

  /** Why no picture is copied although some were to be. */
  Optional<String> notJoined();

  @Override
  void close();

  /**
   * The sink that fits an input and an output's name.
   *
   * @param temporary the file to write
   * @param output the name it will get
   * @throws JobException if the name does not fit what the input is
   */
  static FrameSink open(
      Path temporary,
      Path output,
      VideoReader probe,
      VideoFrame first,
      RenderOptions options,
      int threads) {
    return probe.info().still()
        ? new Still(temporary, stillFormat(probe.info().path(), output), probe.info(), options)
        : new Video(
            Muxer.open(
                temporary,
                probe,
                first,
                OutputPlan.of(
                    probe.info(),
                    first.layout(),
                    output,
                    container(probe.info().path(), output),
                    options.encoder(),
                    options.audio() == RenderOptions.Audio.KEEP,
                    options.smart() == RenderOptions.Smart.AUTO,
                    threads)));
  }

  /** The container by an output's name. */
  static Container container(Path input, Path output) {
    return Container.ofName(output)
        .orElseThrow(
            () ->
                new JobException(
                    ImageFormat.ofName(input).isPresent()
                        ? input
                            + ": is a video, whatever its name says; rename it, or give -o NAME.mp4"
                        : output
                            + ": "
                            + input.getFileName()
                            + " is a video, which is written as .mp4, .mov, .mkv or .webm; choose"
                            + " one of these endings"));
  }

  /** The format of a still by an output's name. */
  static ImageFormat stillFormat(Path input, Path output) {
    return ImageFormat.ofName(output)
        .orElseThrow(
            () ->
                new JobException(
                    Container.ofName(input).isPresent()
                        ? input
                            + ": is a picture, whatever its name says; rename it, or give -o"
                            + " NAME.jpg"
                        : output
                            + ": "
                            + input.getFileName()
                            + " is a picture, which is written as .jpg, .png, .webp or .tiff;"
                            + " choose one of these endings"));
  }

  /** A video file. */
  final class Video implements FrameSink {
    private final Muxer muxer;

    private Video(Muxer muxer) {
      this.muxer = muxer;
    }

    @Override
    public FrameReader openReader(Path input, int threads, Bypass bypass) {
      return muxer.openReader(input, threads, bypass);
    }

    @Override
    public Optional<String> notJoined() {
      return muxer.notJoined();
    }

    @Override
    public void write(VideoFrame frame) {
      muxer.write(frame);
    }

    @Override
    public void finish(Runnable everyBlock) {
      muxer.finish(everyBlock);
    }

    @Override
    public Optional<TimesDigest> times() {
      return Optional.of(muxer.times());
    }

    @Override
    public OptionalInt streams() {
      return OptionalInt.of(1 + muxer.audioStreams().size());
    }

    @Override
    public Optional<EncoderUse> encoderUse() {
      return Optional.of(muxer.encoderUse());
    }

    @Override
    public List<StreamDecision> decisions() {
      return muxer.decisions();
    }

    @Override
    public void close() {
      muxer.close();
    }
  }

  /** A still picture. */
  final class Still implements FrameSink {
    private final ImageWriter writer;
    private final MediaInfo info;
    private final boolean smart;
    private int written;

    private Still(Path file, ImageFormat format, MediaInfo info, RenderOptions options) {
      this.writer = new ImageWriter(file, format, options.encoder().quality());
      this.info = info;
      this.smart = options.smart() == RenderOptions.Smart.AUTO;
    }

    @Override
    public FrameReader openReader(Path input, int threads, Bypass bypass) {
      return VideoReader.open(input, threads);
    }

    @Override
    public Optional<String> notJoined() {
      return smart ? Optional.of("it is a picture, not a film") : Optional.empty();
    }

    @Override
    public void write(VideoFrame frame) {
      if (written++ == 0) {
        writer.write(frame);
      }
    }

    @Override
    public void finish(Runnable everyBlock) {
      // the file is whole after the first frame
    }

    @Override
    public Optional<TimesDigest> times() {
      return Optional.empty();
    }

    @Override
    public OptionalInt streams() {
      return OptionalInt.empty();
    }

    @Override
    public Optional<EncoderUse> encoderUse() {
      return Optional.empty();
    }

    @Override
    public List<StreamDecision> decisions() {
      List<StreamDecision> decisions = new ArrayList<>();
      Consumer<MediaInfo.Stream> decide =
          stream ->
              decisions.add(
                  stream.index() == info.video()
                      ? new StreamDecision(stream, StreamDecision.Fate.REDACTED, "still")
                      : new StreamDecision(
                          stream, StreamDecision.Fate.DROPPED, "beside the picture"));
      info.streams().forEach(decide);
      return decisions;
    }

    @Override
    public void close() {
      // nothing is held open
    }
  }
}
