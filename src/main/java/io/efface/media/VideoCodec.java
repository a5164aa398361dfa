package io.efface.media;

import java.util.Locale;

/** The families of video that Efface writes. */
public enum VideoCodec {
  H264,
  HEVC,
  AV1,
  VP9;

  /**
   * The name on the command line and in reports: {@code h264}, {@code hevc}, {@code av1}, {@code
   * vp9}.
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
