package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Walks a PNG file: chunks that describe the pixels, and nothing behind the end of the file or of
 * the compressed pixels.
 */
final class PngWalk {
  private static final int SIGNATURE_BYTES = 8;
  private static final String PIXELS = " IHDR PLTE tRNS IDAT IEND gAMA cHRM sRGB sBIT pHYs cICP ";
  private static final int BUFFER_BYTES = 1 << 16;

  private final Slice file;
  private final Findings findings;
  private final byte[] chunk = new byte[4096];
  private final byte[] pixels = new byte[BUFFER_BYTES];

  PngWalk(Slice file, Findings findings) {
    this.file = file;
    this.findings = findings;
  }

  /** Walks the file. */
  void walk() {
    Slice in = file.copy();
    in.skip(SIGNATURE_BYTES);
    Inflater inflater = new Inflater();
    try {
      String type;
      do {
        long start = in.at();
        long size = in.u32();
        type = in.fourCc();
        Slice body = in.take(size);
        in.skip(4);
        chunk(type, body, start, inflater);
      } while (!type.equals("IEND"));
    } finally {
      inflater.end();
    }
    if (in.hasRemaining()) {
      findings.add(Kind.TRAILING, "bytes behind the end", "", in.at());
    }
  }

  private void chunk(String type, Slice body, long start, Inflater inflater) {
    switch (type) {
      case "tEXt", "zTXt", "iTXt" -> findings.add(Kind.METADATA, "a text", type, start);
      case "eXIf" -> findings.add(Kind.METADATA, "EXIF", type, start);
      case "tIME" -> findings.add(Kind.TIME, "a time of modification", type, start);
      case "iCCP" -> findings.add(Kind.METADATA, "a colour profile", type, start);
      case "IDAT" -> {
        if (!inflate(body, inflater)) {
          findings.add(Kind.HIDDEN, "bytes behind the pixels", type, start);
        }
      }
      default -> described(type, body, start);
    }
  }

  private void described(String type, Slice body, long start) {
    if (!PIXELS.contains(" " + type + " ")) {
      findings.add(Kind.UNKNOWN, "a chunk that does not belong there", type, start);
      return;
    }
    long size = body.remaining();
    long most =
        switch (type) {
          case "IHDR" -> 13;
          case "PLTE" -> 3 * 256;
          case "tRNS" -> 256;
          case "IEND" -> 0;
          case "cHRM" -> 32;
          case "pHYs" -> 9;
          default -> 4;
        };
    if (size > most) {
      findings.add(Kind.HIDDEN, "bytes behind the content of a chunk", type, start);
    }
  }

  /** Decompresses a part of the pixels; false if there is more than they need. */
  private boolean inflate(Slice body, Inflater inflater) {
    try {
      while (body.hasRemaining()) {
        if (inflater.finished()) {
          return false;
        }
        int count = (int) Math.min(chunk.length, body.remaining());
        for (int i = 0; i < count; i++) {
          chunk[i] = (byte) body.u8();
        }
        inflater.setInput(chunk, 0, count);
        while (!inflater.needsInput() && !inflater.finished()) {
          if (inflater.inflate(pixels) == 0 && inflater.needsDictionary()) {
            throw new Malformed(body.at());
          }
        }
      }
      return inflater.getRemaining() == 0;
    } catch (DataFormatException e) {
      throw new Malformed(body.at());
    }
  }
}
