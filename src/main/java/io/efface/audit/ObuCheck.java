package io.efface.audit;

import io.efface.audit.Finding.Kind;

/**
 * Looks into AV1 (AV1 Bitstream Specification, 5.3) for metadata that does not serve decoding, such
 * as captions and time codes, for units that hold more than they need, and for pictures and layers
 * that nothing shows.
 */
final class ObuCheck implements SampleCheck {
  private static final int SEQUENCE = 1;
  private static final int DELIMITER = 2;
  private static final int FRAME_HEADER = 3;
  private static final int TILE_GROUP = 4;
  private static final int METADATA = 5;
  private static final int FRAME = 6;
  private static final int PADDING = 15;
  private static final int LIGHT_LEVEL = 1;
  private static final int MASTERING_DISPLAY = 2;

  /** With the most operating points it is shorter still. */
  private static final int MAX_SEQUENCE_BYTES = 512;

  /** One header takes some hundred bytes at most; pictures that are not shown may come along. */
  private static final int MAX_HEADER_BYTES = 8192;

  /** All metadata of one picture takes less. */
  private static final int MAX_ASIDE_BYTES = 512;

  /** The header's own description is one of them. */
  private final RepeatedUnits sequences = new RepeatedUnits(8);

  private final StaticMessages known = new StaticMessages();
  private final Av1Pictures pictures = new Av1Pictures();

  @Override
  public void check(Slice sample, String path, Findings findings) {
    long begin = sample.at();
    long headers = 0;
    long aside = 0;
    int shown = 0;
    while (sample.hasRemaining()) {
      long start = sample.at();
      int header = sample.u8();
      int type = header >> 3 & 0xf;
      // Decoders pass over pictures of other layers than those that they were asked for.
      if ((header & 4) != 0 && sample.u8() >> 3 != 0) {
        findings.add(Kind.STREAM, "a second layer inside the pictures", path, start);
      }
      Slice body = sample.take((header & 2) != 0 ? leb128(sample) : sample.remaining());
      switch (type) {
        case SEQUENCE -> sequence(body, path, start, findings);
        case DELIMITER -> {
          if (body.hasRemaining()) {
            findings.add(Kind.HIDDEN, "a delimiter with content inside the pictures", path, start);
          }
        }
        case FRAME_HEADER -> {
          headers += body.remaining();
          shown += pictures.isShown(body, path, findings) ? 1 : 0;
        }
        case METADATA -> {
          aside += body.remaining();
          metadata(body, path, start, findings);
        }
        case PADDING -> {
          if (!body.isAll(0)) {
            findings.add(Kind.HIDDEN, "filler with content inside the pictures", path, start);
          }
        }
        case FRAME -> shown += pictures.isShown(body, path, findings) ? 1 : 0;
        case TILE_GROUP -> {
          // the pictures themselves
        }
        // Among them headers that are repeated: decoders pass over these, and libav drops them.
        default ->
            findings.add(
                Kind.USER_DATA, "a unit of type " + type + " inside the pictures", path, start);
      }
    }
    if (shown > 1) {
      findings.add(Kind.HIDDEN, "more than one picture to show in a sample", path, begin);
    }
    if (aside > MAX_ASIDE_BYTES || headers > MAX_HEADER_BYTES) {
      findings.add(Kind.USER_DATA, "more headers and metadata than a picture needs", path, begin);
    }
  }

  private void sequence(Slice body, String path, long start, Findings findings) {
    Av1Sequence header = Av1Sequence.parse(body, MAX_SEQUENCE_BYTES);
    pictures.sequence(header);
    if (header.layers()) {
      findings.add(Kind.STREAM, "a second layer inside the pictures", path, start);
    }
    boolean known =
        body.remaining() <= MAX_SEQUENCE_BYTES && sequences.admits(body.bytes(MAX_SEQUENCE_BYTES));
    if (!known) {
      findings.add(
          Kind.USER_DATA, "very long or ever other parameters of the pictures", path, start);
    }
  }

  @Override
  public void finish(String path, Findings findings) {
    pictures.finish(path, findings);
  }

  private void metadata(Slice body, String path, long start, Findings findings) {
    long type = leb128(body);
    int most = type == LIGHT_LEVEL ? 4 : type == MASTERING_DISPLAY ? 24 : -1;
    if (most < 0) {
      findings.add(
          Kind.USER_DATA,
          "metadata of type " + type + ", such as captions, inside the pictures",
          path,
          start);
      return;
    }
    byte[] content = body.take(most).bytes(most);
    if (!known.admits((int) type, content)) {
      findings.add(Kind.USER_DATA, "ever other metadata inside the pictures", path, start);
    }
    // One bit ends it.
    int end = body.hasRemaining() ? body.u8() : 0;
    if ((end != 0x80 && end != 0) || !body.isAll(0)) {
      findings.add(
          Kind.HIDDEN, "bytes behind the content of metadata inside the pictures", path, start);
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
