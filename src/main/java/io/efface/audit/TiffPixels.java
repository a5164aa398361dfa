package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.List;
import java.util.Map;

/**
 * Where the pixels of a TIFF file lie (TIFF 6.0, sections 3, 9 and 15), and whether there are more
 * of them, or more bytes, than the picture takes. What stands behind the pixels inside a strip is
 * found where these are not compressed or by PackBits.
 */
final class TiffPixels {
  private static final int MOST_SIDE = 1 << 24;
  private static final int MOST_BITS = 64;
  private static final int PLAIN = 1;
  private static final int PACK_BITS = 32773;

  /** Brightness and colours, of which several pixels may share the latter. */
  private static final int SHARED_COLOURS = 6;

  private static final String PATH = "IFD0";

  private final Map<TiffTag, TiffField> fields;
  private final Slice file;
  private final Findings findings;
  private final boolean tiled;
  private final long width;
  private final long height;
  private final long samples;
  private final long planes;
  private final long compression;

  /** Of each part, a strip or a tile. */
  private final long columns;

  private final long rows;

  /**
   * The pixels of a picture.
   *
   * @param file the whole of it
   * @throws Malformed if it does not say its size, or says an impossible one
   */
  TiffPixels(Map<TiffTag, TiffField> fields, Slice file, Findings findings) {
    this.fields = fields;
    this.file = file;
    this.findings = findings;
    this.tiled = fields.containsKey(TiffTag.TILE_OFFSETS);
    this.width = side(TiffTag.WIDTH);
    this.height = side(TiffTag.HEIGHT);
    this.samples = number(TiffTag.SAMPLES, 1);
    this.planes = number(TiffTag.PLANES, 1) == 2 ? samples : 1;
    this.compression = number(TiffTag.COMPRESSION, PLAIN);
    this.columns = tiled ? side(TiffTag.TILE_WIDTH) : width;
    // Without a number, or with a huge one, all rows are one strip.
    this.rows =
        tiled
            ? side(TiffTag.TILE_HEIGHT)
            : Math.min(height, number(TiffTag.ROWS_PER_STRIP, height));
    if (samples < 1 || samples > TiffTag.MOST_SAMPLES || rows < 1) {
      throw new Malformed(file.at());
    }
  }

  private long number(TiffTag tag, long otherwise) {
    TiffField field = fields.get(tag);
    return field == null ? otherwise : field.first();
  }

  private long side(TiffTag tag) {
    long side = number(tag, 0);
    if (side < 1 || side > MOST_SIDE) {
      throw new Malformed(file.at());
    }
    return side;
  }

  /** Adds where each strip or tile lies. */
  void addTo(List<TiffWalk.Part> parts) {
    if (tiled && fields.containsKey(TiffTag.STRIP_OFFSETS)) {
      findings.add(Kind.HIDDEN, "pixels that stand there twice", PATH, file.at());
    }
    TiffField offsets = fields.get(tiled ? TiffTag.TILE_OFFSETS : TiffTag.STRIP_OFFSETS);
    TiffField sizes = fields.get(tiled ? TiffTag.TILE_BYTES : TiffTag.STRIP_BYTES);
    if (offsets == null || sizes == null) {
      return;
    }
    long down = (height - 1) / rows + 1;
    long expected = ((width - 1) / columns + 1) * down * planes;
    if (offsets.count() != expected || sizes.count() != expected) {
      findings.add(Kind.HIDDEN, "other strips than the picture has", PATH, offsets.values().at());
    }
    long rowBytes = (columns * pixelBits() + 7) / 8;
    long left = file.end();
    Slice at = offsets.cursor();
    Slice size = sizes.cursor();
    for (long i = 0; at.hasRemaining() && size.hasRemaining(); i++) {
      long from = at.number(offsets.width());
      Slice part = file.elsewhere(from, size.number(sizes.width()));
      parts.add(new TiffWalk.Part(part.at(), part.end()));
      left -= part.remaining();
      if (left < 0) {
        // Strips that lie in one another; they are read below.
        throw new Malformed(from);
      }
      long held = tiled || (i + 1) % down > 0 ? rows : height - rows * (down - 1);
      if (rowBytes > 0 && !isUsed(part, held * rowBytes)) {
        findings.add(Kind.HIDDEN, "bytes behind the pixels", PATH, from);
      }
    }
  }

  /** Bits of a pixel in one plane; 0 where the number of samples does not tell. */
  private long pixelBits() {
    TiffField bits = fields.get(TiffTag.BITS);
    if (number(TiffTag.PHOTOMETRY, 0) == SHARED_COLOURS) {
      return 0;
    }
    long own = planes > 1 ? 1 : samples;
    if (bits == null) {
      return own;
    }
    Slice in = bits.values().copy();
    long first = bits.first();
    while (in.hasRemaining()) {
      if (in.number(bits.width()) != first) {
        return 0;
      }
    }
    return first <= MOST_BITS ? first * own : 0;
  }

  /** Whether a part holds no more than its pixels, and perhaps zeros. */
  private boolean isUsed(Slice part, long pixelBytes) {
    if (compression == PLAIN) {
      part.skip(Math.min(pixelBytes, part.remaining()));
    } else if (compression == PACK_BITS) {
      long left = pixelBytes;
      while (left > 0 && part.hasRemaining()) {
        int code = part.u8();
        if (code < 128) {
          part.skip(Math.min(code + 1, part.remaining()));
          left -= code + 1;
        } else if (code > 128) {
          part.skip(Math.min(1, part.remaining()));
          left -= 257 - code;
        }
      }
      if (left < 0) {
        return false;
      }
    } else {
      return true;
    }
    return part.isAll(0);
  }
}
