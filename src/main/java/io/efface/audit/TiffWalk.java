package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Walks a TIFF file (TIFF 6.0): one directory, of tags that describe the pixels only, each once and
 * with no more values than it has, and no byte that none of them refers to.
 */
final class TiffWalk {
  /** Of a picture whose pixels are numbers of colours. */
  private static final int PALETTE = 3;

  private final Slice file;
  private final Findings findings;
  private final List<Part> parts = new ArrayList<>();
  private final Map<TiffTag, TiffField> fields = new EnumMap<>(TiffTag.class);

  /** A part of the file that something refers to, up to its end. */
  record Part(long start, long end) {}

  TiffWalk(Slice file, Findings findings) {
    this.file = file;
    this.findings = findings;
  }

  /** Walks the file. */
  void walk() {
    Slice in = file.peek() == 'I' ? file.copy().littleEndian() : file.copy();
    in.skip(4);
    long at = in.u32();
    parts.add(new Part(0, 8));
    Slice directory = in.elsewhere(at, file.end() - at);
    int entries = directory.u16();
    for (int i = 0; i < entries; i++) {
      entry(directory);
    }
    if (directory.u32() != 0) {
      findings.add(Kind.STREAM, "a second picture, such as a thumbnail", "IFD0", at);
    }
    parts.add(new Part(at, directory.at()));
    palette();
    new TiffPixels(fields, file, findings).addTo(parts);
    gaps();
  }

  private void entry(Slice directory) {
    long start = directory.at();
    int number = directory.u16();
    int type = directory.u16();
    long count = directory.u32();
    Slice value = directory.take(4);
    String path = "IFD0/" + number;
    Optional<TiffTag> tag = TiffTag.of(number);
    if (tag.isEmpty()) {
      findings.add(Kind.METADATA, "a tag that does not describe pixels", path, start);
      return;
    }
    if (!tag.get().allows(type, count)) {
      findings.add(Kind.HIDDEN, "a tag with other or more values than it has", path, start);
      return;
    }
    int width = TiffTag.bytes(type);
    long bytes = width * count;
    if (bytes > 4) {
      long offset = value.u32();
      value = directory.elsewhere(offset, bytes);
      parts.add(new Part(offset, offset + bytes));
    } else {
      Slice used = value.take(bytes);
      findings.blank(value, path);
      value = used;
    }
    if (fields.put(tag.get(), new TiffField(value, count, width)) != null) {
      findings.add(Kind.HIDDEN, "a tag that stands there twice", path, start);
    }
  }

  private void palette() {
    TiffField palette = fields.get(TiffTag.PALETTE);
    TiffField photometry = fields.get(TiffTag.PHOTOMETRY);
    if (palette != null && (photometry == null || photometry.first() != PALETTE)) {
      findings.add(Kind.HIDDEN, "a palette that no pixel refers to", "IFD0", palette.values().at());
    }
  }

  private void gaps() {
    parts.sort(Comparator.comparingLong(Part::start));
    long at = 0;
    for (Part part : parts) {
      gap(at, part.start());
      at = Math.max(at, part.end());
    }
    if (at < file.end()) {
      findings.add(Kind.TRAILING, "bytes behind the end", "", at);
    }
  }

  private void gap(long from, long to) {
    if (to > from && !file.elsewhere(from, to - from).isAll(0)) {
      findings.add(Kind.HIDDEN, "bytes that no tag refers to", "", from);
    }
  }
}
