package io.efface.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_CLOSED_GOP;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_INTERLACED_DCT;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_CONTENT_LIGHT_LEVEL;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_MASTERING_DISPLAY_METADATA;

import io.efface.geometry.Orientation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Opens encoders for the pictures of one file, all alike: one for the whole film, or one for each
 * span between pictures that are copied. Single-threaded; whoever makes it closes it.
 */
final class EncoderSetup implements AutoCloseable {
  private static final Set<Integer> FIELDS =
      Set.of(avcodec.AV_FIELD_TT, avcodec.AV_FIELD_BB, avcodec.AV_FIELD_TB, avcodec.AV_FIELD_BT);

  private final Path path;
  private final OutputPlan plan;
  private final EncoderSelection selection;
  private final PictureFormat format;
  private final Rational rate;
  private final Rational timeBase;
  private final boolean globalHeader;
  private final int fieldOrder;

  /** Properties of the first frame, without its pixels. */
  private final AVFrame first = avutil.av_frame_alloc();

  /**
   * A setup for the pictures of a decoder whose first frame has been received.
   *
   * @param path the output, for messages
   * @param source gives format, colour tags and rates; borrowed for the call
   * @param firstFrame its current frame, which gives colour tags, field order and HDR metadata;
   *     borrowed for the call
   * @param plan codec, quality and effort
   * @param globalHeader whether the container wants parameter sets up front
   */
  EncoderSetup(
      Path path,
      VideoDecoder source,
      VideoFrame firstFrame,
      OutputPlan plan,
      boolean globalHeader) {
    this.path = path;
    this.plan = plan;
    this.format = source.format().orElseThrow();
    this.rate = source.demuxer().frameRate(source.demuxer().info().video());
    this.timeBase = source.demuxer().info().videoStream().timeBase();
    this.globalHeader = globalHeader;
    this.fieldOrder =
        source.demuxer().stream(source.demuxer().info().video()).codecpar().field_order();
    boolean ready = false;
    try {
      FFmpeg.check(
          avutil.av_frame_copy_props(first, firstFrame.backing().orElseThrow()),
          path,
          "encode",
          FFmpeg.NO_MEMORY);
      this.selection =
          EncoderSelection.of(
              plan.codec(),
              plan.encoder(),
              new PictureNeeds(
                  format.layout(),
                  interlaced(),
                  plan.copies() && plan.codec() == VideoCodec.H264,
                  timeBase),
              Natives::has,
              this::refusal);
      ready = true;
    } finally {
      if (!ready) {
        avutil.av_frame_free(first);
      }
    }
  }

  /** Films may begin with whole pictures and go on in fields: then the stream's header counts. */
  private boolean interlaced() {
    return isFirstInterlaced() || FIELDS.contains(fieldOrder);
  }

  private boolean isFirstInterlaced() {
    return (first.flags() & AVFrame.AV_FRAME_FLAG_INTERLACED) != 0;
  }

  /** The first of the two letters counts, as in libav's own decoders. */
  private boolean isTopFirst() {
    return isFirstInterlaced()
        ? (first.flags() & AVFrame.AV_FRAME_FLAG_TOP_FIELD_FIRST) != 0
        : fieldOrder == avcodec.AV_FIELD_TT || fieldOrder == avcodec.AV_FIELD_TB;
  }

  /** Of pictures of which only the stream's header tells that they are made of fields. */
  private int fieldFlags() {
    if (isFirstInterlaced() || !interlaced() || plan.codec() != VideoCodec.H264) {
      return 0;
    }
    int top = isTopFirst() ? AVFrame.AV_FRAME_FLAG_TOP_FIELD_FIRST : 0;
    return AVFrame.AV_FRAME_FLAG_INTERLACED | top;
  }

  /** Tries hardware with pictures of the film's own size and form: there are limits to these. */
  private Optional<String> refusal(EncoderChoice choice) {
    try (VideoEncoder encoder = open(choice, Optional.empty())) {
      return encoder.trial();
    } catch (MediaException e) {
      return Optional.of(e.reason());
    }
  }

  /** Which encoder is used. */
  EncoderUse use() {
    return selection.use();
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
   * Opens an encoder; the caller closes it.
   *
   * @param joined what it must keep to where its pictures stand beside the input's
   * @throws MediaException if there is none or it refuses the pictures
   */
  VideoEncoder open(Optional<JoinedCoding> joined) {
    return open(selection.choice(), joined);
  }

  private VideoEncoder open(EncoderChoice choice, Optional<JoinedCoding> joined) {
    VideoCodec codec = plan.codec();
    String name = choice.encoder().id();
    AVCodec encoder = avcodec.avcodec_find_encoder_by_name(name);
    if (encoder == null) {
      throw new MediaException(
          path,
          "encode",
          "this build of FFmpeg has no " + name + "; choose another codec with --codec");
    }
    Optional<HardwareFeed> feed =
        choice.encoder().isHardware()
            ? Optional.of(new HardwareFeed(path, format.layout()))
            : Optional.empty();
    AVCodecContext context = avcodec.avcodec_alloc_context3(encoder);
    AVDictionary options = new AVDictionary(null);
    boolean opened = false;
    try {
      boolean even = codec == VideoCodec.H264 || codec == VideoCodec.HEVC;
      int stepX = even ? 1 << format.layout().chromaShiftX() : 1;
      boolean fields = interlaced() && codec == VideoCodec.H264;
      // Each field is a picture of its own.
      int stepY = (even ? 1 << format.layout().chromaShiftY() : 1) * (fields ? 2 : 1);
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
      try (AVRational tb = FFmpeg.rational(timeBase);
          AVRational fps = FFmpeg.rational(rate.isKnown() ? rate : new Rational(25, 1));
          AVRational aspect = FFmpeg.rational(format.sampleAspect())) {
        context.time_base(tb).framerate(fps).sample_aspect_ratio(aspect);
      }
      int flags = AV_CODEC_FLAG_BITEXACT | (globalHeader ? AV_CODEC_FLAG_GLOBAL_HEADER : 0);
      if (codec == VideoCodec.H264) {
        // Pictures that a player may start at are such that it can: libx264's own default.
        flags |= AV_CODEC_FLAG_CLOSED_GOP;
      }
      if (fields) {
        flags |= AV_CODEC_FLAG_INTERLACED_DCT;
        context.field_order(isTopFirst() ? avcodec.AV_FIELD_TT : avcodec.AV_FIELD_BB);
      }
      context.flags(flags);
      passSideData(context);
      feed.ifPresent(of -> of.prepare(context, choice.encoder().family()));
      choice.options().forEach((key, value) -> avutil.av_dict_set(options, key, value, 0));
      joined.ifPresent(coding -> join(context, options, coding));
      FFmpeg.check(
          avcodec.avcodec_open2(context, encoder, options),
          path,
          "encode",
          feed.isPresent() ? "its driver or device is missing or refuses" : refused(name));
      opened = true;
      return new VideoEncoder(
          path, choice.encoder(), context, feed, timeBase, format, fieldFlags());
    } finally {
      avutil.av_dict_free(options);
      if (!opened) {
        avcodec.avcodec_free_context(context);
        feed.ifPresent(HardwareFeed::close);
      }
    }
  }

  private String refused(String encoder) {
    return encoder
        + " refuses pictures of "
        + format.width()
        + "x"
        + format.height()
        + " "
        + PixelFormats.name(format.pixelFormat())
        + "; choose another codec with --codec";
  }

  /** Only x264 is ever joined. */
  private static void join(AVCodecContext context, AVDictionary options, JoinedCoding coding) {
    if (coding.reordered() == 0) {
      context.max_b_frames(0);
    }
    avutil.av_dict_set(options, "b-pyramid", coding.reordered() > 1 ? "normal" : "none", 0);
    avutil.av_dict_set(options, "profile", coding.profile(), 0);
    avutil.av_dict_set(options, "x264-params", "sps-id=" + coding.parameterId(), 0);
  }

  /** Hands HDR static metadata and orientation on; libav copies them into stream and container. */
  private void passSideData(AVCodecContext context) {
    // The presets pass the pointer itself by reference: libav grows the array and moves it.
    PointerPointer<AVFrameSideData> list = new PointerPointer<AVFrameSideData>((Pointer) null);
    int[] count = {0};
    try {
      for (int type :
          new int[] {AV_FRAME_DATA_MASTERING_DISPLAY_METADATA, AV_FRAME_DATA_CONTENT_LIGHT_LEVEL}) {
        AVFrameSideData data = avutil.av_frame_get_side_data(first, type);
        if (data != null) {
          FFmpeg.check(
              avutil.av_frame_side_data_clone(list, count, data, 0),
              path,
              "encode",
              FFmpeg.NO_MEMORY);
        }
      }
      if (format.orientation() != Orientation.UPRIGHT) {
        AVFrameSideData matrix =
            avutil.av_frame_side_data_new(
                list, count, AV_FRAME_DATA_DISPLAYMATRIX, DisplayMatrix.BYTES, 0);
        if (matrix == null) {
          throw new MediaException(path, "encode", FFmpeg.NO_MEMORY);
        }
        DisplayMatrix.write(format.orientation(), matrix.data());
      }
    } finally {
      // The context frees them, also where this fails.
      if (count[0] > 0) {
        context.decoded_side_data(list).nb_decoded_side_data(count[0]);
      }
    }
  }

  /** How long a frame usually lasts, in ticks. */
  long ticksAFrame() {
    return rate.isKnown() ? Math.max(1, timeBase.ticks(1 / rate.toDouble())) : 1;
  }

  @Override
  public void close() {
    avutil.av_frame_free(first);
  }
}
