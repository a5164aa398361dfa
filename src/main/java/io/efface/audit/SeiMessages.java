package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.Arrays;

/**
 * Looks into the messages (SEI) of H.264 (ISO/IEC 14496-10, annex D) and HEVC (ISO/IEC 23008-2,
 * annex D). Those that serve decoding or showing may stay, if they are no longer than what they
 * have to say.
 */
final class SeiMessages {
  private static final int MAX_UNIT_BYTES = 1 << 16;

  private final NalCheck.Family family;

  SeiMessages(NalCheck.Family family) {
    this.family = family;
  }

  /** Looks into a unit of messages, behind its header. */
  void check(Slice unit, String path, Findings findings) {
    long start = unit.at();
    if (unit.remaining() > MAX_UNIT_BYTES) {
      findings.add(Kind.USER_DATA, "a very long message inside the pictures", path, start);
      return;
    }
    byte[] data = unescaped(unit.bytes(MAX_UNIT_BYTES));
    int at = 0;
    // What ends the unit is one bit and the zeros up to the next byte.
    while (at < data.length && !isTrailing(data, at)) {
      int type = 0;
      int size = 0;
      while (at < data.length && data[at] == (byte) 0xff) {
        type += 255;
        at++;
      }
      type += at < data.length ? data[at++] & 0xff : 0;
      while (at < data.length && data[at] == (byte) 0xff) {
        size += 255;
        at++;
      }
      size += at < data.length ? data[at++] & 0xff : 0;
      if (size > data.length - at) {
        throw new Malformed(start);
      }
      message(type, size, path, start, findings);
      at += size;
    }
  }

  private void message(int type, int size, String path, long start, Findings findings) {
    int most = mostBytes(type);
    if (type == 4 || type == 5) {
      findings.add(
          Kind.USER_DATA,
          type == 4
              ? "registered user data, such as captions, inside the pictures"
              : "user data, such as an encoder's name, inside the pictures",
          path,
          start);
    } else if (most < 0) {
      findings.add(
          Kind.USER_DATA, "a message of type " + type + " inside the pictures", path, start);
    } else if (size > most) {
      findings.add(
          Kind.USER_DATA, "a long message of type " + type + " inside the pictures", path, start);
    }
  }

  /** The most bytes of a message that serves decoding or showing; -1 of others. */
  private int mostBytes(int type) {
    boolean hevc = family == NalCheck.Family.HEVC;
    return switch (type) {
      // Buffering period, of two buffers with one schedule each.
      case 0 -> 64;
      // Picture timing.
      case 1 -> 40;
      // Recovery point.
      case 6 -> 5;
      // Parameter sets in use, decoding unit, hash of the picture by MD5.
      case 129 -> hevc ? 32 : -1;
      case 130 -> hevc ? 16 : -1;
      case 132 -> hevc ? 49 : -1;
      // Mastering display, light level, transfer function.
      case 137 -> 24;
      case 144 -> 4;
      case 147 -> 1;
      default -> -1;
    };
  }

  private static boolean isTrailing(byte[] data, int at) {
    if (data[at] != (byte) 0x80) {
      return false;
    }
    for (int i = at + 1; i < data.length; i++) {
      if (data[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Without the bytes that keep 00 00 01 from arising by chance. */
  private static byte[] unescaped(byte[] data) {
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
}
