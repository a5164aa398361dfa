package io.efface.testing;

/** Bytes that a test spells out bit by bit. */
public final class Bits {
  private Bits() {}

  /** Zeros and ones in groups; the last byte is filled up with zeros. */
  public static byte[] bytes(String digits) {
    String bits = digits.replace(" ", "");
    byte[] bytes = new byte[(bits.length() + 7) / 8];
    for (int i = 0; i < bits.length(); i++) {
      int mask = bits.charAt(i) == '1' ? 0x80 >> (i % 8) : 0;
      bytes[i / 8] = (byte) (bytes[i / 8] | mask);
    }
    return bytes;
  }
}
