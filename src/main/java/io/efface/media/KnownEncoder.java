package io.efface.media;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The encoders of libav that Efface knows how to set up. Which of them there are depends on the
 * build of the libraries; whether one of hardware works is only known once it was opened. Of one
 * codec the order is that in which {@link EncoderWish#AUTO} tries them: a maker's own interface
 * before VA-API, which stands for several makers' and sets less.
 */
public enum KnownEncoder {
  LIBX264("libx264", VideoCodec.H264, Family.SOFTWARE),
  H264_NVENC("h264_nvenc", VideoCodec.H264, Family.NVENC),
  H264_VIDEOTOOLBOX("h264_videotoolbox", VideoCodec.H264, Family.VIDEOTOOLBOX),
  H264_QSV("h264_qsv", VideoCodec.H264, Family.QSV),
  H264_AMF("h264_amf", VideoCodec.H264, Family.AMF),
  H264_VAAPI("h264_vaapi", VideoCodec.H264, Family.VAAPI),
  LIBX265("libx265", VideoCodec.HEVC, Family.SOFTWARE),
  HEVC_NVENC("hevc_nvenc", VideoCodec.HEVC, Family.NVENC),
  HEVC_VIDEOTOOLBOX("hevc_videotoolbox", VideoCodec.HEVC, Family.VIDEOTOOLBOX),
  HEVC_QSV("hevc_qsv", VideoCodec.HEVC, Family.QSV),
  HEVC_AMF("hevc_amf", VideoCodec.HEVC, Family.AMF),
  HEVC_VAAPI("hevc_vaapi", VideoCodec.HEVC, Family.VAAPI),
  LIBSVTAV1("libsvtav1", VideoCodec.AV1, Family.SOFTWARE),
  LIBAOM_AV1("libaom-av1", VideoCodec.AV1, Family.SOFTWARE),
  AV1_NVENC("av1_nvenc", VideoCodec.AV1, Family.NVENC),
  AV1_QSV("av1_qsv", VideoCodec.AV1, Family.QSV),
  AV1_AMF("av1_amf", VideoCodec.AV1, Family.AMF),
  AV1_VAAPI("av1_vaapi", VideoCodec.AV1, Family.VAAPI),
  LIBVPX_VP9("libvpx-vp9", VideoCodec.VP9, Family.SOFTWARE);

  /** What does the work. */
  public enum Family {
    /** The processor. */
    SOFTWARE,
    /** Nvidia's NVENC. */
    NVENC,
    /** Apple's VideoToolbox. */
    VIDEOTOOLBOX,
    /** Intel's Quick Sync Video. */
    QSV,
    /** AMD's Advanced Media Framework. */
    AMF,
    /** The Video Acceleration API of Linux. */
    VAAPI
  }

  private final String id;
  private final VideoCodec codec;
  private final Family family;

  KnownEncoder(String id, VideoCodec codec, Family family) {
    this.id = id;
    this.codec = codec;
    this.family = family;
  }

  /** libav's name, also that on the command line and in reports. */
  public String id() {
    return id;
  }

  /** What it writes. */
  public VideoCodec codec() {
    return codec;
  }

  /** What does the work. */
  public Family family() {
    return family;
  }

  /** Whether it is not the processor that encodes. */
  public boolean isHardware() {
    return family != Family.SOFTWARE;
  }

  /** The encoder of a name; empty where Efface knows none. */
  public static Optional<KnownEncoder> ofId(String id) {
    return Arrays.stream(values()).filter(encoder -> encoder.id.equals(id)).findFirst();
  }

  /** Hardware that writes a codec, the first to be tried first. */
  static List<KnownEncoder> hardware(VideoCodec codec) {
    return Arrays.stream(values())
        .filter(encoder -> encoder.codec == codec && encoder.isHardware())
        .toList();
  }
}
