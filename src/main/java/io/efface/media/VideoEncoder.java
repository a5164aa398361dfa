package io.efface.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;

/**
 * Encodes redacted frames. Every field that reaches the stream is set here by hand: pixels, times,
 * size, sample aspect, colour tags, range, field order, HDR static metadata and orientation; side
 * data of the input's frames (captions, user data, GPS) is stripped. Single-threaded (the encoder's
 * own threads aside); whoever opens it closes it.
 */
public final class VideoEncoder implements AutoCloseable {
  private static final String FAILED_HARDWARE =
      "the hardware encoder failed; use --encoder software";

  private final Path path;
  private final AVCodecContext context;
  private final Optional<HardwareFeed> feed;
  private final int plainFormat;
  private final Rational timeBase;
  private final boolean padWidth;
  private final boolean padHeight;
  private final int fieldFlags;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final Map<Long, Long> durations = new HashMap<>();
  private final UserDataFilter userData;

  /**
   * Takes over an open context and its feed; see {@link EncoderSetup#open}.
   *
   * @param fieldFlags the flags of pictures that do not say that they are made of fields, and are
   */
  VideoEncoder(
      Path path,
      KnownEncoder encoder,
      AVCodecContext context,
      Optional<HardwareFeed> feed,
      Rational timeBase,
      PictureFormat format,
      int fieldFlags) {
    this.path = path;
    this.fieldFlags = fieldFlags;
    this.context = context;
    this.feed = feed;
    this.plainFormat = PixelFormats.plainName(format.pixelFormat());
    this.timeBase = timeBase;
    this.padWidth = context.width() != format.width();
    this.padHeight = context.height() != format.height();
    this.userData = new UserDataFilter(encoder);
  }

  /**
   * Encodes a frame.
   *
   * @param frame from the decoder this encoder was opened for, in its original size and layout;
   *     borrowed
   * @param sink gets the packets that are ready
   */
  void encode(VideoFrame frame, EncodedSink sink) {
    AVFrame source =
        frame.backing().orElseThrow(() -> new IllegalArgumentException("not a decoded frame"));
    AVFrame input = padWidth || padHeight ? padded(source) : FFmpeg.share(source, path, "encode");
    try {
      if (SampleRange.isExceeded(frame.layout(), frame.planes())) {
        clamp(input);
      }
      stripProperties(input, source);
      input.pts(frame.pts()).duration(frame.duration());
      durations.put(frame.pts(), frame.duration());
      send(input);
    } finally {
      avutil.av_frame_free(input);
    }
    drain(sink);
  }

  private void send(AVFrame plain) {
    if (feed.isEmpty()) {
      FFmpeg.check(
          avcodec.avcodec_send_frame(context, plain), path, "encode", "the encoder failed");
      return;
    }
    AVFrame fed = feed.get().feed(plain);
    try {
      FFmpeg.check(avcodec.avcodec_send_frame(context, fed), path, "encode", FAILED_HARDWARE);
    } finally {
      avutil.av_frame_free(fed);
    }
  }

  /**
   * Has a hardware encoder that was opened for this encode one empty picture.
   *
   * @return why it does not work; empty if it does
   */
  Optional<String> trial() {
    return feed.flatMap(of -> EncoderTrial.refusal(context, of, plainFormat));
  }

  private void clamp(AVFrame input) {
    FFmpeg.check(avutil.av_frame_make_writable(input), path, "encode", FFmpeg.NO_MEMORY);
    PixelLayout layout = PixelFormats.layout(plainFormat, true);
    SampleRange.clamp(layout, FramePlanes.of(input, layout, input.width(), input.height()));
  }

  /**
   * Only pixels, field order and colour tags go on; everything else that libav knows of a frame is
   * dropped.
   */
  private void stripProperties(AVFrame input, AVFrame source) {
    int interlaced =
        source.flags() & (AVFrame.AV_FRAME_FLAG_INTERLACED | AVFrame.AV_FRAME_FLAG_TOP_FIELD_FIRST);
    if ((interlaced & AVFrame.AV_FRAME_FLAG_INTERLACED) == 0) {
      interlaced = fieldFlags;
    }
    while (input.nb_side_data() > 0) {
      avutil.av_frame_remove_side_data(input, input.side_data(0).type());
    }
    try (AVDictionary metadata = input.metadata()) {
      if (metadata != null) {
        avutil.av_dict_free(metadata);
        input.metadata(null);
      }
    }
    input
        .pict_type(AV_PICTURE_TYPE_NONE)
        .flags(interlaced)
        .repeat_pict(0)
        .format(plainFormat)
        .color_range(context.color_range())
        .color_primaries(context.color_primaries())
        .color_trc(context.color_trc())
        .colorspace(context.colorspace())
        .chroma_location(context.chroma_sample_location());
    input.sample_aspect_ratio().num(context.sample_aspect_ratio().num());
    input.sample_aspect_ratio().den(context.sample_aspect_ratio().den());
  }

  /** H.264 and HEVC cannot hold an odd size in 4:2:0: the last column or row is repeated. */
  private AVFrame padded(AVFrame source) {
    AVFrame target = avutil.av_frame_alloc();
    target.format(plainFormat).width(context.width()).height(context.height());
    int code = avutil.av_frame_get_buffer(target, 0);
    if (code < 0) {
      avutil.av_frame_free(target);
    }
    FFmpeg.check(code, path, "encode", FFmpeg.NO_MEMORY);
    PixelLayout layout = PixelFormats.layout(plainFormat, true);
    int sample = layout.bytesPerSample();
    for (int plane = 0; plane < layout.planes(); plane++) {
      int rows = layout.planeHeight(plane, source.height());
      int bytes = layout.planeWidth(plane, source.width()) * sample;
      int targetRows = layout.planeHeight(plane, target.height());
      int targetBytes = layout.planeWidth(plane, target.width()) * sample;
      for (int y = 0; y < targetRows; y++) {
        long from = (long) Math.min(y, rows - 1) * source.linesize(plane);
        long to = (long) y * target.linesize(plane);
        Pointer in = source.data(plane).getPointer(from);
        Pointer out = target.data(plane).getPointer(to);
        Pointer.memcpy(out, in, bytes);
        if (targetBytes > bytes) {
          Pointer.memcpy(
              target.data(plane).getPointer(to + bytes),
              source.data(plane).getPointer(from + bytes - sample),
              sample);
        }
      }
    }
    return target;
  }

  /** Has the encoder give out everything it still holds. */
  void finish(EncodedSink sink) {
    FFmpeg.check(avcodec.avcodec_send_frame(context, null), path, "encode", "the encoder failed");
    drain(sink);
  }

  private void drain(EncodedSink sink) {
    while (true) {
      int code = avcodec.avcodec_receive_packet(context, packet);
      if (FFmpeg.isAgain(code) || FFmpeg.isEnd(code)) {
        return;
      }
      FFmpeg.check(code, path, "encode", "the encoder failed");
      Long duration = durations.remove(packet.pts());
      if (packet.duration() == 0 && duration != null) {
        packet.duration(duration);
      }
      userData.strip(packet);
      sink.accept(packet);
      avcodec.av_packet_unref(packet);
    }
  }

  /** The parameter sets where the container wants them up front, with start codes. */
  byte[] extradata() {
    byte[] bytes = new byte[context.extradata_size()];
    if (bytes.length > 0) {
      context.extradata().position(0).get(bytes);
    }
    return bytes;
  }

  /** Whether a column or row was added because the codec holds even sizes only. */
  public boolean pads() {
    return padWidth || padHeight;
  }

  AVCodecContext context() {
    return context;
  }

  Rational timeBase() {
    return timeBase;
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
    feed.ifPresent(HardwareFeed::close);
  }
}
