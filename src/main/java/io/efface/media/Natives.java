package io.efface.media;

import io.efface.media.PixelLayout.ColourModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** What the FFmpeg libraries that came with the program can do on this machine. */
public final class Natives {
  /** What most films look like: 4:2:0 of 8 bits. */
  private static final PixelLayout USUAL = new PixelLayout(ColourModel.YUV, 1, 1, 8, false);

  private Natives() {}

  /**
   * Unpacks and loads the libraries, where that was not done yet.
   *
   * @throws UnsatisfiedLinkError if they do not run here
   */
  public static void load() {
    FFmpeg.load();
  }

  /** FFmpeg's own version. */
  public static String version() {
    load();
    try (BytePointer version = avutil.av_version_info()) {
      return version.getString();
    }
  }

  /**
   * The encoder that writes usual films of a family, by libav's name; empty where it is missing.
   */
  public static Optional<String> encoder(VideoCodec codec) {
    load();
    String name = EncoderChoice.of(codec, EncoderSettings.defaults(), USUAL).encoder();
    return avcodec.avcodec_find_encoder_by_name(name) == null
        ? Optional.empty()
        : Optional.of(name);
  }

  /** Whether films of a family can be read. */
  public static boolean decodes(VideoCodec codec) {
    load();
    int id =
        switch (codec) {
          case H264 -> avcodec.AV_CODEC_ID_H264;
          case HEVC -> avcodec.AV_CODEC_ID_HEVC;
          case AV1 -> avcodec.AV_CODEC_ID_AV1;
          case VP9 -> avcodec.AV_CODEC_ID_VP9;
        };
    return avcodec.avcodec_find_decoder(id) != null;
  }

  /** Kinds of video hardware that can be opened; Efface does not use them by itself. */
  public static List<String> devices() {
    load();
    List<String> devices = new ArrayList<>();
    for (int type = avutil.av_hwdevice_iterate_types(avutil.AV_HWDEVICE_TYPE_NONE);
        type != avutil.AV_HWDEVICE_TYPE_NONE;
        type = avutil.av_hwdevice_iterate_types(type)) {
      try (AVBufferRef device = new AVBufferRef(null)) {
        if (avutil.av_hwdevice_ctx_create(device, type, (String) null, null, 0) >= 0) {
          try (BytePointer name = avutil.av_hwdevice_get_type_name(type)) {
            devices.add(name.getString().toLowerCase(Locale.ROOT));
          }
          avutil.av_buffer_unref(device);
        }
      }
    }
    return devices;
  }
}
