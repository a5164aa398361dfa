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

  /** A sample's code, 0 to 255. */
  int at(int x, int y) {
    return luma[y * width + x] & 0xff;
  }

  /** Mean code from a column and a row on up to others, which no longer belong to it. */
  double mean(int left, int top, int right, int bottom) {
    double sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += at(x, y);
      }
    }
    return sum / ((right - left) * (bottom - top));
  }

  /** The code at a place between four samples, by how near they are; the edge goes on beyond it. */
  double between(double x, double y) {
    double inX = Math.max(0, Math.min(width - 1, x));
    double inY = Math.max(0, Math.min(height - 1, y));
    int left = (int) inX;
    int top = (int) inY;
    int right = Math.min(width - 1, left + 1);
    int bottom = Math.min(height - 1, top + 1);
    double upper = at(left, top) + (inX - left) * (at(right, top) - at(left, top));
    double lower = at(left, bottom) + (inX - left) * (at(right, bottom) - at(left, bottom));
    return upper + (inY - top) * (lower - upper);
  }

  boolean isOfSize(SmallPicture other) {
    return width == other.width && height == other.height;
  }
}
