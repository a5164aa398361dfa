package io.efface.audit;

import static io.efface.audit.Pieces.hex;
import static io.efface.audit.Pieces.join;
import static io.efface.audit.Pieces.little32;
import static io.efface.audit.Pieces.text;
import static io.efface.audit.Pieces.u16;
import static io.efface.audit.Pieces.u32;
import static io.efface.audit.Pieces.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import io.efface.audit.Finding.Kind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every rule for stills by a picture that breaks it. */
class StillWalksTest {
  private static final byte[] PIXELS = text("pixels");

  @TempDir Path folder;

  private void clean(byte[] picture) {
    assertThat(Pieces.check(folder, picture)).isEmpty();
  }

  private void found(Kind kind, byte[] picture) {
    assertThat(Pieces.check(folder, picture)).extracting(Finding::kind).containsExactly(kind);
  }

  private static byte[] segment(int marker, byte[]... parts) {
    byte[] body = join(parts);
    return join(hex("ff"), new byte[] {(byte) marker}, u16(2 + body.length), body);
  }

  private static byte[] jpeg(byte[]... more) {
    byte[] scan = join(segment(0xda, zeros(6)), hex("12ff0034ffd056ffff00"));
    byte[] head =
        join(segment(0xdb, zeros(65)), segment(0xc0, zeros(15)), segment(0xc4, zeros(20)));
    return join(hex("ffd8"), join(more), head, scan, hex("ffd9"));
  }

  private static byte[] jfif(String thumbnail) {
    return segment(0xe0, text("JFIF\0"), hex("0102 00 0001 0001" + thumbnail));
  }

  @Test
  void aJpegHoldsPixelsOnly() {
    clean(jpeg(jfif("0000")));
    clean(jpeg(segment(0xee, text("Adobe"), zeros(7))));
    found(Kind.METADATA, jpeg(jfif("0101 112233")));
    found(Kind.METADATA, jpeg(segment(0xe0, text("JFXX\0"), zeros(9))));
    found(Kind.METADATA, jpeg(segment(0xe1, text("Exif\0\0"))));
    found(Kind.METADATA, jpeg(segment(0xe2, text("ICC_PROFILE\0"))));
    found(Kind.METADATA, jpeg(segment(0xed, text("Photoshop 3.0\0"))));
    found(Kind.METADATA, jpeg(segment(0xee, text("Qdobe"), zeros(7))));
    found(Kind.METADATA, jpeg(segment(0xfe, text("words"))));
    found(Kind.UNKNOWN, jpeg(segment(0xf0, text("words"))));
    found(Kind.TRAILING, join(jpeg(), text("ftypmp42")));
    found(Kind.MALFORMED, join(hex("ffd8"), segment(0xdb, zeros(65)), hex("00")));
    found(Kind.MALFORMED, hex("ffd8ffdbffff00"));
  }

  private static byte[] chunk(String type, byte[]... parts) {
    byte[] body = join(parts);
    return join(u32(body.length), text(type), body, zeros(4));
  }

  private static byte[] png(byte[] pixels, byte[]... more) {
    return join(
        hex("89504e470d0a1a0a"),
        chunk("IHDR", zeros(13)),
        join(more),
        chunk("IDAT", pixels),
        chunk("IEND"));
  }

  private static byte[] deflated() {
    Deflater deflater = new Deflater();
    deflater.setInput(PIXELS);
    deflater.finish();
    byte[] out = new byte[100];
    int count = deflater.deflate(out);
    deflater.end();
    return Arrays.copyOf(out, count);
  }

  @Test
  void aPngHoldsPixelsOnly() {
    clean(png(deflated(), chunk("pHYs", zeros(9)), chunk("gAMA", zeros(4))));
    found(Kind.METADATA, png(deflated(), chunk("tEXt", text("Comment\0words"))));
    found(Kind.METADATA, png(deflated(), chunk("zTXt")));
    found(Kind.METADATA, png(deflated(), chunk("iTXt")));
    found(Kind.METADATA, png(deflated(), chunk("eXIf")));
    found(Kind.METADATA, png(deflated(), chunk("iCCP")));
    found(Kind.TIME, png(deflated(), chunk("tIME", zeros(7))));
    found(Kind.UNKNOWN, png(deflated(), chunk("seCr")));
    found(Kind.HIDDEN, png(deflated(), chunk("gAMA", zeros(5))));
    found(Kind.HIDDEN, png(join(deflated(), text("secret"))));
    found(Kind.TRAILING, join(png(deflated()), text("secret")));
    found(Kind.MALFORMED, png(text("no zlib")));
  }

  private static byte[] riff(byte[]... chunks) {
    byte[] body = join(text("WEBP"), join(chunks));
    return join(text("RIFF"), little32(body.length), body);
  }

  private static byte[] riffChunk(String type, byte[] body) {
    return join(text(type), little32(body.length), body, zeros(body.length % 2));
  }

  @Test
  void aWebpHoldsPixelsOnly() {
    byte[] picture = riffChunk("VP8 ", zeros(11));
    clean(riff(picture));
    clean(riff(riffChunk("VP8X", join(hex("10"), zeros(9))), riffChunk("ALPH", zeros(3)), picture));
    found(Kind.METADATA, riff(picture, riffChunk("EXIF", text("MM"))));
    found(Kind.METADATA, riff(picture, riffChunk("XMP ", text("<x>"))));
    found(Kind.METADATA, riff(riffChunk("ICCP", zeros(4)), picture));
    found(Kind.METADATA, riff(riffChunk("VP8X", join(hex("08"), zeros(9))), picture));
    found(Kind.UNKNOWN, riff(picture, riffChunk("ANMF", zeros(4))));
    found(Kind.STREAM, riff(picture, picture));
    found(Kind.TRAILING, join(riff(picture), text("secret")));
    found(Kind.MALFORMED, Pieces.patched(riff(picture), "VP8 ", 4, little32(99)));
  }

  /** A big-endian file: one strip of six bytes, then the directory. */
  private static byte[] tiff(int next, byte[]... more) {
    byte[] entries =
        join(
            tag(256, 3, 1, u16(3), u16(0)),
            tag(273, 4, 1, u32(8)),
            tag(279, 4, 1, u32(6)),
            join(more));
    return join(text("MM\0*"), u32(14), PIXELS, u16(3 + more.length), entries, u32(next));
  }

  private static byte[] tag(int number, int type, int count, byte[]... value) {
    return join(u16(number), u16(type), u32(count), join(value));
  }

  @Test
  void aTiffHoldsPixelsOnly() {
    clean(tiff(0));
    found(Kind.METADATA, tiff(0, tag(305, 2, 4, text("Qx7\0"))));
    found(Kind.METADATA, tiff(0, tag(34853, 4, 1, u32(8))));
    found(Kind.METADATA, tiff(0, tag(34665, 4, 1, u32(8))));
    found(Kind.METADATA, tiff(0, tag(700, 1, 4, u32(8))));
    found(Kind.STREAM, tiff(14));
    found(Kind.HIDDEN, tiff(0, tag(274, 3, 1, u16(1), text("Qx"))));
    found(Kind.HIDDEN, Pieces.patched(tiff(0), "\u0001\u0017\0\u0004", 11, hex("02")));
    found(Kind.TRAILING, join(tiff(0), text("secret")));
    found(Kind.MALFORMED, tiff(0, tag(258, 3, 9, u32(0x7fffffff))));
  }

  @Test
  void somethingElseIsNoKnownFormat() {
    found(Kind.UNKNOWN, text("GIF89a and so on"));
    found(Kind.MALFORMED, zeros(0));
    found(Kind.MALFORMED, text("GI"));
  }
}
