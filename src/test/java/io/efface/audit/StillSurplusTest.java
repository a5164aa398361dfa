package io.efface.audit;

import static io.efface.audit.Pieces.hex;
import static io.efface.audit.Pieces.join;
import static io.efface.audit.Pieces.text;
import static io.efface.audit.Pieces.u32;
import static io.efface.audit.Pieces.zeros;
import static io.efface.audit.TinyStills.PIXELS;
import static io.efface.audit.TinyStills.chunk;
import static io.efface.audit.TinyStills.deflated;
import static io.efface.audit.TinyStills.frame;
import static io.efface.audit.TinyStills.grey;
import static io.efface.audit.TinyStills.jfif;
import static io.efface.audit.TinyStills.jpeg;
import static io.efface.audit.TinyStills.jpegOf;
import static io.efface.audit.TinyStills.png;
import static io.efface.audit.TinyStills.pngHeader;
import static io.efface.audit.TinyStills.pngOf;
import static io.efface.audit.TinyStills.riff;
import static io.efface.audit.TinyStills.riffChunk;
import static io.efface.audit.TinyStills.scan;
import static io.efface.audit.TinyStills.segment;
import static io.efface.audit.TinyStills.tag;
import static io.efface.audit.TinyStills.tiff;
import static io.efface.audit.TinyStills.tiffOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.efface.audit.Finding.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Structures that belong into a still hold what they are there for, once, and no more. */
class StillSurplusTest {
  /** Of TIFF: one strip, which lies behind the first eight bytes. */
  private static final byte[] AT_EIGHT = tag(273, 4, 1, u32(8));

  @TempDir Path folder;

  private void clean(byte[] picture) {
    assertThat(Pieces.check(folder, picture)).isEmpty();
  }

  private void found(Kind kind, byte[] picture) {
    assertThat(Pieces.check(folder, picture)).extracting(Finding::kind).containsExactly(kind);
  }

  @Test
  void tablesOfJpegAreAsLongAsTheySay() {
    clean(jpeg(segment(0xdb, hex("01"), zeros(64), hex("12"), zeros(128))));
    found(Kind.MALFORMED, jpeg(segment(0xdb, hex("01"), zeros(64), text("secret"))));
    found(Kind.MALFORMED, jpeg(segment(0xdb, hex("01"), zeros(63))));
    found(Kind.MALFORMED, jpeg(segment(0xdb, hex("04"), zeros(64))));
    clean(jpeg(segment(0xc4, hex("11 02"), zeros(15), hex("0102"))));
    found(Kind.MALFORMED, jpeg(segment(0xc4, hex("11 02"), zeros(15), text("secret"))));
    found(Kind.MALFORMED, jpeg(segment(0xc4, hex("11 ffff"), zeros(14 + 510))));
    clean(jpeg(segment(0xcc, hex("0010 1020"))));
    found(Kind.MALFORMED, jpeg(segment(0xcc, text("secret"))));
    clean(jpeg(segment(0xdd, zeros(2))));
    found(Kind.HIDDEN, jpeg(segment(0xdd, zeros(3))));
    found(Kind.UNKNOWN, jpeg(segment(0xdc, text("secret"))));
    found(Kind.UNKNOWN, jpeg(segment(0xdc, zeros(2))));
  }

  @Test
  void tablesOfJpegStandThereOnceAScan() {
    byte[] table = segment(0xdb, hex("01"), zeros(64));
    found(Kind.HIDDEN, jpeg(table, table));
    found(Kind.HIDDEN, jpeg(segment(0xc4, zeros(17))));
    found(Kind.HIDDEN, jpeg(segment(0xcc, hex("0010 0020"))));
    found(Kind.HIDDEN, jpeg(segment(0xdd, zeros(2)), segment(0xdd, zeros(2))));
    clean(jpegOf(table, frame(0xc2), scan(), table, scan()));
  }

  @Test
  void aJpegHoldsOneFrameAndItsScans() {
    clean(jpegOf(frame(0xc0), scan()));
    found(Kind.HIDDEN, jpegOf(frame(0xc0, text("s")), scan()));
    found(Kind.MALFORMED, jpegOf(segment(0xc0, zeros(15)), scan()));
    found(Kind.STREAM, jpegOf(frame(0xc0), frame(0xc0), scan()));
    found(Kind.HIDDEN, jpegOf(frame(0xc0), scan(), scan()));
    found(Kind.MALFORMED, jpegOf(scan()));
    byte[] one = join(segment(0xda, hex("01"), zeros(5)), hex("1234"));
    clean(jpegOf(frame(0xc0), one, one, one));
    found(Kind.HIDDEN, jpegOf(frame(0xc0), segment(0xda, hex("03"), zeros(9), text("s"))));
  }

  @Test
  void applicationDataOfJpegStandsThereOnce() {
    byte[] adobe = segment(0xee, text("Adobe"), zeros(7));
    clean(jpeg(jfif("0000"), adobe));
    found(Kind.HIDDEN, jpeg(jfif("0000"), jfif("0000")));
    found(Kind.HIDDEN, jpeg(adobe, adobe));
  }

  @Test
  void aPngHasNoMoreRowsThanItSays() {
    clean(png(deflated(PIXELS)));
    found(Kind.HIDDEN, png(deflated(text("pixels and a hidden file"))));
    byte[] packed = deflated(text("pixels and a hidden file"));
    found(Kind.HIDDEN, png(packed, chunk("IDAT", deflated(text("pixelsQ")))));
    byte[] interlaced = pngHeader(2, 8, 0, 1);
    clean(pngOf(interlaced, chunk("IDAT", deflated(zeros(7)))));
    found(Kind.HIDDEN, pngOf(interlaced, chunk("IDAT", deflated(zeros(8)))));
    byte[] colours = pngHeader(3, 16, 2, 0);
    clean(pngOf(colours, chunk("IDAT", deflated(zeros(3 * 19)))));
    found(Kind.HIDDEN, pngOf(colours, chunk("IDAT", deflated(zeros(3 * 19 + 1)))));
    byte[] huge = pngHeader(1 << 24, 16, 6, 1);
    clean(pngOf(huge, chunk("IDAT", deflated(PIXELS))));
  }

  @Test
  void theHeaderOfAPngIsOneThatDecodersKnow() {
    byte[] pixels = chunk("IDAT", deflated(PIXELS));
    found(Kind.MALFORMED, pngOf(pngHeader(0, 8, 0, 0), pixels));
    found(Kind.MALFORMED, pngOf(pngHeader(1 << 25, 8, 0, 0), pixels));
    found(Kind.MALFORMED, pngOf(pngHeader(2, 7, 0, 0), pixels));
    found(Kind.MALFORMED, pngOf(pngHeader(2, 32, 0, 0), pixels));
    found(Kind.MALFORMED, pngOf(pngHeader(2, 8, 5, 0), pixels));
    found(Kind.MALFORMED, pngOf(pngHeader(2, 8, 0, 2), pixels));
    found(Kind.MALFORMED, pngOf(pixels, pngHeader(2, 8, 0, 0)));
    found(Kind.UNKNOWN, png(deflated(PIXELS), pngHeader(2, 8, 0, 0)));
    byte[] longer = chunk("IHDR", u32(2, 2), hex("0800000000"), text("s"));
    found(Kind.HIDDEN, pngOf(longer, pixels));
  }

  @Test
  void chunksOfAPngHoldWhatTheirPixelsNeed() {
    byte[] grey = deflated(PIXELS);
    clean(png(grey, chunk("tRNS", zeros(2))));
    found(Kind.HIDDEN, png(grey, chunk("tRNS", zeros(3))));
    found(Kind.HIDDEN, png(grey, chunk("PLTE", zeros(3))));
    found(Kind.HIDDEN, png(grey, chunk("sRGB", zeros(2))));
    found(Kind.HIDDEN, png(grey, chunk("pHYs", zeros(9)), chunk("pHYs", zeros(9))));
    byte[] header = pngHeader(2, 1, 3, 0);
    byte[] pixels = chunk("IDAT", deflated(zeros(4)));
    clean(pngOf(header, chunk("PLTE", zeros(6)), chunk("tRNS", zeros(2)), pixels));
    found(Kind.HIDDEN, pngOf(header, chunk("PLTE", zeros(9)), pixels));
    byte[] wrongSum = png(grey);
    wrongSum[wrongSum.length - 1]++;
    found(Kind.MALFORMED, wrongSum);
  }

  private static byte[] description(String flags) {
    return riffChunk("VP8X", join(hex(flags), zeros(9)));
  }

  @Test
  void transparencyOfAWebpIsAnnouncedAndStandsThereOnce() {
    byte[] picture = riffChunk("VP8 ", zeros(10));
    byte[] lossless = riffChunk("VP8L", zeros(6));
    byte[] alpha = riffChunk("ALPH", zeros(4));
    clean(riff(description("10"), alpha, picture));
    clean(riff(description("10"), lossless));
    clean(riff(description("00"), picture));
    found(Kind.HIDDEN, riff(alpha, picture));
    found(Kind.HIDDEN, riff(description("00"), alpha, picture));
    found(Kind.HIDDEN, riff(description("10"), picture, alpha));
    found(Kind.HIDDEN, riff(description("10"), alpha, alpha, picture));
    found(Kind.HIDDEN, riff(description("10"), alpha, lossless));
    found(Kind.HIDDEN, riff(description("10"), description("10"), alpha, picture));
  }

  @Test
  void tagsOfATiffHaveTheirTypeAndCount() {
    clean(tiff(tag(274, 1), tag(254, 4, 1, u32(0))));
    found(Kind.HIDDEN, tiff(tag(532, 1, 4, text("Qx7!"))));
    found(Kind.HIDDEN, tiff(tag(532, 1, 6, u32(8))));
    found(Kind.HIDDEN, tiff(tag(532, 5, 7, u32(8))));
    found(Kind.HIDDEN, tiff(tag(274, 3, 2, u32(0))));
    found(Kind.HIDDEN, tiff(tag(274, 3, 0, u32(0))));
    found(Kind.HIDDEN, tiff(tag(274, 1), tag(274, 1)));
    found(Kind.HIDDEN, tiff(tag(320, 3, 2, u32(0))));
    clean(tiff(tag(320, 3, 2, u32(0)), tag(262, 3)));
  }

  /** Two strips; where they lie and how long they are stands behind the pixels. */
  private static byte[] strips(byte[] pixels, long[] places, long[] sizes, int rows) {
    int at = 8 + pixels.length;
    byte[] data = join(pixels, u32(places), u32(sizes));
    return grey(data, tag(273, 4, 2, u32(at)), tag(279, 4, 2, u32(at + 8)), tag(278, rows));
  }

  @Test
  void aTiffHasAsManyStripsAsItSays() {
    clean(strips(PIXELS, new long[] {8, 11}, new long[] {3, 3}, 1));
    byte[] more = join(PIXELS, text("secret"));
    found(Kind.HIDDEN, strips(more, new long[] {8, 14}, new long[] {6, 6}, 2));
    byte[] overlapping = strips(PIXELS, new long[] {0, 0}, new long[] {100, 100}, 1);
    assertThat(Pieces.check(folder, overlapping))
        .extracting(Finding::kind)
        .contains(Kind.MALFORMED);
    found(Kind.MALFORMED, tiffOf(0, PIXELS, AT_EIGHT, length(279, 6), tag(256, 3)));
  }

  @Test
  void aTiffHasStripsOrTiles() {
    byte[] width = tag(322, 3);
    byte[] height = tag(323, 2);
    byte[] place = tag(324, 4, 1, u32(8));
    clean(grey(PIXELS, width, height, place, length(325, 6)));
    found(Kind.HIDDEN, tiff(width, height, place, length(325, 6)));
    found(Kind.MALFORMED, grey(PIXELS, place, length(325, 6)));
  }

  private static byte[] length(int number, int bytes) {
    return tag(number, 4, 1, u32(bytes));
  }

  @Test
  void aStripOfATiffEndsWithItsPixels() {
    byte[] more = join(PIXELS, text("secret"));
    found(Kind.HIDDEN, grey(more, AT_EIGHT, length(279, 12)));
    clean(grey(join(PIXELS, zeros(6)), AT_EIGHT, length(279, 12)));
  }

  private static byte[] packed(byte[] strip) {
    return grey(strip, AT_EIGHT, length(279, strip.length), tag(259, 32773));
  }

  @Test
  void aPackedStripOfATiffEndsWithItsPixels() {
    clean(packed(join(hex("05"), PIXELS)));
    clean(packed(hex("fb41")));
    clean(packed(hex("ff41 80 00 42 fe43")));
    found(Kind.HIDDEN, packed(join(hex("fb41"), text("secret"))));
    found(Kind.HIDDEN, packed(hex("fa41")));
    found(Kind.HIDDEN, packed(join(hex("0b"), PIXELS, text("secret"))));
  }
}
