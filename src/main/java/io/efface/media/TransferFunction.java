package io.efface.media;

import org.bytedeco.ffmpeg.global.avutil;

/** How codes of a picture stand for light. */
public enum TransferFunction {
  /** Standard dynamic range, of whatever curve. */
  SDR,
  /** Perceptual quantiser, SMPTE ST 2084: HDR10, Dolby Vision. */
  PQ,
  /** Hybrid log-gamma, ITU-R BT.2100: broadcast and phones. */
  HLG;

  /**
   * What a decoded picture says.
   *
   * @param transfer libav's number
   * @return {@link #SDR} where it says nothing, or anything else
   */
  static TransferFunction of(int transfer) {
    return switch (transfer) {
      case avutil.AVCOL_TRC_SMPTE2084 -> PQ;
      case avutil.AVCOL_TRC_ARIB_STD_B67 -> HLG;
      default -> SDR;
    };
  }
}
