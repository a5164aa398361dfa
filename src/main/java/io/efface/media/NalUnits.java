package io.efface.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tells the units of H.264 apart, in either of the two forms that containers hold. */
final class NalUnits {
  /** What stands before each unit where it is written by its end. */
  private static final byte[] START_CODE = {0, 0, 0, 1};

  private final int lengthBytes;

  /**
   * Where a unit lies.
   *
   * @param from its first byte
   * @param length in bytes, at least 1
   * @param type 0 to 31
   */
  record Unit(int from, int length, int type) {}

  /**
   * A splitter.
   *
   * @param lengthBytes of the length before each unit, 1 to 4; 0 where start codes stand between
   */
  NalUnits(int lengthBytes) {
    this.lengthBytes = lengthBytes;
  }

  /** A splitter for what begins with start codes. */
  static NalUnits ofStartCodes() {
    return new NalUnits(0);
  }

  /**
   * The units of a sample, in order.
   *
   * @param size how many bytes of the array count
   * @throws NotJoinable if it contradicts itself
   */
  List<Unit> split(byte[] data, int size) throws NotJoinable {
    return lengthBytes == 0 ? byStartCodes(data, size) : byLengths(data, size);
  }

  private List<Unit> byLengths(byte[] data, int size) throws NotJoinable {
    List<Unit> units = new ArrayList<>();
    int at = 0;
    while (at < size) {
      long length = 0;
      for (int i = 0; i < lengthBytes && at < size; i++, at++) {
        length = length << 8 | (data[at] & 0xff);
      }
      if (length < 1 || length > size - at) {
        throw new NotJoinable("a packet contradicts itself");
      }
      units.add(new Unit(at, (int) length, data[at] & 0x1f));
      at += (int) length;
    }
    return units;
  }

  private static List<Unit> byStartCodes(byte[] data, int size) throws NotJoinable {
    List<Unit> units = new ArrayList<>();
    int code = startCode(data, 0, size);
    for (int i = 0; i < (code < 0 ? size : code); i++) {
      if (data[i] != 0) {
        throw new NotJoinable("a packet contradicts itself");
      }
    }
    while (code >= 0) {
      int from = code + 3;
      int next = startCode(data, from, size);
      int end = next < 0 ? size : next;
      // Zeros may follow a unit, and a start code may have four bytes.
      while (end > from && data[end - 1] == 0) {
        end--;
      }
      if (end > from) {
        units.add(new Unit(from, end - from, data[from] & 0x1f));
      }
      code = next;
    }
    return units;
  }

  private static int startCode(byte[] data, int from, int size) {
    for (int i = from + 2; i < size; i++) {
      if (data[i] == 1 && data[i - 1] == 0 && data[i - 2] == 0) {
        return i - 2;
      }
    }
    return -1;
  }

  /** Whether a unit stays one unit where start codes tell the units apart. */
  static boolean isWhole(byte[] data, Unit unit) {
    int end = unit.from() + unit.length();
    return data[end - 1] != 0 && startCode(data, unit.from(), end) < 0;
  }

  /** The bytes of a unit. */
  static byte[] bytes(byte[] data, Unit unit) {
    return Arrays.copyOfRange(data, unit.from(), unit.from() + unit.length());
  }

  /** Units one after another with start codes. */
  static byte[] joined(List<byte[]> units) {
    int size = units.stream().mapToInt(unit -> START_CODE.length + unit.length).sum();
    byte[] out = new byte[size];
    int at = 0;
    for (byte[] unit : units) {
      at = put(out, at, unit, 0, unit.length);
    }
    return out;
  }

  /** Writes a unit with its start code and gives where it ends. */
  static int put(byte[] out, int at, byte[] data, int from, int length) {
    System.arraycopy(START_CODE, 0, out, at, START_CODE.length);
    System.arraycopy(data, from, out, at + START_CODE.length, length);
    return at + START_CODE.length + length;
  }
}
