package io.efface.media;

import java.util.Optional;
import org.bytedeco.ffmpeg.global.avutil;

/** How luma is made of red, green and blue. */
public enum ColourMatrix {
  /** ITU-R BT.601: standard definition, JPEG and WebP. */
  BT601(0.299, 0.114),
  /** ITU-R BT.709: high definition. */
  BT709(0.2126, 0.0722),
  /** ITU-R BT.2020: ultra-high definition. */
  BT2020(0.2627, 0.0593);

  /** Pictures whose shorter side has fewer pixels are taken to be BT.601, others BT.709. */
  private static final int HD_SHORT_SIDE_PX = 720;

  private final double red;
  private final double blue;

  ColourMatrix(double red, double blue) {
    this.red = red;
    this.blue = blue;
  }

  /** Red's share of luma. */
  public double red() {
    return red;
  }

  /** Blue's share of luma; green has the rest. */
  public double blue() {
    return blue;
  }

  /** What a film of a size is taken to be where it does not say, as players do. */
  static ColourMatrix likely(int width, int height) {
    return Math.min(width, height) >= HD_SHORT_SIDE_PX ? BT709 : BT601;
  }

  /**
   * What a decoded picture says, or what it is taken to be.
   *
   * @param colourSpace libav's number
   * @param still whether it is a photo, which is BT.601 whatever its size
   */
  static ColourMatrix of(int colourSpace, boolean still, int width, int height) {
    return said(colourSpace).orElseGet(() -> still ? BT601 : likely(width, height));
  }

  /**
   * What a decoded picture says.
   *
   * @param colourSpace libav's number
   * @return empty where it says nothing, or a matrix that is none of these
   */
  static Optional<ColourMatrix> said(int colourSpace) {
    return switch (colourSpace) {
      case avutil.AVCOL_SPC_BT709, avutil.AVCOL_SPC_SMPTE240M -> Optional.of(BT709);
      case avutil.AVCOL_SPC_BT470BG, avutil.AVCOL_SPC_SMPTE170M, avutil.AVCOL_SPC_FCC ->
          Optional.of(BT601);
      case avutil.AVCOL_SPC_BT2020_NCL, avutil.AVCOL_SPC_BT2020_CL -> Optional.of(BT2020);
      default -> Optional.empty();
    };
  }
}
