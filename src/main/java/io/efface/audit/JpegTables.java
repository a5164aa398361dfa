package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.HashSet;
import java.util.Set;

/**
 * Looks into the segments of a JPEG file that serve decoding (ITU-T T.81, B.2): each is as long as
 * its own numbers say, and none stands there more often than a decoder needs it. Single-threaded.
 */
final class JpegTables {
  private static final int HUFFMAN = 0xc4;
  private static final int RESERVED = 0xc8;
  private static final int ARITHMETIC = 0xcc;
  private static final int SCAN = 0xda;
  private static final int QUANTISATION = 0xdb;
  private static final int RESTART_INTERVAL = 0xdd;

  private static final int MOST_COMPONENTS = 4;
  private static final int MOST_HUFFMAN_VALUES = 256;

  /** Programs write a dozen or two. */
  private static final int MOST_PROGRESSIVE_SCANS = 100;

  private final Findings findings;

  /** Tables since the last scan, by the segment's marker and their number. */
  private final Set<Integer> given = new HashSet<>();

  private int components;
  private boolean progressive;
  private int scans;
  private int scannedComponents;

  JpegTables(Findings findings) {
    this.findings = findings;
  }

  /**
   * Looks into a segment.
   *
   * @param start offset of its marker
   * @return false if it is of another kind
   * @throws Malformed if it ends too early or says what cannot be
   */
  boolean check(int marker, Slice body, long start) {
    String path = Integer.toHexString(marker);
    switch (marker) {
      case QUANTISATION -> quantisation(body, path, start);
      case HUFFMAN -> huffman(body, path, start);
      case ARITHMETIC -> arithmetic(body, path, start);
      case RESTART_INTERVAL -> {
        once(marker, 0, path, start);
        body.skip(2);
      }
      case SCAN -> scan(body, path, start);
      default -> {
        if (marker < 0xc0 || marker > 0xcf || marker == RESERVED) {
          return false;
        }
        frame(marker, body, path, start);
      }
    }
    findings.exhausted(body, path);
    return true;
  }

  private void once(int marker, int table, String path, long start) {
    if (!given.add(marker << 8 | table)) {
      findings.add(Kind.HIDDEN, "a table that stands there twice", path, start);
    }
  }

  private void quantisation(Slice body, String path, long start) {
    do {
      int table = body.u8();
      int wide = table >> 4;
      if (wide > 1 || (table & 0xf) >= MOST_COMPONENTS) {
        throw new Malformed(start);
      }
      once(QUANTISATION, table & 0xf, path, start);
      body.skip(wide == 1 ? 128 : 64);
    } while (body.hasRemaining());
  }

  private void huffman(Slice body, String path, long start) {
    do {
      int table = body.u8();
      int values = 0;
      for (int length = 1; length <= 16; length++) {
        values += body.u8();
      }
      if (table >> 4 > 1 || (table & 0xf) >= MOST_COMPONENTS || values > MOST_HUFFMAN_VALUES) {
        throw new Malformed(start);
      }
      once(HUFFMAN, table, path, start);
      body.skip(values);
    } while (body.hasRemaining());
  }

  private void arithmetic(Slice body, String path, long start) {
    do {
      int table = body.u8();
      if (table >> 4 > 1 || (table & 0xf) >= MOST_COMPONENTS) {
        throw new Malformed(start);
      }
      once(ARITHMETIC, table, path, start);
      body.skip(1);
    } while (body.hasRemaining());
  }

  private void frame(int marker, Slice body, String path, long start) {
    if (components > 0) {
      findings.add(Kind.STREAM, "a second picture", path, start);
    }
    // Every fourth kind is progressive.
    progressive = (marker & 3) == 2;
    body.skip(5);
    components = body.u8();
    if (components < 1 || components > MOST_COMPONENTS) {
      throw new Malformed(start);
    }
    body.skip(3L * components);
  }

  private void scan(Slice body, String path, long start) {
    int count = body.u8();
    if (count < 1 || count > components) {
      throw new Malformed(start);
    }
    body.skip(2L * count + 3);
    given.clear();
    scans++;
    scannedComponents += count;
    if (progressive ? scans > MOST_PROGRESSIVE_SCANS : scannedComponents > components) {
      findings.add(Kind.HIDDEN, "more scans than the picture has", path, start);
    }
  }
}
