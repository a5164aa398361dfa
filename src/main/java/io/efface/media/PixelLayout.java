package io.efface.media;

/**
 * How the samples of a picture are laid out: always planar, one plane a component, 8 bits in a byte
 * or 9 to 16 bits in the low bits of a little-endian 16-bit word.
 *
 * @param model what the planes mean
 * @param chromaShiftX log2 of the horizontal subsampling of planes 1 and 2 (1 for 4:2:0 and 4:2:2);
 *     0 unless {@code YUV}
 * @param chromaShiftY log2 of the vertical subsampling of planes 1 and 2 (1 for 4:2:0); 0 unless
 *     {@code YUV}
 * @param bitDepth bits a sample, 8 to 16
 * @param fullRange whether luma runs over all codes (0 to 255 at 8 bits) rather than 16 to 235;
 *     always so for RGB
 */
public record PixelLayout(
    ColourModel model, int chromaShiftX, int chromaShiftY, int bitDepth, boolean fullRange) {

  /** What the planes hold, in this order. */
  public enum ColourModel {
    /** One plane of luma. */
    GREY,
    /** Luma, Cb, Cr. */
    YUV,
    /** Green, blue, red: libav's planar order. */
    GBR
  }

  /** Checks ranges. */
  public PixelLayout {
    if (bitDepth < 8 || bitDepth > 16) {
      throw new IllegalArgumentException("bit depth " + bitDepth);
    }
    if (chromaShiftX < 0 || chromaShiftX > 2 || chromaShiftY < 0 || chromaShiftY > 2) {
      throw new IllegalArgumentException("chroma shift " + chromaShiftX + "," + chromaShiftY);
    }
  }

  /** Number of planes: 1 or 3. */
  public int planes() {
    return model == ColourModel.GREY ? 1 : 3;
  }

  /** Whether it is YUV with a quarter of the chroma samples. */
  boolean is420() {
    return model == ColourModel.YUV && chromaShiftX == 1 && chromaShiftY == 1;
  }

  /** Bytes a sample: 1 or 2. */
  public int bytesPerSample() {
    return bitDepth > 8 ? 2 : 1;
  }

  /** log2 of a plane's horizontal subsampling. */
  public int shiftX(int plane) {
    return plane == 0 ? 0 : chromaShiftX;
  }

  /** log2 of a plane's vertical subsampling. */
  public int shiftY(int plane) {
    return plane == 0 ? 0 : chromaShiftY;
  }

  /** Width in samples of a plane of a picture {@code width} pixels wide, rounded up. */
  public int planeWidth(int plane, int width) {
    return -(-width >> shiftX(plane));
  }

  /** Height in samples of a plane of a picture {@code height} pixels high, rounded up. */
  public int planeHeight(int plane, int height) {
    return -(-height >> shiftY(plane));
  }

  /**
   * Whether plane {@code plane} holds colour difference, whose neutral value is the middle of the
   * range.
   */
  public boolean isChroma(int plane) {
    return model == ColourModel.YUV && plane > 0;
  }
}
