package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Walks a TIFF file (TIFF 6.0): one directory, of tags that describe the pixels only, and no byte
 * that none of them refers to.
 */
final class TiffWalk {
  private static final int STRIP_OFFSETS = 273;
  private static final int STRIP_BYTES = 279;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;
  private static final int MOST_PARTS = 1_000_000;
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};

  /**
   * Subfile type, size, bits, compression, photometry, fill order, strips, orientation, samples,
   * rows, resolution, planes, unit, predictor, palette, tiles, extra samples, sample format,
   * subsampling.
   */
  private static final Set<Integer> TAGS =
      Set.of(
          254, 256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 282, 283, 284, 296, 317, 320,
          322, 323, 324, 325, 338, 339, 529, 530, 531, 532);

  private final Slice file;
  private final Findings findings;
  private final List<Part> parts = new ArrayList<>();
  private final Map<Integer, Slice> arrays = new HashMap<>();
  private final Map<Integer, Integer> widths = new HashMap<>();

  private record Part(long start, long end) {}

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
    pixels(STRIP_OFFSETS, STRIP_BYTES);
    pixels(TILE_OFFSETS, TILE_BYTES);
    gaps();
  }

  private void entry(Slice directory) {
    long start = directory.at();
    int tag = directory.u16();
    int type = directory.u16();
    long count = directory.u32();
    int width = type < TYPE_BYTES.length ? TYPE_BYTES[type] : 0;
    long bytes = width * count;
    Slice value = directory.take(4);
    if (!TAGS.contains(tag) || width == 0) {
      findings.add(Kind.METADATA, "a tag that does not describe pixels", "IFD0/" + tag, start);
      return;
    }
    if (bytes > 4) {
      long offset = value.u32();
      value = directory.elsewhere(offset, bytes);
      parts.add(new Part(offset, offset + bytes));
    } else {
      Slice used = value.take(bytes);
      findings.blank(value, "IFD0/" + tag);
      value = used;
    }
    arrays.put(tag, value);
    widths.put(tag, width);
  }

  /** Where the pixels lie. */
  private void pixels(int offsetTag, int bytesTag) {
    Slice offsets = arrays.get(offsetTag);
    Slice sizes = arrays.get(bytesTag);
    if (offsets == null || sizes == null) {
      return;
    }
    Slice at = offsets.apart(4096);
    Slice size = sizes.apart(4096);
    while (at.hasRemaining() && size.hasRemaining()) {
      long from = at.number(widths.getOrDefault(offsetTag, 1));
      Slice part = file.elsewhere(from, size.number(widths.getOrDefault(bytesTag, 1)));
      if (parts.size() == MOST_PARTS) {
        throw new Malformed(from);
      }
      parts.add(new Part(part.at(), part.end()));
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
