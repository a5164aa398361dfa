package io.efface.media;

import java.io.ByteArrayOutputStream;

/** The first bytes of an H.264 film of any size: parameter sets and the start of a picture. */
final class Huge {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int part;
  private int bits;

  private Huge() {}

  /** A film of square pictures; {@code side} is a multiple of 16. */
  static byte[] h264(int side) {
    Huge out = new Huge();
    // Sequence parameter set: baseline, level 6.2 (ISO/IEC 14496-10, 7.3.2.1).
    out.start(0x67).put(66, 8).put(0xc0, 8).put(62, 8);
    out.ue(0).ue(0).ue(2).ue(1).put(0, 1).ue(side / 16 - 1).ue(side / 16 - 1);
    out.put(1, 1).put(1, 1).put(0, 1).put(0, 1).end();
    // Picture parameter set.
    out.start(0x68).ue(0).ue(0).put(0, 1).put(0, 1).ue(0).ue(0).ue(0).put(0, 1).put(0, 2);
    out.ue(0).ue(0).ue(0).put(0, 1).put(0, 1).put(0, 1).end();
    // A slice of a key picture, which ends where its first block should be.
    out.start(0x65).ue(0).ue(7).ue(0).put(0, 4).ue(0).put(0, 1).put(0, 1).ue(0).end();
    return out.bytes.toByteArray();
  }

  private Huge start(int header) {
    bytes.writeBytes(new byte[] {0, 0, 0, 1, (byte) header});
    return this;
  }

  private Huge put(int value, int count) {
    for (int i = count - 1; i >= 0; i--) {
      part = (part << 1) | ((value >> i) & 1);
      if (++bits == 8) {
        bytes.write(part);
        part = 0;
        bits = 0;
      }
    }
    return this;
  }

  private Huge ue(int value) {
    int length = 32 - Integer.numberOfLeadingZeros(value + 1);
    return put(0, length - 1).put(value + 1, length);
  }

  private void end() {
    put(1, 1);
    while (bits != 0) {
      put(0, 1);
    }
  }
}
