package io.efface.media;

import io.efface.geometry.Orientation;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Decodes the picture of a file, one frame at a time, in presentation order and in one layout, size
 * and orientation throughout. A frame that could not be decoded cleanly is handed out marked as
 * corrupt. Single-threaded (libav's own threads aside); whoever opens it closes it.
 */
public final class VideoDecoder implements AutoCloseable {
  private static final Rational SQUARE = new Rational(1, 1);

  private final Demuxer demuxer;
  private final int streamIndex;
  private final AVCodecContext context;
  private final PictureConverter converter;
  private final PictureFitter fitter;
  private final FrameTurns turns;
  private final PicturePool pool;

  private final DamagedPackets damaged;
  private final JpegPackets jpegs;
  private final Rational timeBase;
  private final FrameClock clock;
  private final Optional<ContainerCrop> crop;
  private AVFrame decoded = avutil.av_frame_alloc();
  private Optional<VideoFrame> current = Optional.empty();
  private Optional<PictureFormat> format = Optional.empty();
  private long nextIndex;
  private long refusedPackets;
  private long sentPackets;
  private boolean transparent;

  private VideoDecoder(Demuxer demuxer, AVCodecContext context) {
    this.demuxer = demuxer;
    this.streamIndex = demuxer.info().video();
    this.context = context;
    this.converter = new PictureConverter(demuxer.path());
    this.fitter = new PictureFitter(converter);
    this.turns = new FrameTurns(converter, demuxer.still().orientation());
    this.pool = new PicturePool(demuxer.path());
    this.timeBase = demuxer.info().videoStream().timeBase();
    this.crop = ContainerCrop.of(demuxer.stream(streamIndex).codecpar());
    this.damaged = new DamagedPackets(timeBase);
    this.jpegs = new JpegPackets(demuxer.info().still());
    this.clock = new FrameClock(timeBase, demuxer.frameRate(streamIndex));
  }

  /**
   * Opens a decoder for the picture of a file.
   *
   * @param demuxer borrowed; must stay open
   * @param threads libav's threads, at least 1; with more than that it loses {@link
   *     VideoFrame#corrupt} of some damaged frames
   * @throws MediaException if libav has no decoder for it or refuses it
   */
  public static VideoDecoder open(Demuxer demuxer, int threads) {
    return new VideoDecoder(demuxer, DecoderContexts.open(demuxer, threads));
  }

  /**
   * Hands a packet of the picture's stream to libav. Call {@link #receive} until it is empty before
   * sending the next one.
   *
   * @param packet borrowed for the call
   */
  public void send(Packet packet) {
    if (Demuxer.isCorrupt(packet) || breaksOff(packet)) {
      damaged.add(packet.get().pts());
    }
    sentPackets++;
    sendNative(packet.get());
  }

  private boolean breaksOff(Packet packet) {
    return context.codec_id() == avcodec.AV_CODEC_ID_MJPEG && jpegs.isBroken(packet.get());
  }

  /**
   * Leaves out the deblocking of pictures that no other is made of, where the codec has both: for
   * eyes that want to know what is there, not how it looks.
   */
  public void spareDeblocking() {
    context.skip_loop_filter(avcodec.AVDISCARD_NONREF);
  }

  /** Tells libav that there are no more packets, so that it gives out what it still holds. */
  public void end() {
    avcodec.avcodec_send_packet(context, null);
  }

  /** Begins anew at a key picture, after {@link #end} and the last frame. */
  void restart() {
    avcodec.avcodec_flush_buffers(context);
  }

  /**
   * Counts pictures that go past it.
   *
   * @param times their presentation times in ticks, ascending, later than all before
   */
  void skip(long[] times) {
    nextIndex += times.length;
    clock.passTo(times[times.length - 1]);
  }

  /** How many frames were handed out or skipped. */
  long frames() {
    return nextIndex;
  }

  private void sendNative(AVPacket packet) {
    int code = avcodec.avcodec_send_packet(context, packet);
    if (code < 0) {
      refusedPackets++;
    }
  }

  /**
   * The next frame.
   *
   * @return the frame, valid until the next call of this or {@link #close}; empty when libav wants
   *     another packet, or after the end
   */
  public Optional<VideoFrame> receive() {
    current = Optional.empty();
    avutil.av_frame_unref(decoded);
    int code = avcodec.avcodec_receive_frame(context, decoded);
    while (code < 0 && !FFmpeg.isAgain(code) && !FFmpeg.isEnd(code)) {
      refusedPackets++;
      code = avcodec.avcodec_receive_frame(context, decoded);
    }
    if (code < 0) {
      return Optional.empty();
    }
    crop.ifPresent(this::crop);
    PixelFormats.believeRange(decoded);
    transparent = transparent || Transparency.isIn(decoded);
    bringToOneFormat();
    current = Optional.of(view());
    nextIndex++;
    return current;
  }

  private void crop(ContainerCrop sides) {
    FFmpeg.check(
        sides.apply(decoded),
        demuxer.path(),
        "decode",
        "it says that nothing of its pictures is to be shown; the file may be damaged");
  }

  private void bringToOneFormat() {
    Orientation shown = turns.next(decoded);
    PictureFormat wanted = format.orElseGet(() -> chooseFormat(shown));
    if (shown != wanted.orientation()) {
      replace(turns.turn(decoded, shown, wanted));
    }
    boolean same =
        decoded.format() == wanted.pixelFormat()
            && decoded.linesize(0) > 0
            && fitter.fits(decoded, wanted);
    if (!same) {
      replace(fitter.fit(decoded, wanted));
    }
  }

  private void replace(AVFrame another) {
    avutil.av_frame_free(decoded);
    decoded = another;
  }

  private PictureFormat chooseFormat(Orientation orientation) {
    boolean still = demuxer.info().still();
    int working = PixelFormats.working(decoded.format(), still);
    if (working < 0) {
      throw new MediaException(
          demuxer.path(),
          "decode",
          "its pictures are of a kind ("
              + PixelFormats.name(decoded.format())
              + ") that cannot be handled; convert the file to H.264 first");
    }
    boolean full = PixelFormats.isFullRange(decoded.format(), decoded.color_range());
    PictureFormat chosen =
        new PictureFormat(
            working,
            decoded.width(),
            decoded.height(),
            PixelFormats.layout(working, full),
            orientation,
            sampleAspect(),
            PixelFormats.isRgb(decoded.format())
                ? PictureConverter.MATRIX_OF_RGB
                : ColourMatrix.of(decoded.colorspace(), still, decoded.width(), decoded.height()));
    format = Optional.of(chosen);
    fitter.first(decoded);
    return chosen;
  }

  /**
   * The container's word counts more than the codec's, as with libav's own players. A photo's dots
   * an inch are for printing: no viewer draws its picture out by them.
   */
  private Rational sampleAspect() {
    Rational container = FFmpeg.rational(demuxer.stream(streamIndex).sample_aspect_ratio());
    Rational aspect =
        container.isKnown() ? container : FFmpeg.rational(decoded.sample_aspect_ratio());
    return aspect.isKnown() && demuxer.info().isPhoto() ? SQUARE : aspect;
  }

  private VideoFrame view() {
    PictureFormat f = format.orElseThrow();
    long source = decoded.pts() == FFmpeg.NO_PTS ? decoded.best_effort_timestamp() : decoded.pts();
    boolean corrupt =
        damaged.isDamaged(source)
            || (decoded.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0
            || decoded.decode_error_flags() != 0;
    return new VideoFrame(
        nextIndex,
        clock.next(decoded.best_effort_timestamp()),
        Math.max(0, decoded.duration()),
        timeBase,
        f.width(),
        f.height(),
        f.sampleAspect(),
        f.orientation(),
        f.layout(),
        FramePlanes.of(decoded, f.layout(), f.width(), f.height()),
        corrupt,
        new VideoFrame.Colours(f.matrix(), TransferFunction.of(decoded.color_trc())),
        Optional.of(decoded));
  }

  /**
   * Makes the current frame safe to write to: libav may still hold its memory as a reference for
   * later pictures, which must not change.
   *
   * @return the frame over memory of its own, valid as long as the one it replaces would be
   * @throws IllegalStateException if there is no current frame
   */
  public VideoFrame makeWritable() {
    VideoFrame before = current.orElseThrow(() -> new IllegalStateException("no current frame"));
    pool.makeWritable(decoded);
    VideoFrame writable = before.over(decoded);
    current = Optional.of(writable);
    return writable;
  }

  /**
   * Gives the current frame away, so that it outlives the next one. The caller closes it.
   *
   * @throws IllegalStateException if there is no current frame
   */
  DetachedFrame detach() {
    VideoFrame frame = current.orElseThrow(() -> new IllegalStateException("no current frame"));
    AVFrame taken = decoded;
    decoded = avutil.av_frame_alloc();
    current = Optional.empty();
    return new DetachedFrame(pool, taken, frame);
  }

  /** Packets that gave no picture because libav refused them. */
  public long refusedPackets() {
    return refusedPackets;
  }

  /** Whether pictures were of another size or shape than the first one. */
  public boolean isResized() {
    return fitter.changed();
  }

  /** Whether pictures were to be turned otherwise than the first one; they have been. */
  public boolean isTurned() {
    return turns.changed();
  }

  /** Whether some pixel so far was not opaque; it has become black. */
  public boolean isTransparent() {
    return transparent;
  }

  /** Packets that were handed to libav, refused ones among them. */
  public long sentPackets() {
    return sentPackets;
  }

  /** Whether frames' times are other than the file's, since its clock was set anew. */
  public boolean isShifted() {
    return clock.isShifted() || demuxer.isShifted();
  }

  /** Whether frames' times are other than their packets'. */
  boolean isApart() {
    return clock.isShifted();
  }

  /** Layout, size and orientation, known from the first frame on. */
  public Optional<PictureFormat> format() {
    return format;
  }

  Demuxer demuxer() {
    return demuxer;
  }

  @Override
  public void close() {
    current = Optional.empty();
    avutil.av_frame_free(decoded);
    converter.close();
    pool.close();
    avcodec.avcodec_free_context(context);
  }
}
