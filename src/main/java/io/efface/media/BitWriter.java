package io.efface.media;

import java.io.ByteArrayOutputStream;

/** Writes the fields of an H.264 unit; the counterpart of {@link BitReader}. Single-threaded. */
final class BitWriter {
  private final StringBuilder bits = new StringBuilder();

  /** An unsigned number of the given width. */
  BitWriter bits(int count, long value) {
    for (int i = count - 1; i >= 0; i--) {
      bits.append((value >> i & 1) == 1 ? '1' : '0');
    }
    return this;
  }

  /** One bit. */
  BitWriter flag(boolean value) {
    return bits(1, value ? 1 : 0);
  }

  /** An unsigned number in Exp-Golomb code. */
  BitWriter unsigned(int value) {
    long code = value + 1L;
    int width = Long.SIZE - Long.numberOfLeadingZeros(code);
    return bits(width - 1, 0).bits(width, code);
  }

  /** All that another writer holds. */
  BitWriter append(BitWriter other) {
    bits.append(other.bits);
    return this;
  }

  /** The unit: what was written, the bit that ends it, and bytes against start codes. */
  byte[] unit() {
    StringBuilder whole = new StringBuilder(bits).append('1');
    while (whole.length() % 8 != 0) {
      whole.append('0');
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int zeros = 0;
    for (int i = 0; i < whole.length(); i += 8) {
      int value = Integer.parseInt(whole, i, i + 8, 2);
      if (zeros >= 2 && value <= 3) {
        out.write(3);
        zeros = 0;
      }
      zeros = value == 0 ? zeros + 1 : 0;
      out.write(value);
    }
    return out.toByteArray();
  }
}
