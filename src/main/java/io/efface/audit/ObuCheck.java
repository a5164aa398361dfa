package io.efface.audit;

import io.efface.audit.Finding.Kind;

/**
 * Looks into AV1 (AV1 Bitstream Specification, 5.3) for metadata that does not serve decoding, such
 * as captions and time codes.
 */
final class ObuCheck implements SampleCheck {
  private static final int METADATA = 5;
  private static final int TILE_LIST = 8;
  private static final int PADDING = 15;
  private static final int LIGHT_LEVEL = 1;
  private static final int MASTERING_DISPLAY = 2;
  private static final int SCALABILITY = 3;

  @Override
  public void check(Slice sample, String path, Findings findings) {
    while (sample.hasRemaining()) {
      long start = sample.at();
      int header = sample.u8();
      int type = header >> 3 & 0xf;
      if ((header & 4) != 0) {
        sample.skip(1);
      }
      Slice body = sample.take((header & 2) != 0 ? leb128(sample) : sample.remaining());
      if (type == METADATA) {
        long metadata = leb128(body);
        if (metadata < LIGHT_LEVEL || metadata > SCALABILITY || body.remaining() > 64) {
          findings.add(
              Kind.USER_DATA,
              "metadata of type " + metadata + ", such as captions, inside the pictures",
              path,
              start);
        } else if (metadata == MASTERING_DISPLAY && body.remaining() > 25) {
          findings.exhausted(body, path);
        }
      } else if (type == PADDING) {
        if (!body.isAll(0)) {
          findings.add(Kind.HIDDEN, "filler with content inside the pictures", path, start);
        }
      } else if (type == 0 || type >= TILE_LIST) {
        findings.add(
            Kind.USER_DATA, "a unit of type " + type + " inside the pictures", path, start);
      }
    }
  }

  private static long leb128(Slice in) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      int next = in.u8();
      value |= (long) (next & 0x7f) << (7 * i);
      if (next < 0x80) {
        return value;
      }
    }
    throw new Malformed(in.at());
  }
}
