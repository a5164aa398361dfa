package io.efface.geometry;

/**
 * How a stored picture has to be turned to be seen upright: one of the eight that EXIF (tag 0x0112)
 * and a display matrix can ask for. The constants stand in EXIF's order, 1 to 8.
 */
public enum Orientation {
  UPRIGHT(1, false, false, false),
  FLIPPED_HORIZONTALLY(2, false, true, false),
  ROTATED_180(3, false, true, true),
  FLIPPED_VERTICALLY(4, false, false, true),
  TRANSPOSED(5, true, false, false),
  ROTATED_90_CLOCKWISE(6, true, true, false),
  TRANSVERSED(7, true, true, true),
  ROTATED_90_COUNTER_CLOCKWISE(8, true, false, true);

  private final int exif;
  private final boolean transposed;
  private final boolean mirroredX;
  private final boolean mirroredY;

  /**
   * Upright = transpose the stored picture if {@code transposed}, then mirror it along each axis as
   * said.
   */
  Orientation(int exif, boolean transposed, boolean mirroredX, boolean mirroredY) {
    this.exif = exif;
    this.transposed = transposed;
    this.mirroredX = mirroredX;
    this.mirroredY = mirroredY;
  }

  /**
   * The orientation with EXIF's number.
   *
   * @param number 1 to 8; any other value means upright, as the EXIF standard asks of readers
   */
  public static Orientation ofExif(int number) {
    for (Orientation orientation : values()) {
      if (orientation.exif == number) {
        return orientation;
      }
    }
    return UPRIGHT;
  }

  /** The number that EXIF gives this orientation, 1 to 8. */
  public int exif() {
    return exif;
  }

  /** Whether rows become columns: width and height change places. */
  public boolean transposed() {
    return transposed;
  }

  /** Whether the picture is mirrored left to right after transposing. */
  public boolean mirroredX() {
    return mirroredX;
  }

  /** Whether the picture is mirrored top to bottom after transposing. */
  public boolean mirroredY() {
    return mirroredY;
  }

  /**
   * This orientation and another one after it, as one: how a stored picture has to be turned where
   * the upright one is to be turned as {@code next} says.
   */
  public Orientation then(Orientation next) {
    boolean x = next.mirroredX != (next.transposed ? mirroredY : mirroredX);
    boolean y = next.mirroredY != (next.transposed ? mirroredX : mirroredY);
    for (Orientation orientation : values()) {
      if (orientation.transposed == (transposed != next.transposed)
          && orientation.mirroredX == x
          && orientation.mirroredY == y) {
        return orientation;
      }
    }
    throw new AssertionError("there are all eight");
  }

  /** The orientation that undoes this one. */
  public Orientation inverse() {
    return transposed && mirroredX != mirroredY ? ofExif(14 - exif) : this;
  }

  /** Width of the upright picture, for a stored picture of the given size. */
  public int uprightWidth(int storedWidth, int storedHeight) {
    return transposed ? storedHeight : storedWidth;
  }

  /** Height of the upright picture, for a stored picture of the given size. */
  public int uprightHeight(int storedWidth, int storedHeight) {
    return transposed ? storedWidth : storedHeight;
  }

  /** Maps a box of the stored picture to the upright one. */
  public Box toUpright(Box stored, int storedWidth, int storedHeight) {
    Box b = transposed ? transpose(stored) : stored;
    return mirror(
        b, uprightWidth(storedWidth, storedHeight), uprightHeight(storedWidth, storedHeight));
  }

  /** Maps a box of the upright picture to the stored one: the inverse of {@link #toUpright}. */
  public Box toStored(Box upright, int storedWidth, int storedHeight) {
    Box b =
        mirror(
            upright,
            uprightWidth(storedWidth, storedHeight),
            uprightHeight(storedWidth, storedHeight));
    return transposed ? transpose(b) : b;
  }

  /** Maps a polygon of the upright picture to the stored one. */
  public Polygon toStored(Polygon upright, int storedWidth, int storedHeight) {
    return new Polygon(
        upright.corners().stream()
            .map(
                corner -> {
                  Box at = new Box(corner.x(), corner.y(), corner.x(), corner.y());
                  Box stored = toStored(at, storedWidth, storedHeight);
                  return new Point(stored.left(), stored.top());
                })
            .toList());
  }

  private Box mirror(Box b, int width, int height) {
    double left = mirroredX ? width - b.right() : b.left();
    double right = mirroredX ? width - b.left() : b.right();
    double top = mirroredY ? height - b.bottom() : b.top();
    double bottom = mirroredY ? height - b.top() : b.bottom();
    return new Box(left, top, right, bottom);
  }

  private static Box transpose(Box b) {
    return new Box(b.top(), b.left(), b.bottom(), b.right());
  }
}
