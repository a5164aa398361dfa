package io.efface.media;

import io.efface.media.PixelLayout.ColourModel;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** The native libraries that came with the program, and what they can do on this machine. */
public final class Natives {
  /** What most films look like: 4:2:0 of 8 bits. */
  private static final PixelLayout USUAL = new PixelLayout(ColourModel.YUV, 1, 1, 8, false);

  private Natives() {}

  /**
   * Unpacks and loads FFmpeg's libraries, where that was not done yet.
   *
   * @throws UnsatisfiedLinkError if they do not run here
   */
  public static void load() {
    FFmpeg.load();
  }

  /**
   * Unpacks and loads OpenCV's library, where that was not done yet. It works on the caller's
   * thread only.
   *
   * @throws UnsatisfiedLinkError if it does not run here
   */
  public static void loadOpenCv() {
    OpenCv.load();
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
    KnownEncoder encoder = EncoderSelection.usual(codec, USUAL);
    return has(encoder) ? Optional.of(encoder.id()) : Optional.empty();
  }

  /** Whether the libraries have an encoder; one of hardware may not work here all the same. */
  public static boolean has(KnownEncoder encoder) {
    load();
    return avcodec.avcodec_find_encoder_by_name(encoder.id()) != null;
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

  /**
   * Hardware encoders of this build, each with the reason why it does not work on this machine, or
   * nothing if it does: each is opened and encodes a picture.
   */
  public static Map<KnownEncoder, Optional<String>> hardwareEncoders() {
    load();
    Map<KnownEncoder, Optional<String>> tried = new EnumMap<>(KnownEncoder.class);
    for (KnownEncoder encoder : KnownEncoder.values()) {
      if (encoder.isHardware() && has(encoder)) {
        tried.put(encoder, EncoderTrial.refusal(encoder));
      }
    }
    return tried;
  }
}
