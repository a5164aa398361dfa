package io.efface.audit;

import static io.efface.audit.Pieces.hex;
import static io.efface.audit.Pieces.join;
import static io.efface.audit.Pieces.little32;
import static io.efface.audit.Pieces.text;
import static io.efface.audit.Pieces.u16;
import static io.efface.audit.Pieces.u32;
import static io.efface.audit.Pieces.zeros;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Stills of a few pixels, and what they are made of. */
final class TinyStills {
  /** Six bytes: three by two grey pixels of TIFF, or two by two of PNG with a filter a row. */
  static final byte[] PIXELS = text("pixels");

  /** Two by two grey pixels. */
  private static final byte[] PNG_HEADER = pngHeader(2, 8, 0, 0);

  private TinyStills() {}

  static byte[] segment(int marker, byte[]... parts) {
    byte[] body = join(parts);
    return join(hex("ff"), new byte[] {(byte) marker}, u16(2 + body.length), body);
  }

  /** The header of a picture of three colours, and what more there is in it. */
  static byte[] frame(int marker, byte[]... more) {
    return segment(marker, hex("08 0010 0010 03"), zeros(9), join(more));
  }

  /** A scan of three colours. */
  static byte[] scan() {
    return join(segment(0xda, hex("03"), zeros(9)), hex("12ff0034ffd056ffff00"));
  }

  static byte[] jpegOf(byte[]... parts) {
    return join(hex("ffd8"), join(parts), hex("ffd9"));
  }

  static byte[] jpeg(byte[]... more) {
    byte[] head = join(segment(0xdb, zeros(65)), frame(0xc0), segment(0xc4, zeros(17)));
    return jpegOf(join(more), head, scan());
  }

  static byte[] jfif(String thumbnail) {
    return segment(0xe0, text("JFIF\0"), hex("0102 00 0001 0001" + thumbnail));
  }

  static byte[] chunk(String type, byte[]... parts) {
    byte[] summed = join(text(type), join(parts));
    CRC32 sum = new CRC32();
    sum.update(summed);
    return join(u32(summed.length - 4), summed, u32(sum.getValue()));
  }

  static byte[] pngHeader(int side, int depth, int colours, int interlacing) {
    byte[] kind = {(byte) depth, (byte) colours, 0, 0, (byte) interlacing};
    return chunk("IHDR", u32(side, side), kind);
  }

  static byte[] pngOf(byte[]... chunks) {
    return join(hex("89504e470d0a1a0a"), join(chunks), chunk("IEND"));
  }

  static byte[] png(byte[] pixels, byte[]... more) {
    return pngOf(PNG_HEADER, join(more), chunk("IDAT", pixels));
  }

  static byte[] deflated(byte[] pixels) {
    Deflater deflater = new Deflater();
    deflater.setInput(pixels);
    deflater.finish();
    byte[] out = new byte[100 + pixels.length];
    int count = deflater.deflate(out);
    deflater.end();
    return Arrays.copyOf(out, count);
  }

  static byte[] riff(byte[]... chunks) {
    byte[] body = join(text("WEBP"), join(chunks));
    return join(text("RIFF"), little32(body.length), body);
  }

  static byte[] riffChunk(String type, byte[] body) {
    return join(text(type), little32(body.length), body, zeros(body.length % 2));
  }

  static byte[] tag(int number, int type, int count, byte[]... value) {
    return join(u16(number), u16(type), u32(count), join(value));
  }

  /** A tag with one short number. */
  static byte[] tag(int number, int value) {
    return tag(number, 3, 1, u16(value), u16(0));
  }

  /**
   * A big-endian file: the data from byte 8 on, then the directory.
   *
   * @param next where a second one is, or 0
   */
  static byte[] tiffOf(int next, byte[] data, byte[]... entries) {
    return join(
        text("MM\0*"), u32(8 + data.length), data, u16(entries.length), join(entries), u32(next));
  }

  /** Three by two grey pixels whose strips the other tags tell. */
  static byte[] grey(byte[] data, byte[]... more) {
    byte[][] entries = Arrays.copyOf(more, more.length + 3);
    entries[more.length] = tag(256, 3);
    entries[more.length + 1] = tag(257, 2);
    entries[more.length + 2] = tag(258, 8);
    return tiffOf(0, data, entries);
  }

  /** The same with one strip. */
  static byte[] tiff(byte[]... more) {
    byte[][] entries = Arrays.copyOf(more, more.length + 2);
    entries[more.length] = tag(273, 4, 1, u32(8));
    entries[more.length + 1] = tag(279, 4, 1, u32(6));
    return grey(PIXELS, entries);
  }
}
