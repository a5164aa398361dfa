package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Looks into the messages (SEI) of H.264 (ISO/IEC 14496-10, annex D) and HEVC (ISO/IEC 23008-2,
 * annex D). Those that serve decoding or showing may stay, once a picture, if they are no longer
 * than what they have to say; and what holds for the whole film, if it does not change.
 */
final class SeiMessages {
  private static final int MAX_UNIT_BYTES = 1 << 16;

  private final NalCheck.Family family;
  private final StaticMessages known = new StaticMessages();
  private final Set<Integer> seen = new HashSet<>();

  SeiMessages(NalCheck.Family family) {
    this.family = family;
  }

  /** A sample begins. */
  void begin() {
    seen.clear();
  }

  /** Looks into a unit of messages, behind its header. */
  void check(Slice unit, String path, Findings findings) {
    long start = unit.at();
    if (unit.remaining() > MAX_UNIT_BYTES) {
      findings.add(Kind.USER_DATA, "a very long message inside the pictures", path, start);
      return;
    }
    byte[] data = CodeBits.unescaped(unit.bytes(MAX_UNIT_BYTES));
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
      message(type, Arrays.copyOfRange(data, at, at + size), path, start, findings);
      at += size;
    }
  }

  private void message(int type, byte[] content, String path, long start, Findings findings) {
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
    } else if (content.length > most || (isStatic(type) && content.length < most)) {
      findings.add(
          Kind.USER_DATA,
          "a message of type " + type + " and another length inside the pictures",
          path,
          start);
    } else if (!seen.add(type)) {
      findings.add(
          Kind.USER_DATA, "a message of type " + type + " twice inside the pictures", path, start);
    } else if (isStatic(type) && !known.admits(type, content)) {
      findings.add(
          Kind.USER_DATA,
          "ever other messages of type " + type + " inside the pictures",
          path,
          start);
    }
  }

  /** Whether it holds for the whole film: mastering display, light level, transfer function. */
  private static boolean isStatic(int type) {
    return type == 137 || type == 144 || type == 147;
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
      // Parameter sets in use, decoding unit. A hash of the picture is of use to nobody.
      case 129 -> hevc ? 32 : -1;
      case 130 -> hevc ? 16 : -1;
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
}
