package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks into H.264 (ISO/IEC 14496-10) and HEVC (ISO/IEC 23008-2) for units and messages that do not
 * serve decoding: names of encoders, captions, private data, further layers.
 */
final class NalCheck implements SampleCheck {
  /** Messages are short; the longest that is allowed describes a display. */
  private static final int MAX_SEI_BYTES = 1 << 16;

  private static final int MAX_MESSAGE_BYTES = 256;

  /** Parameter sets are shorter, unless they hold more than decoding needs. */
  private static final int MAX_PARAMETER_BYTES = 256;

  private final Family family;
  private final int lengthBytes;
  private final List<byte[]> parameters = new ArrayList<>();

  /** The two codings, with the numbers of their units and messages. */
  enum Family {
    H264,
    HEVC;

    private boolean isSei(int type) {
      return this == H264 ? type == 6 : type == 39 || type == 40;
    }

    /** Sets of H.264, which its pictures may repeat. */
    private boolean isParameters(int type) {
      return this == H264 && (type == 7 || type == 8 || type == 13);
    }

    private boolean isFiller(int type) {
      return type == (this == H264 ? 12 : 38);
    }

    /** Slices, parameter sets, delimiters and ends. */
    private boolean isCoding(int type) {
      return this == H264
          ? (type >= 1 && type <= 5) || (type >= 7 && type <= 11) || type == 13
          : type <= 9 || (type >= 16 && type <= 21) || (type >= 32 && type <= 37);
    }

    /**
     * Buffering, picture timing, recovery point, parameter sets in use, decoding unit, picture
     * hash, mastering display, light level, transfer function.
     */
    private boolean isHarmless(long message) {
      if (message == 0 || message == 1 || message == 6) {
        return true;
      }
      boolean hevcOnly = message == 129 || message == 130 || message == 132;
      return (hevcOnly && this == HEVC) || message == 137 || message == 144 || message == 147;
    }
  }

  /**
   * A check.
   *
   * @param lengthBytes of the length before each unit, 1 to 4
   */
  NalCheck(Family family, int lengthBytes) {
    this.family = family;
    this.lengthBytes = lengthBytes;
  }

  @Override
  public void check(Slice sample, String path, Findings findings) {
    while (sample.hasRemaining()) {
      Slice unit = sample.take(sample.number(lengthBytes));
      Slice again = unit.copy();
      unit(unit, path, findings);
      if (family.isParameters(again.copy().u8() & 0x1f) && !isKnown(again.copy())) {
        findings.add(
            Kind.USER_DATA,
            "parameters between the pictures that the header does not have",
            path,
            again.at());
      }
    }
  }

  private boolean isKnown(Slice unit) {
    if (unit.remaining() > MAX_PARAMETER_BYTES) {
      return false;
    }
    byte[] bytes = unit.bytes(MAX_PARAMETER_BYTES);
    return parameters.stream().anyMatch(known -> Arrays.equals(known, bytes));
  }

  /** Looks into one unit of the header, without its length; pictures may repeat it. */
  void header(Slice unit, String path, Findings findings) {
    Slice again = unit.copy();
    unit(unit, path, findings);
    if (family == Family.HEVC) {
      return;
    }
    if (again.remaining() > MAX_PARAMETER_BYTES) {
      findings.add(Kind.USER_DATA, "very long parameters of the pictures", path, again.at());
    } else {
      parameters.add(again.bytes(MAX_PARAMETER_BYTES));
    }
  }

  /** Looks into one unit, without its length. */
  private void unit(Slice unit, String path, Findings findings) {
    long start = unit.at();
    int header = unit.u8();
    int type = family == Family.H264 ? header & 0x1f : header >> 1 & 0x3f;
    if (family == Family.HEVC) {
      int layer = (header & 1) << 5 | unit.u8() >> 3;
      if (layer > 0) {
        findings.add(Kind.STREAM, "a second layer inside the pictures", path, start);
        return;
      }
    }
    if (family.isSei(type)) {
      messages(unit, path, findings);
    } else if (family.isFiller(type)) {
      while (unit.remaining() > 1) {
        if (unit.u8() != 0xff) {
          findings.add(Kind.HIDDEN, "filler with content inside the pictures", path, start);
          return;
        }
      }
    } else if (!family.isCoding(type)) {
      findings.add(Kind.USER_DATA, "a unit of type " + type + " inside the pictures", path, start);
    }
  }

  private void messages(Slice unit, String path, Findings findings) {
    long start = unit.at();
    if (unit.remaining() > MAX_SEI_BYTES) {
      findings.add(Kind.USER_DATA, "a very long message inside the pictures", path, start);
      return;
    }
    byte[] data = unescaped(unit.bytes(MAX_SEI_BYTES));
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
    if (type == 4 || type == 5) {
      findings.add(
          Kind.USER_DATA,
          type == 4
              ? "registered user data, such as captions, inside the pictures"
              : "user data, such as an encoder's name, inside the pictures",
          path,
          start);
    } else if (!family.isHarmless(type) || size > MAX_MESSAGE_BYTES) {
      findings.add(
          Kind.USER_DATA, "a message of type " + type + " inside the pictures", path, start);
    }
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
