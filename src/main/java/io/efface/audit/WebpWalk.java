package io.efface.audit;

import io.efface.audit.Finding.Kind;

/** Walks a WebP file: one picture, perhaps with transparency, and nothing behind its end. */
final class WebpWalk {
  private static final int RIFF_BYTES = 8;
  private static final String PICTURE = " VP8  VP8L VP8X ALPH ";

  /** Of VP8X: a colour profile, EXIF, XMP and animation are announced there. */
  private static final int ANNOUNCED = 0x20 | 0x08 | 0x04 | 0x02;

  private final Slice file;
  private final Findings findings;

  WebpWalk(Slice file, Findings findings) {
    this.file = file;
    this.findings = findings;
  }

  /** Walks the file. */
  void walk() {
    Slice in = file.copy().littleEndian();
    in.skip(4);
    long size = in.u32();
    if (size < in.remaining()) {
      findings.add(Kind.TRAILING, "bytes behind the end", "RIFF", RIFF_BYTES + size);
    }
    Slice riff = in.take(size);
    riff.skip(4);
    int pictures = 0;
    while (riff.hasRemaining()) {
      long start = riff.at();
      String type = riff.fourCc();
      Slice body = riff.take(riff.u32());
      if (body.remaining() % 2 == 1 && riff.hasRemaining()) {
        findings.blank(riff.take(1), type);
      }
      pictures += type.startsWith("VP8") && !type.equals("VP8X") ? 1 : 0;
      chunk(type, body, start);
    }
    if (pictures != 1) {
      findings.add(Kind.STREAM, "not one picture", "RIFF", RIFF_BYTES);
    }
  }

  private void chunk(String type, Slice body, long start) {
    switch (type) {
      case "EXIF" -> findings.add(Kind.METADATA, "EXIF", type, start);
      case "XMP " -> findings.add(Kind.METADATA, "XMP", "XMP", start);
      case "ICCP" -> findings.add(Kind.METADATA, "a colour profile", type, start);
      case "VP8X" -> {
        if ((body.u8() & ANNOUNCED) != 0) {
          findings.add(Kind.METADATA, "metadata or animation announced", type, start);
        }
        findings.blank(body.take(3), type);
        body.skip(6);
        findings.exhausted(body, type);
      }
      default -> {
        if (!PICTURE.contains(" " + type + " ")) {
          findings.add(Kind.UNKNOWN, "a chunk that does not belong there", "RIFF", start);
        }
      }
    }
  }
}
