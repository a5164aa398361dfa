package io.efface.motion;

/** A frame's luma, made small, as {@link PictureMotion} compares it. Immutable. */
public final class SmallPicture {
  private final int width;
  private final int height;
  private final byte[] luma;

  /** Takes over the samples, row by row. */
  SmallPicture(int width, int height, byte[] luma) {
    this.width = width;
    this.height = height;
    this.luma = luma;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** The samples, row by row; not to be changed. */
  byte[] luma() {
    return luma;
  }

  boolean isOfSize(SmallPicture other) {
    return width == other.width && height == other.height;
  }
}
