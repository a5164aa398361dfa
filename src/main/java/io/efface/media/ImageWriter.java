package io.efface.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avutil.*;

import io.efface.geometry.Orientation;
import io.efface.media.PixelLayout.ColourModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Writes one redacted still, turned upright, with no metadata at all. */
public final class ImageWriter {
  private final Path path;
  private final ImageFormat format;
  private final int quality;

  /**
   * A writer.
   *
   * @param path the file to write, replaced if it exists
   * @param quality 0 (smallest) to 100 (near lossless); PNG and TIFF are lossless whatever it says
   */
  public ImageWriter(Path path, ImageFormat format, int quality) {
    this.path = path;
    this.format = format;
    this.quality = quality;
  }

  /**
   * Encodes and writes a picture.
   *
   * @param frame a decoder's current frame, borrowed
   * @throws MediaException if the encoder refuses it or the disk is full
   */
  public void write(VideoFrame frame) {
    AVFrame source =
        frame.backing().orElseThrow(() -> new IllegalArgumentException("not a decoded frame"));
    boolean full = format != ImageFormat.WEBP;
    // JPEG and WebP have no place for another matrix than that of BT.601.
    boolean bt601 = format == ImageFormat.JPEG || format == ImageFormat.WEBP;
    try (PictureConverter converter = new PictureConverter(path, bt601)) {
      AVFrame converted =
          converter.convert(source, target(frame), frame.width(), frame.height(), full);
      AVFrame upright = converted;
      try {
        if (frame.orientation() != Orientation.UPRIGHT) {
          upright = PictureRotation.upright(converted, frame.orientation(), path);
        }
        stripProperties(upright);
        encode(upright, frame);
      } finally {
        if (!upright.equals(converted)) {
          avutil.av_frame_free(upright);
        }
        avutil.av_frame_free(converted);
      }
    }
  }

  private int target(VideoFrame frame) {
    PixelLayout layout = frame.layout();
    boolean deep = layout.bitDepth() > 8;
    boolean grey = layout.model() == ColourModel.GREY;
    return switch (format) {
      case JPEG -> jpegFormat(layout, frame.orientation());
      case WEBP -> AV_PIX_FMT_YUV420P;
      case PNG ->
          grey
              ? (deep ? AV_PIX_FMT_GRAY16BE : AV_PIX_FMT_GRAY8)
              : (deep ? AV_PIX_FMT_RGB48BE : AV_PIX_FMT_RGB24);
      case TIFF ->
          grey
              ? (deep ? AV_PIX_FMT_GRAY16LE : AV_PIX_FMT_GRAY8)
              : (deep ? AV_PIX_FMT_RGB48LE : AV_PIX_FMT_RGB24);
    };
  }

  private static int jpegFormat(PixelLayout layout, Orientation orientation) {
    if (layout.model() == ColourModel.GREY
        || (layout.chromaShiftX() == 1 && layout.chromaShiftY() == 1)) {
      return AV_PIX_FMT_YUVJ420P;
    }
    boolean halfWide = layout.chromaShiftX() == 1 && layout.chromaShiftY() == 0;
    return halfWide && !orientation.transposed() ? AV_PIX_FMT_YUVJ422P : AV_PIX_FMT_YUVJ444P;
  }

  /** libav's encoders write colour profiles, EXIF and tags that they find beside the pixels. */
  private static void stripProperties(AVFrame picture) {
    while (picture.nb_side_data() > 0) {
      avutil.av_frame_remove_side_data(picture, picture.side_data(0).type());
    }
    try (AVDictionary metadata = picture.metadata()) {
      if (metadata != null) {
        avutil.av_dict_free(metadata);
        picture.metadata(null);
      }
    }
  }

  private void encode(AVFrame picture, VideoFrame frame) {
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(format.encoder());
    if (codec == null) {
      throw new MediaException(
          path,
          "encode",
          "this build of FFmpeg cannot write " + format + "; choose another ending");
    }
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    AVPacket packet = avcodec.av_packet_alloc();
    AVDictionary options = new AVDictionary(null);
    try (AVRational tick = FFmpeg.rational(new Rational(1, 25));
        AVRational aspect = FFmpeg.rational(aspect(frame))) {
      context
          .width(picture.width())
          .height(picture.height())
          .pix_fmt(picture.format())
          .color_range(picture.color_range())
          .colorspace(picture.colorspace())
          .time_base(tick)
          .sample_aspect_ratio(aspect)
          .flags(AV_CODEC_FLAG_BITEXACT);
      if (format == ImageFormat.JPEG) {
        int scale = Math.max(1, Math.round(1 + (100 - quality) * 0.1f));
        context.flags(AV_CODEC_FLAG_BITEXACT | AV_CODEC_FLAG_QSCALE);
        context.global_quality(scale * avutil.FF_QP2LAMBDA);
      } else if (format == ImageFormat.WEBP) {
        avutil.av_dict_set(options, "quality", Integer.toString(50 + quality / 2), 0);
      }
      FFmpeg.check(
          avcodec.avcodec_open2(context, codec, options),
          path,
          "encode",
          "a picture of this size or kind cannot be written; choose another ending");
      picture.pts(0).quality(context.global_quality());
      FFmpeg.check(avcodec.avcodec_send_frame(context, picture), path, "encode", "encoding failed");
      avcodec.avcodec_send_frame(context, null);
      FFmpeg.check(
          avcodec.avcodec_receive_packet(context, packet), path, "encode", "encoding failed");
      store(packet.data().capacity(packet.size()).asByteBuffer());
    } finally {
      avutil.av_dict_free(options);
      avcodec.av_packet_free(packet);
      avcodec.avcodec_free_context(context);
    }
  }

  private static Rational aspect(VideoFrame frame) {
    Rational aspect = frame.sampleAspect();
    return frame.orientation().transposed() ? aspect.inverse() : aspect;
  }

  private void store(ByteBuffer bytes) {
    try (FileChannel file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw new MediaException(
          path, "write", "cannot be written; is the disk full? (" + e.getMessage() + ")", e);
    }
  }
}
