package io.efface.audit;

import static io.efface.audit.Pieces.hex;
import static io.efface.audit.Pieces.join;
import static io.efface.audit.Pieces.little32;
import static io.efface.audit.Pieces.text;
import static io.efface.audit.Pieces.u16;
import static io.efface.audit.Pieces.u32;
import static io.efface.audit.Pieces.zeros;
import static io.efface.audit.TinyStills.PIXELS;
import static io.efface.audit.TinyStills.chunk;
import static io.efface.audit.TinyStills.deflated;
import static io.efface.audit.TinyStills.jfif;
import static io.efface.audit.TinyStills.jpeg;
import static io.efface.audit.TinyStills.png;
import static io.efface.audit.TinyStills.riff;
import static io.efface.audit.TinyStills.riffChunk;
import static io.efface.audit.TinyStills.segment;
import static io.efface.audit.TinyStills.tag;
import static io.efface.audit.TinyStills.tiff;
import static io.efface.audit.TinyStills.tiffOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.efface.audit.Finding.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every rule for stills by a picture that breaks it. */
class StillWalksTest {
  @TempDir Path folder;

  private void clean(byte[] picture) {
    assertThat(Pieces.check(folder, picture)).isEmpty();
  }

  private void found(Kind kind, byte[] picture) {
    assertThat(Pieces.check(folder, picture)).extracting(Finding::kind).containsExactly(kind);
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

  @Test
  void aPngHoldsPixelsOnly() {
    byte[] pixels = deflated(PIXELS);
    clean(png(pixels, chunk("pHYs", zeros(9)), chunk("gAMA", zeros(4))));
    found(Kind.METADATA, png(pixels, chunk("tEXt", text("Comment\0words"))));
    found(Kind.METADATA, png(pixels, chunk("zTXt")));
    found(Kind.METADATA, png(pixels, chunk("iTXt")));
    found(Kind.METADATA, png(pixels, chunk("eXIf")));
    found(Kind.METADATA, png(pixels, chunk("iCCP")));
    found(Kind.TIME, png(pixels, chunk("tIME", zeros(7))));
    found(Kind.UNKNOWN, png(pixels, chunk("seCr")));
    found(Kind.HIDDEN, png(pixels, chunk("gAMA", zeros(5))));
    found(Kind.HIDDEN, png(join(pixels, text("secret"))));
    found(Kind.TRAILING, join(png(pixels), text("secret")));
    found(Kind.MALFORMED, png(text("no zlib")));
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

  @Test
  void aTiffHoldsPixelsOnly() {
    clean(tiff());
    found(Kind.METADATA, tiff(tag(305, 2, 4, text("Qx7\0"))));
    found(Kind.METADATA, tiff(tag(34853, 4, 1, u32(8))));
    found(Kind.METADATA, tiff(tag(34665, 4, 1, u32(8))));
    found(Kind.METADATA, tiff(tag(700, 1, 4, u32(8))));
    byte[] strip = tag(273, 4, 1, u32(8));
    found(
        Kind.STREAM,
        tiffOf(14, PIXELS, strip, tag(279, 4, 1, u32(6)), tag(256, 6), tag(257, 1), tag(258, 8)));
    found(Kind.HIDDEN, tiff(tag(274, 3, 1, u16(1), text("Qx"))));
    found(Kind.HIDDEN, Pieces.patched(tiff(), "\u0001\u0017\0\u0004", 11, hex("02")));
    found(Kind.TRAILING, join(tiff(), text("secret")));
    found(Kind.MALFORMED, tiff(tag(338, 3, 3, u32(0x7fffffff))));
  }

  @Test
  void somethingElseIsNoKnownFormat() {
    found(Kind.UNKNOWN, text("GIF89a and so on"));
    found(Kind.MALFORMED, zeros(0));
    found(Kind.MALFORMED, text("GI"));
  }
}
