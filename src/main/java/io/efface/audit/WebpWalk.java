package io.efface.audit;

import io.efface.audit.Finding.Kind;

/** Walks a WebP file: one picture, perhaps with transparency, and nothing behind its end. */
final class WebpWalk {
  private static final int RIFF_BYTES = 8;

  /** Of VP8X: a colour profile, EXIF, XMP and animation are announced there. */
  private static final int ANNOUNCED = 0x20 | 0x08 | 0x04 | 0x02;

  /** Of VP8X: transparency is announced there. */
  private static final int TRANSPARENT = 0x10;

  private final Slice file;
  private final Findings findings;
  private int pictures;
  private boolean described;
  private boolean announced;
  private boolean transparent;

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
    while (riff.hasRemaining()) {
      long start = riff.at();
      String type = riff.fourCc();
      Slice body = riff.take(riff.u32());
      if (body.remaining() % 2 == 1 && riff.hasRemaining()) {
        findings.blank(riff.take(1), type);
      }
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
      case "VP8X" -> description(body, start);
      case "VP8 " -> pictures++;
      case "VP8L" -> {
        pictures++;
        if (transparent) {
          // This coding has its own, and players pass over the other.
          findings.add(Kind.HIDDEN, "transparency that the picture does not use", type, start);
        }
      }
      case "ALPH" -> {
        if (!announced || transparent || pictures > 0) {
          findings.add(Kind.HIDDEN, "transparency that the picture does not use", type, start);
        }
        transparent = true;
      }
      default -> findings.add(Kind.UNKNOWN, "a chunk that does not belong there", "RIFF", start);
    }
  }

  private void description(Slice body, long start) {
    if (described) {
      findings.add(Kind.HIDDEN, "a description that stands there twice", "VP8X", start);
    }
    described = true;
    int flags = body.u8();
    announced = (flags & TRANSPARENT) != 0;
    if ((flags & ANNOUNCED) != 0) {
      findings.add(Kind.METADATA, "metadata or animation announced", "VP8X", start);
    }
    findings.blank(body.take(3), "VP8X");
    body.skip(6);
    findings.exhausted(body, "VP8X");
  }
}
