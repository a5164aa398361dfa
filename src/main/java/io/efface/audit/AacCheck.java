package io.efface.audit;

import io.efface.audit.Finding.Kind;

/**
 * Looks at what stands in front of the sound in a packet of AAC (ISO/IEC 14496-3, 4.4.2.1): fill
 * and data elements, in which encoders leave their names. What follows the sound cannot be reached
 * without decoding it.
 */
final class AacCheck implements SampleCheck {
  private static final int DATA_ELEMENT = 4;
  private static final int FILL_ELEMENT = 6;
  private static final int MAX_BYTES = 4096;

  @Override
  public void check(Slice sample, String path, Findings findings) {
    long start = sample.at();
    byte[] data = sample.take(Math.min(sample.remaining(), MAX_BYTES)).bytes(MAX_BYTES);
    int at = 0;
    while (at + 16 <= 8 * data.length) {
      int element = bits(data, at, 3);
      if (element != FILL_ELEMENT && element != DATA_ELEMENT) {
        return;
      }
      boolean fill = element == FILL_ELEMENT;
      int from = fill ? fillBody(data, at + 3) : dataBody(data, at + 3);
      int end = from + 8 * (fill ? fillBytes(data, at + 3) : dataBytes(data, at + 8));
      if (end > 8 * data.length) {
        return;
      }
      // Type 0 is filler; the others steer the decoder or are of one fixed pattern.
      boolean free = !fill || (end > from && bits(data, from, 4) == 0);
      if (free && !isZero(data, from, end)) {
        findings.add(Kind.USER_DATA, "data in front of the sound of a packet", path, start);
        return;
      }
      at = end;
    }
  }

  private static int fillBytes(byte[] data, int at) {
    int count = bits(data, at, 4);
    return count == 15 ? count + bits(data, at + 4, 8) - 1 : count;
  }

  private static int fillBody(byte[] data, int at) {
    return bits(data, at, 4) == 15 ? at + 12 : at + 4;
  }

  /** From the count on, which follows a tag of four bits and one that asks for whole bytes. */
  private static int dataBytes(byte[] data, int at) {
    int count = bits(data, at, 8);
    return count == 255 ? count + bits(data, at + 8, 8) : count;
  }

  private static int dataBody(byte[] data, int at) {
    int counted = at + 5 + (bits(data, at + 5, 8) == 255 ? 16 : 8);
    return bits(data, at + 4, 1) == 1 ? (counted + 7) / 8 * 8 : counted;
  }

  private static boolean isZero(byte[] data, int from, int end) {
    for (int bit = from; bit < end; bit++) {
      if (bits(data, bit, 1) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int bits(byte[] data, int at, int count) {
    int value = 0;
    for (int i = at; i < at + count; i++) {
      value = value << 1 | (i / 8 < data.length ? data[i / 8] >> (7 - i % 8) & 1 : 0);
    }
    return value;
  }
}
