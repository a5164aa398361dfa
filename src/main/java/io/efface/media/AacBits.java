package io.efface.media;

/**
 * The bits of a header or a packet of AAC. Behind the end all are zero, so a caller reads first and
 * then asks whether it is still inside. Single-threaded.
 */
public final class AacBits {
  private final byte[] data;
  private int at;

  /**
   * The bits of an array.
   *
   * @param data kept, and changed by {@link #clear} and {@link #set}
   */
  public AacBits(byte[] data) {
    this.data = data;
  }

  /** How many there are. */
  public int size() {
    return 8 * data.length;
  }

  /** The place of the next one. */
  public int at() {
    return at;
  }

  /** Goes to a place. */
  public void to(int place) {
    at = place;
  }

  /** An unsigned number of at most 31 bits. */
  public int next(int count) {
    int value = 0;
    for (int i = 0; i < count; i++, at++) {
      value = value << 1 | (at / 8 < data.length ? data[at / 8] >> (7 - at % 8) & 1 : 0);
    }
    return value;
  }

  /** Goes on by so many. */
  public void skip(int count) {
    at += count;
  }

  /** Goes on to where a byte begins. */
  public void align() {
    at = (at + 7) / 8 * 8;
  }

  /** Steps over bits up to a place; tells whether all of them are zero. */
  public boolean areZero(int end) {
    boolean zero = true;
    while (at < end) {
      zero &= next(1) == 0;
    }
    return zero;
  }

  /**
   * Steps over a program config element (ISO/IEC 14496-3, 4.4.1.1), from its tag to the byte that
   * tells how long its comment is. It says which channels there are.
   */
  public void skipProgram() {
    // Tag, kind of AAC and sample rate.
    skip(10);
    int elements = next(4) + next(4) + next(4);
    int plainElements = next(2) + next(3);
    elements += next(4);
    // Mixing down to one, to two, and by a matrix.
    skip(4 * next(1));
    skip(4 * next(1));
    skip(3 * next(1));
    skip(5 * elements + 4 * plainElements);
    align();
  }

  /** Clears bits inside; tells whether any of them was set. */
  boolean clear(int from, int end) {
    boolean changed = false;
    for (int bit = from; bit < end; bit++) {
      int mask = 0x80 >> (bit % 8);
      changed |= (data[bit / 8] & mask) != 0;
      data[bit / 8] = (byte) (data[bit / 8] & ~mask);
    }
    return changed;
  }

  /** Sets bits inside. */
  void set(int from, int end) {
    for (int bit = from; bit < end; bit++) {
      int mask = 0x80 >> (bit % 8);
      data[bit / 8] = (byte) (data[bit / 8] | mask);
    }
  }
}
