package io.efface.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_INTERLACED_DCT;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_CONTENT_LIGHT_LEVEL;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_MASTERING_DISPLAY_METADATA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;

import io.efface.geometry.Orientation;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Encodes redacted frames. Every field that reaches the stream is set here by hand: pixels, times,
 * size, sample aspect, colour tags, range, field order, HDR static metadata and orientation; side
 * data of the input's frames (captions, user data, GPS) is stripped. Single-threaded (the encoder's
 * own threads aside); whoever opens it closes it.
 */
public final class VideoEncoder implements AutoCloseable {
  private final Path path;
  private final VideoCodec codec;
  private final String encoderName;
  private final AVCodecContext context;
  private final Rational timeBase;
  private final boolean padWidth;
  private final boolean padHeight;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final Map<Long, Long> durations = new HashMap<>();
  private final UserDataFilter userData;

  private VideoEncoder(
      Path path,
      VideoCodec codec,
      String encoderName,
      AVCodecContext context,
      Rational timeBase,
      PictureFormat format) {
    this.path = path;
    this.codec = codec;
    this.encoderName = encoderName;
    this.context = context;
    this.timeBase = timeBase;
    this.padWidth = context.width() != format.width();
    this.padHeight = context.height() != format.height();
    this.userData = new UserDataFilter(codec);
  }

  /** The codec written for an input's codec where none is asked for. */
  static VideoCodec familyOf(String inputCodec) {
    return switch (inputCodec) {
      case "hevc" -> VideoCodec.HEVC;
      case "av1" -> VideoCodec.AV1;
      case "vp8", "vp9" -> VideoCodec.VP9;
      default -> VideoCodec.H264;
    };
  }

  /**
   * Opens an encoder for the pictures of a decoder whose first frame has been received.
   *
   * @param path the output, for messages
   * @param source gives format, colour tags and rates; borrowed for the call
   * @param firstFrame its current frame, which gives colour tags, field order and HDR metadata
   * @param plan codec, quality and effort
   * @param globalHeader whether the container wants parameter sets up front
   */
  static VideoEncoder open(
      Path path,
      VideoDecoder source,
      VideoFrame firstFrame,
      Muxer.Plan plan,
      boolean globalHeader) {
    AVFrame first = firstFrame.backing().orElseThrow();
    VideoCodec codec = plan.codec();
    PictureFormat format = source.format().orElseThrow();
    EncoderChoice choice = EncoderChoice.of(codec, plan.encoder(), format.layout());
    AVCodec encoder = avcodec.avcodec_find_encoder_by_name(choice.encoder());
    if (encoder == null) {
      throw new MediaException(
          path,
          "encode",
          "this build of FFmpeg has no "
              + choice.encoder()
              + "; choose another codec with --codec");
    }
    AVCodecContext context = avcodec.avcodec_alloc_context3(encoder);
    AVDictionary options = new AVDictionary(null);
    boolean opened = false;
    try {
      boolean even = codec == VideoCodec.H264 || codec == VideoCodec.HEVC;
      int stepX = even ? 1 << format.layout().chromaShiftX() : 1;
      int stepY = even ? 1 << format.layout().chromaShiftY() : 1;
      context
          .width(-Math.floorDiv(-format.width(), stepX) * stepX)
          .height(-Math.floorDiv(-format.height(), stepY) * stepY)
          .pix_fmt(PixelFormats.plainName(format.pixelFormat()))
          .color_range(format.layout().fullRange() ? avutil.AVCOL_RANGE_JPEG : first.color_range())
          .color_primaries(first.color_primaries())
          .color_trc(first.color_trc())
          .colorspace(first.colorspace())
          .chroma_sample_location(first.chroma_location())
          .thread_count(plan.threads());
      Rational rate = source.demuxer().frameRate(source.demuxer().info().video());
      Rational timeBase = source.demuxer().info().videoStream().timeBase();
      try (AVRational tb = FFmpeg.rational(timeBase);
          AVRational fps = FFmpeg.rational(rate.isKnown() ? rate : new Rational(25, 1));
          AVRational aspect = FFmpeg.rational(format.sampleAspect())) {
        context.time_base(tb).framerate(fps).sample_aspect_ratio(aspect);
      }
      int flags = AV_CODEC_FLAG_BITEXACT | (globalHeader ? AV_CODEC_FLAG_GLOBAL_HEADER : 0);
      if ((first.flags() & AVFrame.AV_FRAME_FLAG_INTERLACED) != 0 && codec == VideoCodec.H264) {
        flags |= AV_CODEC_FLAG_INTERLACED_DCT;
        boolean top = (first.flags() & AVFrame.AV_FRAME_FLAG_TOP_FIELD_FIRST) != 0;
        context.field_order(top ? avcodec.AV_FIELD_TT : avcodec.AV_FIELD_BB);
      }
      context.flags(flags);
      passSideData(first, format.orientation(), context);
      choice.options().forEach((key, value) -> avutil.av_dict_set(options, key, value, 0));
      FFmpeg.check(
          avcodec.avcodec_open2(context, encoder, options),
          path,
          "encode",
          choice.encoder()
              + " refuses pictures of "
              + format.width()
              + "x"
              + format.height()
              + " "
              + PixelFormats.name(format.pixelFormat())
              + "; choose another codec with --codec");
      opened = true;
      return new VideoEncoder(path, codec, choice.encoder(), context, timeBase, format);
    } finally {
      avutil.av_dict_free(options);
      if (!opened) {
        avcodec.avcodec_free_context(context);
      }
    }
  }

  /** Hands HDR static metadata and orientation on; libav copies them into stream and container. */
  private static void passSideData(AVFrame first, Orientation orientation, AVCodecContext context) {
    // The presets pass the pointer itself by reference: libav grows the array and moves it.
    PointerPointer<AVFrameSideData> list = new PointerPointer<AVFrameSideData>((Pointer) null);
    int[] count = {0};
    for (int type :
        new int[] {AV_FRAME_DATA_MASTERING_DISPLAY_METADATA, AV_FRAME_DATA_CONTENT_LIGHT_LEVEL}) {
      AVFrameSideData data = avutil.av_frame_get_side_data(first, type);
      if (data != null) {
        avutil.av_frame_side_data_clone(list, count, data, 0);
      }
    }
    if (orientation != Orientation.UPRIGHT) {
      AVFrameSideData matrix =
          avutil.av_frame_side_data_new(
              list, count, AV_FRAME_DATA_DISPLAYMATRIX, DisplayMatrix.BYTES, 0);
      DisplayMatrix.write(orientation, matrix.data());
    }
    if (count[0] > 0) {
      context.decoded_side_data(list).nb_decoded_side_data(count[0]);
    }
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
    AVFrame input = padWidth || padHeight ? padded(source) : avutil.av_frame_clone(source);
    try {
      if (SampleRange.isExceeded(frame.layout(), frame.planes())) {
        clamp(input);
      }
      stripProperties(input, source);
      input.pts(frame.pts()).duration(frame.duration());
      durations.put(frame.pts(), frame.duration());
      FFmpeg.check(
          avcodec.avcodec_send_frame(context, input), path, "encode", "the encoder failed");
    } finally {
      avutil.av_frame_free(input);
    }
    drain(sink);
  }

  private void clamp(AVFrame input) {
    FFmpeg.check(
        avutil.av_frame_make_writable(input),
        path,
        "encode",
        "there is not enough memory for a picture");
    PixelLayout layout = PixelFormats.layout(context.pix_fmt(), true);
    SampleRange.clamp(layout, FramePlanes.of(input, layout, input.width(), input.height()));
  }

  /**
   * Only pixels, field order and colour tags go on; everything else that libav knows of a frame is
   * dropped.
   */
  private void stripProperties(AVFrame input, AVFrame source) {
    int interlaced =
        source.flags() & (AVFrame.AV_FRAME_FLAG_INTERLACED | AVFrame.AV_FRAME_FLAG_TOP_FIELD_FIRST);
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
        .format(context.pix_fmt())
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
    target.format(context.pix_fmt()).width(context.width()).height(context.height());
    FFmpeg.check(
        avutil.av_frame_get_buffer(target, 0),
        path,
        "encode",
        "there is not enough memory for a picture");
    PixelLayout layout = PixelFormats.layout(context.pix_fmt(), true);
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

  /** The family written. */
  public VideoCodec codec() {
    return codec;
  }

  /** libav's name of the encoder. */
  public String encoderName() {
    return encoderName;
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
  }
}
