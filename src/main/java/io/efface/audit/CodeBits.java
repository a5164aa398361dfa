package io.efface.audit;

import java.util.Arrays;

/**
 * Reads the fields of a coded header bit by bit: of units of H.264 and HEVC (ISO/IEC 14496-10, 7.2
 * and 9.1), and of AV1 and VP9, which have no bytes that keep start codes away. Single-threaded.
 */
final class CodeBits {
  private static final int MAX_ZEROS = 31;

  private final byte[] data;
  private final long start;
  private int at;

  private CodeBits(byte[] data, long start) {
    this.data = data;
    this.start = start;
  }

  /** The first bytes of what is left of a slice, as they are; the slice stays where it is. */
  static CodeBits of(Slice in, int atMost) {
    return new CodeBits(head(in, atMost), in.at());
  }

  /** The same of a unit that may hold bytes to keep start codes from arising. */
  static CodeBits ofUnit(Slice unit, int atMost) {
    return new CodeBits(unescaped(head(unit, atMost)), unit.at());
  }

  private static byte[] head(Slice in, int atMost) {
    return in.copy().take(Math.min(atMost, in.remaining())).bytes(atMost);
  }

  /** Without the bytes that keep 00 00 01 from arising by chance. */
  static byte[] unescaped(byte[] data) {
    byte[] out = new byte[data.length];
    int length = 0;
    int zeros = 0;
    for (byte b : data) {
      if (zeros >= 2 && b == 3) {
        zeros = 0;
        continue;
      }
      zeros = b == 0 ? zeros + 1 : 0;
      out[length++] = b;
    }
    return Arrays.copyOf(out, length);
  }

  /**
   * An unsigned number of at most 32 bits.
   *
   * @throws Malformed if there are not so many
   */
  long bits(int count) {
    if (count > 8L * data.length - at) {
      throw new Malformed(start);
    }
    long value = 0;
    for (int i = 0; i < count; i++, at++) {
      value = value << 1 | (data[at >> 3] >> (7 - (at & 7)) & 1);
    }
    return value;
  }

  void skip(int count) {
    if (count > 8L * data.length - at) {
      throw new Malformed(start);
    }
    at += count;
  }

  /** One bit. */
  boolean flag() {
    return bits(1) == 1;
  }

  /** An unsigned number in Exp-Golomb code. */
  long unsigned() {
    int zeros = 0;
    while (!flag()) {
      if (++zeros > MAX_ZEROS) {
        throw new Malformed(start);
      }
    }
    return (1L << zeros) - 1 + bits(zeros);
  }

  /**
   * The same where more than a limit makes no sense.
   *
   * @throws Malformed if it is more
   */
  int unsigned(int most) {
    long value = unsigned();
    if (value > most) {
      throw new Malformed(start);
    }
    return (int) value;
  }

  /** A signed number in Exp-Golomb code. */
  long signed() {
    long code = unsigned();
    return (code & 1) == 1 ? (code >> 1) + 1 : -(code >> 1);
  }
}
