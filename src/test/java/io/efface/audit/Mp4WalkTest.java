package io.efface.audit;

import static io.efface.audit.Pieces.box;
import static io.efface.audit.Pieces.hex;
import static io.efface.audit.Pieces.join;
import static io.efface.audit.Pieces.patched;
import static io.efface.audit.Pieces.text;
import static io.efface.audit.Pieces.u16;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule for MP4 by a film that breaks it. */
class Mp4WalkTest {
  /** What ends an esds: the header of AAC, and how packets are joined. */
  private static final byte[] AAC = hex("0502 1210 0601 02");

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
        leak("a late clock", Kind.TIME, "moov", f -> f.edits = late(6000)),
        leak("a long table", Kind.HIDDEN, "stss", f -> f.with("stbl", box("stss", zeros(9)))),
        leak("a long header", Kind.HIDDEN, "avcC", f -> f.with("avcC", zeros(5))),
        leak("a child twice", Kind.HIDDEN, "pasp", f -> twice(f, "entry", "pasp", u32(1, 1))),
        leak("no configuration", Kind.MALFORMED, "avc1", f -> f.configuration = ""),
        leak("another's", Kind.UNKNOWN, "hvcC", f -> f.with("entry", box("hvcC", zeros(23)))),
        leak("no esds", Kind.MALFORMED, "mp4a", f -> sound(f, "mp4a")),
        leak("MPEG audio", Kind.UNKNOWN, ".mp3", f -> sound(f, ".mp3")),
        leak("MPEG audio in mp4a", Kind.UNKNOWN, "esds", f -> sound(f, "mp4a", esds(0x6b))),
        leak("a long pcmC", Kind.HIDDEN, "pcmC", f -> sound(f, "ipcm", box("pcmC", zeros(7)))),
        leak("auxiliary data", Kind.UNKNOWN, "ec-3", f -> sound(f, "ec-3")),
        leak("many channels", Kind.MALFORMED, "chan", f -> sound(f, "sowt", channels(200, ""))),
        leak("places", Kind.HIDDEN, "chan", f -> sound(f, "sowt", channels(1, "PlacesOfChannel"))),
        leak("defaults twice", Kind.HIDDEN, "trex", f -> f.with("moov", defaults(1, 1))),
        leak("defaults of none", Kind.HIDDEN, "trex", f -> f.with("moov", defaults(1, 7))),
        leak("an index", Kind.HIDDEN, "sidx", f -> f.with("", box("sidx", zeros(24)))),
        leak("text behind", Kind.TRAILING, "byte", f -> f.with("", text("\nplanted words\n"))),
        leak("a box cut short", Kind.TRAILING, "byte", f -> f.with("", u32(99, 5))),
        leak("a name", Kind.USER_DATA, "trak 1", f -> f.samples.set(0, unit("0605022a2a80"))),
        leak("a bad unit", Kind.MALFORMED, "trak 1", f -> f.samples.set(0, hex("7fffffff41"))));
  }

  /** An edit list that shows nothing at first. */
  private static byte[] late(long milliseconds) {
    return u32(0, 2, milliseconds, -1, 0x10000, 80, 0, 0x10000);
  }

  private static byte[] esds(int coding) {
    byte[] stream = join(hex("0315000100 040d"), new byte[] {(byte) coding, 0x15}, zeros(11));
    return box("esds", u32(0), stream, hex("060102"));
  }

  @Test
  void aStartWithinSecondsIsAnyFilms() {
    TinyMp4 film = new TinyMp4();
    film.edits = late(4000);
    assertThat(Pieces.check(folder, film.bytes())).isEmpty();
  }

  @Test
  void fragmentsWhoseClockTellsTheTimeOfDayAreFound() {
    TinyMp4 film = new TinyMp4();
    film.edits = u32(0, 1, 0, 0, 0x10000);
    byte[] times = box("tfdt", u32(1L << 24, 400, 0));
    byte[] run = u32(0x201, 0, 0);
    byte[] fragment =
        box(
            "moof",
            box("mfhd", u32(0, 1)),
            box("traf", box("tfhd", u32(0x20008, 1, 40)), times, box("trun", run)));
    assertThat(Pieces.check(folder, join(film.bytes(), fragment)))
        .extracting(Finding::kind)
        .contains(Kind.TIME);
  }

  private static void twice(TinyMp4 film, String parent, String type, byte[] body) {
    film.with(parent, join(box(type, body), box(type, body)));
  }

  /** Makes the film one of sound. */
  private static void sound(TinyMp4 film, String coding, byte[]... children) {
    byte[] fields = join(zeros(6), u16(1), zeros(8), u16(2), u16(16), u32(0, 0xbb800000L));
    film.handler = "soun";
    film.description = box(coding, fields, join(children));
  }

  /** Descriptions of channels, the first with some text where its place belongs. */
  private static byte[] channels(int count, String place) {
    byte[] places = zeros(20 * count);
    System.arraycopy(text(place), 0, places, 4, place.length());
    return box("chan", u32(0, 0, 0, count), places);
  }

  private static byte[] defaults(int first, int second) {
    return box(
        "mvex", box("trex", u32(0, first, 1, 0, 0, 0)), box("trex", u32(0, second, 1, 0, 0, 0)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("leaks")
  void aLeakIsFoundWhereItIs(String what, Kind kind, String where, Consumer<TinyMp4> change) {
    TinyMp4 film = new TinyMp4();
    change.accept(film);
    Pieces.assertFound(folder, film.bytes(), kind, where);
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

  @ParameterizedTest
  @ValueSource(strings = {"mvhd", "mdhd"})
  void withoutTicksASecondAnEditListCannotBeJudged(String header) {
    byte[] broken = patched(new TinyMp4().bytes(), header, 16, u32(0));
    assertThat(Pieces.check(folder, broken)).extracting(Finding::kind).contains(Kind.MALFORMED);
    byte[] lacking = patched(new TinyMp4().bytes(), header, 0, text("free"));
    assertThat(Pieces.check(folder, lacking)).extracting(Finding::kind).contains(Kind.MALFORMED);
  }

  @Test
  void aTrackOfNoKindIsFound() {
    byte[] lacking = patched(new TinyMp4().bytes(), "hdlr", 0, text("free"));
    assertThat(Pieces.check(folder, lacking))
        .extracting(Finding::where)
        .anyMatch(where -> where.endsWith("mdia/hdlr"));
  }

  /** Ticks of the movie that are long must not make room for frames behind the end. */
  @Test
  void aFrameIsHiddenByNoRounding() {
    TinyMp4 film = new TinyMp4();
    film.durations = u32(0, 1, 2, 1500);
    film.edits = u32(0, 1, 1, 0, 0x10000);
    assertThat(Pieces.check(folder, patched(film.bytes(), "mvhd", 16, u32(1))))
        .extracting(Finding::kind)
        .containsExactly(Kind.HIDDEN);
  }

  @Test
  void framesOfOneSizeAreShownOrHiddenOneByOne() {
    TinyMp4 film = new TinyMp4();
    film.oneSize = true;
    assertThat(Pieces.check(folder, film.bytes())).isEmpty();
    film.edits = u32(0, 1, 40, 40, 0x10000);
    assertThat(Pieces.check(folder, film.bytes()))
        .extracting(Finding::kind)
        .containsExactly(Kind.HIDDEN);
  }

  /** A last unit of AV1 without a length takes all that is left. */
  @Test
  void framesOfOneSizeAreLookedIntoOneByOne() {
    TinyMp4 film = new TinyMp4();
    film.entry = "av01";
    film.configuration = "av1C";
    film.configured = hex("81000c00");
    film.oneSize = true;
    film.samples.set(0, hex("30aaaaaa"));
    film.samples.set(1, hex("2a0204b5"));
    assertThat(Pieces.check(folder, film.bytes()))
        .extracting(Finding::kind)
        .containsExactly(Kind.USER_DATA);
  }

  @Test
  void packetsOfOneSizeAreLookedIntoOneByOne() {
    TinyMp4 film = new TinyMp4();
    sound(film, "mp4a", box("esds", u32(0), hex("0319000100 0411 4015"), zeros(11), AAC));
    film.oneSize = true;
    film.samples.set(0, hex("210000000000000000"));
    film.samples.set(1, hex("8105 4c61766335 2100"));
    assertThat(Pieces.check(folder, film.bytes()))
        .extracting(Finding::kind)
        .containsExactly(Kind.USER_DATA);
  }

  @Test
  void aSecondDescriptionIsFound() {
    TinyMp4 film = new TinyMp4();
    film.description = join(film.entry(), film.entry());
    assertThat(Pieces.check(folder, patched(film.bytes(), "stsd", 8, u32(2))))
        .extracting(Finding::kind)
        .containsExactly(Kind.UNKNOWN);
  }

  @Test
  void aSecondVideoIsFound() {
    byte[] film = new TinyMp4().bytes();
    int at = Pieces.indexOf(film, text("trak")) - 4;
    int end = at + ByteBuffer.wrap(film).getInt(at);
    byte[] twin = Arrays.copyOfRange(film, at, end);
    List<Finding> found = Pieces.check(folder, new TinyMp4().with("moov", twin).bytes());
    assertThat(found).extracting(Finding::kind).contains(Kind.STREAM);
    assertThat(found)
        .as("one number for both")
        .extracting(Finding::where)
        .anyMatch(where -> where.endsWith("trak 2/tkhd"));
  }

  /** Two frames as a fragment: the run names their sizes, the fragment's header the durations. */
  @Test
  void fragmentsAreFollowed() {
    byte[] first = unit("658884");
    byte[] second = unit("419a3f");
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
