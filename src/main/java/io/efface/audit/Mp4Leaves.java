package io.efface.audit;

import io.efface.audit.Finding.Kind;

/** Checks what single boxes of MP4 and QuickTime hold, down to their last byte. */
final class Mp4Leaves {
  private static final String BRANDS =
      " isom iso2 iso3 iso4 iso5 iso6 mp41 mp42 avc1 av01 hvc1 hev1 vp09 qt   M4V  M4A  dash msdh"
          + " msix cmfc mp71 dby1 ";
  private static final String NAMES = "  VideoHandler SoundHandler DataHandler ";
  private static final int MOST_EDITS = 1000;

  private final Findings findings;

  Mp4Leaves(Findings findings) {
    this.findings = findings;
  }

  /** ftyp: brands and a version, which is some small number. */
  void brands(Slice body, String path) {
    brand(body, path);
    body.skip(4);
    while (body.hasRemaining()) {
      brand(body, path);
    }
  }

  private void brand(Slice body, String path) {
    long at = body.at();
    String brand = body.fourCc();
    if (!isOneOf(BRANDS, brand)) {
      findings.add(Kind.UNKNOWN, "a brand that is not known", path, at);
    }
  }

  /** mvhd: gives the ticks a second. */
  long movieHeader(Slice body, String path) {
    boolean wide = times(body, path);
    long timescale = body.u32();
    body.skip(wide ? 8 : 4);
    body.skip(6);
    blank(body, 10, path);
    body.skip(36);
    blank(body, 24, path);
    body.skip(4);
    findings.exhausted(body, path);
    return timescale;
  }

  /** tkhd: gives the track's number. */
  long trackHeader(Slice body, String path) {
    boolean wide = times(body, path);
    long id = body.u32();
    blank(body, 4, path);
    body.skip(wide ? 8 : 4);
    blank(body, 8, path);
    body.skip(6);
    blank(body, 2, path);
    body.skip(44);
    findings.exhausted(body, path);
    return id;
  }

  /** mdhd: gives the ticks a second. */
  long mediaHeader(Slice body, String path) {
    boolean wide = times(body, path);
    long timescale = body.u32();
    body.skip(wide ? 8 : 4);
    body.skip(2);
    blank(body, 2, path);
    findings.exhausted(body, path);
    return timescale;
  }

  /** Version, flags, and when something was made and changed. */
  private boolean times(Slice body, String path) {
    boolean wide = body.u32() >>> 24 == 1;
    long at = body.at();
    if (!body.take(wide ? 16 : 8).isAll(0)) {
      findings.add(Kind.TIME, "a time of creation or modification", path, at);
    }
    return wide;
  }

  private void blank(Slice body, int bytes, String path) {
    findings.blank(body.take(bytes), path);
  }

  /** hdlr: gives the kind of track. */
  String handler(Slice body, String path) {
    body.skip(4);
    String component = body.fourCc();
    if (!isOneOf(" ???? mhlr dhlr ", component)) {
      findings.add(Kind.UNKNOWN, "a handler of an unknown kind", path, body.at());
    }
    String type = body.fourCc();
    blank(body, 12, path);
    long at = body.at();
    String name = body.text(256);
    // QuickTime begins with the length, MP4 ends with a zero.
    if (!name.isEmpty() && name.charAt(0) == name.length() - 1) {
      name = name.substring(1);
    } else if (name.endsWith("\0")) {
      name = name.substring(0, name.length() - 1);
    }
    if (!isOneOf(NAMES, name)) {
      findings.add(Kind.NAME, "the name of a handler or track", path, at);
    }
    findings.exhausted(body, path);
    return type;
  }

  /** dref: every entry says that the data is in this file. */
  void dataReferences(Slice body, String path) {
    body.skip(4);
    long count = body.u32();
    for (long i = 0; i < count; i++) {
      Mp4Box entry = Mp4Box.read(body);
      boolean here = entry.body().remaining() == 4 && entry.body().u32() == 1;
      if (!here || !isOneOf(" url  urn  alis ", entry.type())) {
        findings.add(Kind.METADATA, "a path to another file", path, entry.start());
      }
    }
    findings.exhausted(body, path);
  }

  /** elst. */
  void edits(Slice body, String path, Mp4Track track) {
    boolean wide = body.u32() >>> 24 == 1;
    long count = body.u32();
    if (count > MOST_EDITS) {
      throw new Malformed(body.at());
    }
    for (long i = 0; i < count; i++) {
      long duration = wide ? body.u64() : body.u32();
      long mediaTime = wide ? body.u64() : (int) body.u32();
      track.add(new Mp4Track.Edit(duration, mediaTime, body.u32()));
    }
    findings.exhausted(body, path);
  }

  /** A table whose entries are all of one size: version, flags, a count, the entries. */
  void table(Slice body, int entryBytes, String path) {
    body.skip(4);
    long count = body.u32();
    body.skip(count * entryBytes);
    findings.exhausted(body, path);
  }

  /** stsz: the entries are there only where sizes differ; gives the number of samples. */
  long sizes(Slice body, String path) {
    body.skip(4);
    long one = body.u32();
    long count = body.u32();
    body.skip(one == 0 ? 4 * count : 0);
    findings.exhausted(body, path);
    return count;
  }

  /** sidx: where fragments start; gives the number of entries. */
  int segmentIndex(Slice body, String path) {
    boolean wide = body.u32() >>> 24 == 1;
    body.skip(wide ? 24 : 16);
    body.skip(2);
    int count = body.u16();
    body.skip(12L * count);
    findings.exhausted(body, path);
    return count;
  }

  /** tfra: where samples lie that can be started from; gives the number of entries. */
  long randomAccess(Slice body, String path) {
    boolean wide = body.u32() >>> 24 == 1;
    body.skip(4);
    int lengths = (int) body.u32();
    int numbers = 3 + (lengths >> 4 & 3) + (lengths >> 2 & 3) + (lengths & 3);
    long count = body.u32();
    body.skip(count * ((wide ? 16 : 8) + numbers));
    findings.exhausted(body, path);
    return count;
  }

  /** A box that has one size. */
  void fixed(Slice body, int bytes, String path) {
    body.skip(bytes);
    findings.exhausted(body, path);
  }

  private static boolean isOneOf(String names, String name) {
    return name.isEmpty() || names.contains(" " + name + " ");
  }
}
