package io.efface.media;

import java.util.Arrays;

/**
 * Reads the fields of an H.264 unit (ISO/IEC 14496-10, 7.2 and 9.1), past the bytes that keep start
 * codes from arising by chance. Single-threaded.
 */
final class BitReader {
  private static final int MAX_ZEROS = 31;

  private final byte[] data;
  private final int bits;
  private int at;

  private BitReader(byte[] data) {
    this.data = data;
    this.bits = data.length * 8;
  }

  /** A reader of a unit from its first byte on, its header included. */
  static BitReader of(byte[] unit, int from, int length) {
    byte[] plain = new byte[length];
    int size = 0;
    int zeros = 0;
    for (int i = from; i < from + length; i++) {
      if (zeros >= 2 && unit[i] == 3) {
        zeros = 0;
        continue;
      }
      zeros = unit[i] == 0 ? zeros + 1 : 0;
      plain[size++] = unit[i];
    }
    return new BitReader(Arrays.copyOf(plain, size));
  }

  /** An unsigned number of at most 32 bits. */
  long bits(int count) throws NotJoinable {
    if (count > bits - at) {
      throw new NotJoinable("its parameters end too soon");
    }
    long value = 0;
    for (int i = 0; i < count; i++, at++) {
      value = value << 1 | (data[at >> 3] >> (7 - (at & 7)) & 1);
    }
    return value;
  }

  /** One bit. */
  boolean flag() throws NotJoinable {
    return bits(1) == 1;
  }

  /** An unsigned number in Exp-Golomb code. */
  int unsigned() throws NotJoinable {
    int zeros = 0;
    while (!flag()) {
      if (++zeros > MAX_ZEROS) {
        throw new NotJoinable("its parameters are damaged");
      }
    }
    long value = (1L << zeros) - 1 + bits(zeros);
    if (value > Integer.MAX_VALUE) {
      throw new NotJoinable("its parameters are damaged");
    }
    return (int) value;
  }

  /** A signed number in Exp-Golomb code. */
  int signed() throws NotJoinable {
    int code = unsigned();
    return (code & 1) == 1 ? (code >> 1) + 1 : -(code >> 1);
  }

  /** Whether more comes before the bit that ends the unit. */
  boolean hasMore() {
    int last = data.length - 1;
    while (last >= 0 && data[last] == 0) {
      last--;
    }
    if (last < 0) {
      return false;
    }
    return at < last * 8 + 7 - Integer.numberOfTrailingZeros(data[last] & 0xff);
  }

  /** Whether all that is left is the bit that ends the unit and the zeros up to the next byte. */
  boolean atEnd() {
    return bits - at <= 8 && bits - at > 0 && !hasMore() && (data[data.length - 1] != 0);
  }
}
