package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Walks a PNG file: chunks that describe the pixels, each once, as many pixels as its header says,
 * and nothing behind the end of the file or of the compressed pixels.
 */
final class PngWalk {
  private static final int SIGNATURE_BYTES = 8;
  private static final String PIXELS = " PLTE tRNS IEND gAMA cHRM sRGB sBIT pHYs cICP ";
  private static final int BUFFER_BYTES = 1 << 16;

  private final Slice file;
  private final Findings findings;
  private final Set<String> seen = new HashSet<>();
  private final byte[] chunk = new byte[4096];
  private final byte[] pixels = new byte[BUFFER_BYTES];
  private long pixelBytesLeft;
  private boolean surplus;

  PngWalk(Slice file, Findings findings) {
    this.file = file;
    this.findings = findings;
  }

  /** Walks the file. */
  void walk() {
    Slice in = file.copy();
    in.skip(SIGNATURE_BYTES);
    PngHeader header = header(in);
    pixelBytesLeft = header.pixelBytes();
    Inflater inflater = new Inflater();
    try {
      String type;
      do {
        long start = in.at();
        long size = in.u32();
        Slice summed = in.copy();
        type = in.fourCc();
        Slice body = in.take(size);
        chunk(type, body, start, header, inflater);
        checkSum(summed.take(4 + size), in.u32(), type, start);
      } while (!type.equals("IEND"));
    } finally {
      inflater.end();
    }
    if (in.hasRemaining()) {
      findings.add(Kind.TRAILING, "bytes behind the end", "", in.at());
    }
  }

  private PngHeader header(Slice in) {
    long start = in.at();
    long size = in.u32();
    Slice summed = in.copy();
    if (!in.fourCc().equals("IHDR")) {
      throw new Malformed(start);
    }
    Slice body = in.take(size);
    PngHeader header = PngHeader.read(body);
    findings.exhausted(body, "IHDR");
    checkSum(summed.take(4 + size), in.u32(), "IHDR", start);
    return header;
  }

  /** Decoders may pass over a wrong sum, and then it can be anything. */
  private void checkSum(Slice summed, long sum, String type, long start) {
    CRC32 right = new CRC32();
    while (summed.hasRemaining()) {
      right.update(chunk, 0, read(summed));
    }
    if (right.getValue() != sum) {
      findings.malformed(type, start);
    }
  }

  private void chunk(String type, Slice body, long start, PngHeader header, Inflater inflater) {
    switch (type) {
      case "tEXt", "zTXt", "iTXt" -> findings.add(Kind.METADATA, "a text", type, start);
      case "eXIf" -> findings.add(Kind.METADATA, "EXIF", type, start);
      case "tIME" -> findings.add(Kind.TIME, "a time of modification", type, start);
      case "iCCP" -> findings.add(Kind.METADATA, "a colour profile", type, start);
      case "IDAT" -> {
        if (!surplus && !inflate(body, inflater)) {
          surplus = true;
          findings.add(Kind.HIDDEN, "bytes behind the pixels", type, start);
        }
      }
      default -> described(type, body, start, header);
    }
  }

  private void described(String type, Slice body, long start, PngHeader header) {
    if (!PIXELS.contains(" " + type + " ")) {
      findings.add(Kind.UNKNOWN, "a chunk that does not belong there", type, start);
      return;
    }
    if (!seen.add(type)) {
      findings.add(Kind.HIDDEN, "a chunk that stands there twice", type, start);
      return;
    }
    long most =
        switch (type) {
          case "PLTE" -> 3L * header.paletteColours();
          case "tRNS" -> header.transparencyBytes();
          case "IEND" -> 0;
          case "cHRM" -> 32;
          case "pHYs" -> 9;
          case "sRGB" -> 1;
          default -> 4;
        };
    if (body.remaining() > most) {
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
        inflater.setInput(chunk, 0, read(body));
        while (!inflater.needsInput() && !inflater.finished()) {
          int count = inflater.inflate(pixels);
          if (count == 0 && inflater.needsDictionary()) {
            throw new Malformed(body.at());
          }
          pixelBytesLeft -= count;
          if (pixelBytesLeft < 0) {
            return false;
          }
        }
      }
      return inflater.getRemaining() == 0;
    } catch (DataFormatException e) {
      throw new Malformed(body.at());
    }
  }

  /** Fills the buffer as far as there is something, and gives how many bytes it holds. */
  private int read(Slice in) {
    int count = (int) Math.min(chunk.length, in.remaining());
    for (int i = 0; i < count; i++) {
      chunk[i] = (byte) in.u8();
    }
    return count;
  }
}
