package io.efface.audit;

import static io.efface.audit.Pieces.box;
import static io.efface.audit.Pieces.hex;
import static io.efface.audit.Pieces.join;
import static io.efface.audit.Pieces.patched;
import static io.efface.audit.Pieces.text;
import static io.efface.audit.Pieces.u32;
import static io.efface.audit.Pieces.unit;
import static io.efface.audit.Pieces.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import io.efface.audit.Finding.Kind;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule for MP4 by a film that breaks it. */
class Mp4WalkTest {
  @TempDir Path folder;

  @Test
  void aCleanFilmHasNoFindings() {
    assertThat(Pieces.check(folder, new TinyMp4().bytes())).isEmpty();
    assertThat(Pieces.check(folder, new TinyMp4().with("", box("free", zeros(20))).bytes()))
        .isEmpty();
  }

  private static Arguments leak(String what, Kind kind, String where, Consumer<TinyMp4> change) {
    return Arguments.of(what, kind, where, change);
  }

  static List<Arguments> leaks() {
    return List.of(
        leak("udta", Kind.METADATA, "moov/udta", f -> f.with("moov", box("udta", zeros(4)))),
        leak("udta of a track", Kind.METADATA, "trak 1/udta", f -> f.with("trak", box("udta"))),
        leak("meta", Kind.METADATA, "meta", f -> f.with("", box("meta", zeros(8)))),
        leak("uuid", Kind.METADATA, "uuid", f -> f.with("", box("uuid", zeros(16)))),
        leak("uuid inside", Kind.METADATA, "avc1/uuid", f -> f.with("entry", box("uuid"))),
        leak("a tag", Kind.METADATA, "moov/\u00a9xyz", f -> f.with("moov", box("\u00a9xyz"))),
        leak("chapters", Kind.METADATA, "trak 1/tref", f -> f.with("trak", box("tref"))),
        leak("chpl", Kind.METADATA, "moov/chpl", f -> f.with("moov", box("chpl"))),
        leak("a profile", Kind.METADATA, "colr", f -> f.with("entry", box("colr", text("prof")))),
        leak("a crop", Kind.METADATA, "clap", f -> f.with("entry", box("clap", zeros(32)))),
        leak("an unknown box", Kind.UNKNOWN, "moov/abcd", f -> f.with("moov", box("abcd"))),
        leak("a box elsewhere", Kind.UNKNOWN, "moov/stsz", f -> f.with("moov", box("stsz"))),
        leak("an unknown brand", Kind.UNKNOWN, "ftyp", f -> f.brand = "Qx7s"),
        leak("a time", Kind.TIME, "moov/mvhd", f -> f.created = 3_800_000_000L),
        leak("a handler's name", Kind.NAME, "hdlr", f -> f.handlerName = "Camera of Q\0"),
        leak("a compressor", Kind.NAME, "avc1", f -> f.compressor = "Qx7 encoder"),
        leak("a vendor", Kind.NAME, "avc1", f -> f.vendor = "Qx7s"),
        leak("text", Kind.STREAM, "hdlr", f -> f.handler = "text"),
        leak("data", Kind.STREAM, "hdlr", f -> f.handler = "meta"),
        leak("a cover", Kind.UNKNOWN, "stsd/jpeg", f -> f.entry = "jpeg"),
        leak("another file", Kind.METADATA, "dref", f -> f.dataReference = 0),
        leak("a full free box", Kind.HIDDEN, "free", f -> f.with("", box("free", text("Q")))),
        leak("a gap", Kind.HIDDEN, "mdat", f -> f.gap = text("secret")),
        leak("twice", Kind.HIDDEN, "stts", f -> f.with("stbl", box("stts", u32(0, 0)))),
        leak("more mdat", Kind.HIDDEN, "mdat", f -> f.with("", box("mdat", text("secret")))),
        leak("a late start", Kind.HIDDEN, "trak 1", f -> f.edits = u32(0, 1, 40, 40, 0x10000)),
        leak("an early end", Kind.HIDDEN, "trak 1", f -> f.edits = u32(0, 1, 30, 0, 0x10000)),
        leak("an empty edit", Kind.HIDDEN, "trak 1", f -> f.edits = u32(0, 1, 80, -1, 0x10000)),
        leak("a long table", Kind.HIDDEN, "stss", f -> f.with("stbl", box("stss", zeros(9)))),
        leak("a long header", Kind.HIDDEN, "avcC", f -> f.with("avcC", zeros(5))),
        leak("text behind", Kind.TRAILING, "byte", f -> f.with("", text("\nplanted words\n"))),
        leak("a box cut short", Kind.TRAILING, "byte", f -> f.with("", u32(99, 5))),
        leak("a name", Kind.USER_DATA, "trak 1", f -> f.samples.set(0, unit("0605022a2a80"))),
        leak("a bad unit", Kind.MALFORMED, "trak 1", f -> f.samples.set(0, hex("7fffffff41"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("leaks")
  void aLeakIsFoundWhereItIs(String what, Kind kind, String where, Consumer<TinyMp4> change) {
    TinyMp4 film = new TinyMp4();
    change.accept(film);
    assertThat(Pieces.check(folder, film.bytes()))
        .anySatisfy(
            finding -> {
              assertThat(finding.kind()).isEqualTo(kind);
              assertThat(finding.where()).contains(where);
            });
  }

  @Test
  void aWideSizeAndOneThatMeansTheRestAreUnderstood() {
    byte[] film = new TinyMp4().bytes();
    byte[] last = join(film, u32(0), text("free"), zeros(12));
    assertThat(Pieces.check(folder, last)).isEmpty();
    byte[] wide = join(film, u32(1), text("free"), u32(0, 20), zeros(4));
    assertThat(Pieces.check(folder, wide)).isEmpty();
    byte[] lie = join(film, u32(1), text("free"), u32(0x7fffffff, -1), zeros(4));
    assertThat(Pieces.check(folder, lie)).extracting(Finding::kind).containsOnly(Kind.TRAILING);
  }

  @Test
  void tablesThatContradictEachOtherAreFindings() {
    byte[] film = new TinyMp4().bytes();
    byte[] tooMany = patched(film, "stsz", 12, u32(1_000_000_000));
    byte[] beyond = patched(film, "stco", 12, u32(0x7fffffff));
    byte[] noChunk = patched(film, "stco", 8, u32(0));
    byte[] same = patched(film, "stsz", 8, u32(0xffffffffL));
    for (byte[] broken : List.of(tooMany, beyond, noChunk, same)) {
      assertThat(Pieces.check(folder, broken)).extracting(Finding::kind).contains(Kind.MALFORMED);
    }
  }

  @Test
  void aSecondVideoIsFound() {
    byte[] film = new TinyMp4().bytes();
    int at = Pieces.indexOf(film, text("trak")) - 4;
    int end = at + ByteBuffer.wrap(film).getInt(at);
    byte[] twin = Arrays.copyOfRange(film, at, end);
    assertThat(Pieces.check(folder, new TinyMp4().with("moov", twin).bytes()))
        .extracting(Finding::kind)
        .contains(Kind.STREAM);
  }

  /** Two frames as a fragment: the run names their sizes, the fragment's header the durations. */
  @Test
  void fragmentsAreFollowed() {
    byte[] first = unit("6588");
    byte[] second = unit("4199aa");
    TinyMp4 film = new TinyMp4();
    film.edits = u32(0, 1, 0, 0, 0x10000);
    byte[] head = film.bytes();
    assertThat(Pieces.check(folder, join(head, fragment(first, second, zeros(0))))).isEmpty();
    assertThat(Pieces.check(folder, join(head, fragment(first, second, text("secret")))))
        .extracting(Finding::kind)
        .containsOnly(Kind.HIDDEN);
    byte[] named = unit("0605022a2a80");
    assertThat(Pieces.check(folder, join(head, fragment(named, second, zeros(0)))))
        .extracting(Finding::kind)
        .containsOnly(Kind.USER_DATA);
  }

  private static byte[] fragment(byte[] first, byte[] second, byte[] gap) {
    byte[] empty = movieFragment(u32(0, 0, 0, 0, 0));
    byte[] run = u32(0x201, 2, empty.length + 8, first.length, second.length);
    return join(movieFragment(run), box("mdat", first, second, gap));
  }

  private static byte[] movieFragment(byte[] run) {
    return box(
        "moof",
        box("mfhd", u32(0, 1)),
        box("traf", box("tfhd", u32(0x20008, 1, 40)), box("trun", run)));
  }
}
