package io.efface.audit;

import java.nio.charset.StandardCharsets;

/**
 * A part of a file that is read from front to back and never beyond its end. Claimed sizes are
 * checked before they are believed. Single-threaded.
 */
final class Slice {
  private final FileWindow file;
  private final long end;
  private final boolean littleEndian;
  private long at;

  private Slice(FileWindow file, long start, long end, boolean littleEndian) {
    this.file = file;
    this.at = start;
    this.end = end;
    this.littleEndian = littleEndian;
  }

  /** The whole file; numbers have their highest byte first. */
  static Slice of(FileWindow file) {
    return new Slice(file, 0, file.size(), false);
  }

  /** The same part, read from here on with the lowest byte of numbers first. */
  Slice littleEndian() {
    return new Slice(file, at, end, true);
  }

  /** The same rest through a buffer of its own. */
  Slice apart(int bufferBytes) {
    return new Slice(file.another(bufferBytes), at, end, littleEndian);
  }

  /** Another cursor at the same place. */
  Slice copy() {
    return new Slice(file, at, end, littleEndian);
  }

  /** Offset in the file of the next byte. */
  long at() {
    return at;
  }

  /** Offset in the file of the first byte behind. */
  long end() {
    return end;
  }

  long remaining() {
    return end - at;
  }

  boolean hasRemaining() {
    return at < end;
  }

  /** The next byte, which stays. */
  int peek() {
    if (at >= end) {
      throw new Malformed(at);
    }
    return file.byteAt(at);
  }

  int u8() {
    int value = peek();
    at++;
    return value;
  }

  int u16() {
    return (int) number(2);
  }

  long u32() {
    return number(4);
  }

  /** 64 bits; negative where the highest is set. */
  long u64() {
    return number(8);
  }

  /** A number of 1 to 8 bytes. */
  long number(int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      long next = u8();
      value = littleEndian ? value | next << (8 * i) : value << 8 | next;
    }
    return value;
  }

  /** Four bytes as a name; such as are not printable become {@code ?}, © stays. */
  String fourCc() {
    StringBuilder name = new StringBuilder(4);
    for (int i = 0; i < 4; i++) {
      int c = u8();
      name.append((c >= ' ' && c < 0x7f) || c == 0xa9 ? (char) c : '?');
    }
    return name.toString();
  }

  void skip(long bytes) {
    if (bytes < 0 || bytes > end - at) {
      throw new Malformed(at);
    }
    at += bytes;
  }

  /** The next bytes as a part of their own; this goes on behind them. */
  Slice take(long bytes) {
    long from = at;
    skip(bytes);
    return new Slice(file, from, at, littleEndian);
  }

  /**
   * A part of this one's file, wherever this stands.
   *
   * @throws Malformed if the file ends before
   */
  Slice elsewhere(long from, long bytes) {
    if (from < 0 || bytes < 0 || bytes > file.size() || from > file.size() - bytes) {
      throw new Malformed(from);
    }
    return new Slice(file, from, from + bytes, littleEndian);
  }

  /** Whether all the rest is of one value; reads until it is not. */
  boolean isAll(int value) {
    while (at < end) {
      if (u8() != value) {
        return false;
      }
    }
    return true;
  }

  /**
   * The rest, as bytes.
   *
   * @throws Malformed if it is longer than the caller is ready to hold
   */
  byte[] bytes(int atMost) {
    if (remaining() > atMost) {
      throw new Malformed(at);
    }
    byte[] all = new byte[(int) remaining()];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) u8();
    }
    return all;
  }

  /** The rest as text, one character a byte; longer text is cut. */
  String text(int atMost) {
    byte[] all = take(Math.min(atMost, remaining())).bytes(atMost);
    return new String(all, StandardCharsets.ISO_8859_1);
  }
}
