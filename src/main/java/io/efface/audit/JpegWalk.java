package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Walks a JPEG file (ITU-T T.81, annex B): tables, frames and scans, a JFIF header without a
 * thumbnail, and nothing behind the end of the picture.
 */
final class JpegWalk {
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP2 = 0xe2;
  private static final int APP14 = 0xee;
  private static final int APP15 = 0xef;
  private static final int COMMENT = 0xfe;
  private static final int START = 0xd8;
  private static final int END = 0xd9;
  private static final int SCAN = 0xda;
  private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0};
  private static final byte[] ADOBE = {'A', 'd', 'o', 'b', 'e'};

  private final Slice file;
  private final Findings findings;
  private final JpegTables tables;

  /** Of application data that may stand there, what does. */
  private final Set<Integer> applications = new HashSet<>();

  JpegWalk(Slice file, Findings findings) {
    this.file = file;
    this.findings = findings;
    this.tables = new JpegTables(findings);
  }

  /** Walks the file. */
  void walk() {
    Slice in = file.copy();
    in.skip(2);
    int marker = next(in);
    while (marker != END) {
      long start = in.at() - 2;
      Slice segment = in.take(Math.max(0, in.u16() - 2));
      segment(marker, segment, start);
      marker = marker == SCAN ? behindScan(in) : next(in);
    }
    if (in.hasRemaining()) {
      findings.add(
          Kind.TRAILING, "bytes behind the end, such as the film of a moving photo", "", in.at());
    }
  }

  /** The next marker, which fill bytes may stand before. */
  private static int next(Slice in) {
    if (in.u8() != 0xff) {
      throw new Malformed(in.at() - 1);
    }
    int marker = in.u8();
    while (marker == 0xff) {
      marker = in.u8();
    }
    return marker;
  }

  /** Skips coded data, in which 0xff is followed by zero or by a restart marker. */
  private static int behindScan(Slice in) {
    while (true) {
      if (in.u8() == 0xff) {
        int marker = in.u8();
        while (marker == 0xff) {
          marker = in.u8();
        }
        if (marker != 0 && (marker < 0xd0 || marker > 0xd7)) {
          return marker;
        }
      }
    }
  }

  private void segment(int marker, Slice body, long start) {
    if ((marker == APP0 || marker == APP14) && !applications.add(marker)) {
      findings.add(
          Kind.HIDDEN, "application data that stands there twice", "APP" + (marker - APP0), start);
    } else if (marker == APP0) {
      header(body, start);
    } else if (marker == APP14) {
      // Says how colours were transformed; without it some pictures turn green.
      long size = body.remaining();
      byte[] name = body.take(Math.min(ADOBE.length, size)).bytes(ADOBE.length);
      if (size != 12 || !Arrays.equals(name, ADOBE)) {
        findings.add(Kind.METADATA, "application data", "APP14", start);
      }
    } else if (marker == APP1) {
      findings.add(Kind.METADATA, "EXIF or XMP", "APP1", start);
    } else if (marker == APP2) {
      findings.add(Kind.METADATA, "a colour profile or further pictures", "APP2", start);
    } else if (marker > APP0 && marker <= APP15) {
      findings.add(Kind.METADATA, "application data", "APP" + (marker - APP0), start);
    } else if (marker == COMMENT) {
      findings.add(Kind.METADATA, "a comment", "COM", start);
    } else if (!tables.check(marker, body, start)) {
      findings.add(
          marker == START ? Kind.MALFORMED : Kind.UNKNOWN,
          "a segment that does not belong there",
          Integer.toHexString(marker),
          start);
    }
  }

  private void header(Slice body, long start) {
    boolean whole = body.remaining() == 14;
    byte[] name = body.take(Math.min(JFIF.length, body.remaining())).bytes(JFIF.length);
    if (!Arrays.equals(name, JFIF)) {
      findings.add(Kind.METADATA, "application data or a thumbnail", "APP0", start);
    } else if (!whole || body.elsewhere(body.at() + 7, 2).u16() != 0) {
      findings.add(Kind.METADATA, "a thumbnail", "APP0", start);
    }
  }
}
