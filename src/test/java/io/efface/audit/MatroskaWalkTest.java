package io.efface.audit;

import static io.efface.audit.Pieces.element;
import static io.efface.audit.Pieces.hex;
import static io.efface.audit.Pieces.indexOf;
import static io.efface.audit.Pieces.join;
import static io.efface.audit.Pieces.text;
import static io.efface.audit.Pieces.u32;
import static io.efface.audit.Pieces.unit;
import static io.efface.audit.Pieces.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import io.efface.audit.Finding.Kind;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule for Matroska by a film that breaks it. */
class MatroskaWalkTest {
  private static final byte[] SEEK =
      element("4DBB", element("53AB", hex("1654AE6B")), element("53AC", hex("10")));

  @TempDir Path folder;

  @Test
  void aCleanFilmHasNoFindings() {
    TinyMatroska film = new TinyMatroska();
    film.with("Segment", element("EC", zeros(9))).with("Info", element("BF", zeros(4)));
    byte[] cues = element("1C53BB6B", cue(film, 0, "01", 0, 10), cue(film, 40, "01", 0, 30));
    film.with("Segment", element("EC")).with("Segment", cues);
    film.with("Segment", element("114D9B74", SEEK, SEEK));
    assertThat(Pieces.check(folder, film.bytes())).isEmpty();
  }

  private static Arguments leak(String what, Kind kind, Consumer<TinyMatroska> change) {
    return Arguments.of(what, kind, change);
  }

  static List<Arguments> leaks() {
    return List.of(
        leak("tags", Kind.METADATA, f -> f.with("Segment", element("1254C367"))),
        leak("chapters", Kind.METADATA, f -> f.with("Segment", element("1043A770"))),
        leak("files", Kind.METADATA, f -> f.with("Segment", element("1941A469"))),
        leak("a title", Kind.NAME, f -> f.with("Info", element("7BA9", text("Q")))),
        leak("a date", Kind.TIME, f -> f.with("Info", element("4461", zeros(8)))),
        leak("a UID", Kind.METADATA, f -> f.with("Info", element("73A4", zeros(16)))),
        leak("a file's name", Kind.NAME, f -> f.with("Info", element("7384", text("Q")))),
        leak("a muxer", Kind.NAME, f -> f.muxer = "Lavf62"),
        leak("a track's name", Kind.NAME, f -> f.with("TrackEntry", element("536E", text("Q")))),
        leak("a codec's name", Kind.NAME, f -> f.with("TrackEntry", element("258688"))),
        leak("compression", Kind.METADATA, f -> f.with("TrackEntry", element("6D80"))),
        leak("a crop", Kind.METADATA, f -> f.with("Video", element("54AA", hex("08")))),
        leak("a random UID", Kind.METADATA, f -> f.trackUid = "1122334455667788"),
        leak("subtitles", Kind.STREAM, f -> f.trackType = "11"),
        leak("a picture", Kind.UNKNOWN, f -> f.codec = "V_MJPEG"),
        leak("no header", Kind.MALFORMED, f -> f.header = zeros(0)),
        leak("a header twice", Kind.HIDDEN, f -> twice(f, "TrackEntry", "63A2", text("secret"))),
        leak("a coding twice", Kind.HIDDEN, f -> twice(f, "TrackEntry", "86", text("A_AAC"))),
        leak("a number twice", Kind.HIDDEN, f -> twice(f, "Info", "4489", zeros(8))),
        leak("a sum twice", Kind.HIDDEN, f -> twice(f, "Info", "BF", zeros(4))),
        leak("a block twice", Kind.HIDDEN, f -> twice(f, "BlockGroup", "A1", hex("81002800"))),
        leak("no frame", Kind.HIDDEN, f -> f.with("Segment", element("1F43B675"))),
        leak("no frame in a group", Kind.HIDDEN, f -> f.with("Cluster", element("A0"))),
        leak("a cue twice", Kind.HIDDEN, f -> cues(f, first(f), first(f))),
        leak("a cue of another time", Kind.HIDDEN, f -> cues(f, cue(f, 1, "01", 0, 10))),
        leak("a cue of another track", Kind.HIDDEN, f -> cues(f, cue(f, 0, "02", 0, 10))),
        leak("a cue of no cluster", Kind.HIDDEN, f -> cues(f, cue(f, 0, "01", 1, 10))),
        leak("a cue far away", Kind.HIDDEN, f -> cues(f, cue(f, 0, "01", 1 << 30, 10))),
        leak("a cue of no block", Kind.HIDDEN, f -> cues(f, cue(f, 0, "01", 0, 11))),
        leak("cues back", Kind.HIDDEN, f -> cues(f, cue(f, 40, "01", 0, 30), first(f))),
        leak("a cue's length", Kind.UNKNOWN, f -> cues(f, more(f, "B2"))),
        leak("a cue's number", Kind.UNKNOWN, f -> cues(f, more(f, "5378"))),
        leak("many seeks", Kind.HIDDEN, f -> f.with("Segment", many("114D9B74", 17, SEEK))),
        leak("a track's number twice", Kind.MALFORMED, f -> f.with("Tracks", sound())),
        leak("a hidden track", Kind.HIDDEN, f -> f.with("TrackEntry", element("B9", hex("00")))),
        leak("data beside", Kind.METADATA, f -> f.with("BlockGroup", element("75A1"))),
        leak("a full void", Kind.HIDDEN, f -> f.with("Cluster", element("EC", text("Q")))),
        leak("a long sum", Kind.HIDDEN, f -> f.with("Info", element("BF", zeros(5)))),
        leak("a long number", Kind.HIDDEN, f -> f.with("Info", element("4489", zeros(9)))),
        leak("an unknown", Kind.UNKNOWN, f -> f.with("Cluster", element("4D4D", text("Q")))),
        leak("one elsewhere", Kind.UNKNOWN, f -> f.with("Cluster", element("AE"))),
        leak("a document", Kind.UNKNOWN, f -> f.docType = "secrets"),
        leak("text behind", Kind.TRAILING, f -> f.with("file", text("secret"))),
        leak("a void behind", Kind.TRAILING, f -> f.with("file", element("EC"))),
        leak("no track's", Kind.HIDDEN, f -> f.first = join(hex("82 0000 80"), unit("658884"))),
        leak("before zero", Kind.HIDDEN, f -> f.first = join(hex("81 ffd8 80"), unit("658884"))),
        leak("invisible", Kind.HIDDEN, f -> f.first = join(hex("81 0000 88"), unit("658884"))),
        leak("laced", Kind.UNKNOWN, f -> f.first = join(hex("81 0000 82"), unit("658884"))),
        leak(
            "a name",
            Kind.USER_DATA,
            f -> f.first = join(hex("81 0000 80"), unit("0605022a2a80"), unit("658884"))));
  }

  private static void cues(TinyMatroska film, byte[]... points) {
    film.with("Segment", element("1C53BB6B", points));
  }

  /** Of the first frame. */
  private static byte[] first(TinyMatroska film) {
    return cue(film, 0, "01", 0, 10);
  }

  /** The same with one more field. */
  private static byte[] more(TinyMatroska film, String id) {
    return element("BB", element("B3", hex("00")), position(film, "01", 0, 10, element(id)));
  }

  /** An entry of the index, beside the cluster by so many bytes and so many into it. */
  private static byte[] cue(TinyMatroska film, int time, String track, int beside, int block) {
    return element("BB", element("B3", u32(time)), position(film, track, beside, block, zeros(0)));
  }

  private static byte[] position(
      TinyMatroska film, String track, int beside, int block, byte[] more) {
    byte[] bytes = film.bytes();
    int segment = indexOf(bytes, hex("18538067")) + 12;
    int cluster = indexOf(bytes, hex("1F43B675")) - segment + beside;
    return element(
        "B7",
        element("F7", hex(track)),
        element("F1", u32(cluster)),
        element("F0", u32(block)),
        more);
  }

  private static void twice(TinyMatroska film, String parent, String id, byte[] body) {
    film.with(parent, join(element(id, body), element(id, body)));
  }

  private static byte[] many(String id, int count, byte[] child) {
    return element(id, Collections.nCopies(count, child).toArray(new byte[0][]));
  }

  /** A second track with the number of the first. */
  private static byte[] sound() {
    return element(
        "AE",
        element("D7", hex("01")),
        element("83", hex("02")),
        element("86", text("A_PCM/INT/LIT")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("leaks")
  void aLeakIsFound(String what, Kind kind, Consumer<TinyMatroska> change) {
    TinyMatroska film = new TinyMatroska();
    change.accept(film);
    assertThat(Pieces.check(folder, film.bytes())).extracting(Finding::kind).contains(kind);
  }

  /** As live streams have them: the size of segment and cluster is all ones. */
  @Test
  void openEndsAreFollowed() {
    byte[] film = new TinyMatroska().bytes();
    byte[] open = Pieces.patched(film, "\u0018S\u0080g", 4, hex("01ffffffffffffff"));
    open = Pieces.patched(open, "\u001fC\u00b6u", 4, hex("01ffffffffffffff"));
    assertThat(Pieces.check(folder, open)).isEmpty();
    assertThat(Pieces.check(folder, join(open, element("1254C367"))))
        .extracting(Finding::kind)
        .containsExactly(Kind.METADATA);
  }

  @Test
  void lacedSoundIsFoundWhereItsPacketsAreLookedInto() {
    TinyMatroska film = new TinyMatroska();
    film.trackType = "02";
    film.codec = "A_AAC";
    film.header = hex("1210");
    film.first = hex("81 0000 80 2100");
    assertThat(Pieces.check(folder, film.bytes())).isEmpty();
    film.first = hex("81 0000 82 01 02 2100 2100");
    assertThat(Pieces.check(folder, film.bytes()))
        .extracting(Finding::kind)
        .containsExactly(Kind.UNKNOWN);
    film.codec = "A_PCM/INT/LIT";
    film.header = zeros(0);
    assertThat(Pieces.check(folder, film.bytes())).isEmpty();
  }

  /** Five seconds are 5000 of the usual ticks, and many more of a finer clock. */
  @ParameterizedTest
  @CsvSource({"0f4240, 1000, 0", "0f4240, 1400, 1", "03e8, 1400, 0", "03e8, 500000, 1"})
  void aClockThatStartsLateIsFound(String scale, String time, int findings) {
    TinyMatroska film = new TinyMatroska();
    film.scale = scale;
    film.time = time;
    assertThat(Pieces.check(folder, film.bytes()))
        .filteredOn(finding -> finding.kind() == Kind.TIME)
        .hasSize(findings);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A_MPEG/L3",
        "A_MPEG/L2",
        "A_MS/ACM",
        "A_TTA1",
        "A_WAVPACK4",
        "A_AC3",
        "A_EAC3",
        "A_DTS",
        "A_TRUEHD",
        "A_VORBIS"
      })
  void soundWithRoomForNamesIsFound(String codec) {
    TinyMatroska film = new TinyMatroska();
    film.trackType = "02";
    film.codec = codec;
    film.header = zeros(0);
    assertThat(Pieces.check(folder, film.bytes())).extracting(Finding::kind).contains(Kind.UNKNOWN);
  }

  @Test
  void aHeaderOfTheFileThatStandsThereTwiceIsFound() {
    byte[] film = join(element("1A45DFA3"), new TinyMatroska().bytes());
    assertThat(Pieces.check(folder, film)).extracting(Finding::kind).containsExactly(Kind.HIDDEN);
  }

  @Test
  void aSecondVideoIsFound() {
    byte[] more = element("AE", element("D7", hex("02")), element("83", hex("01")));
    assertThat(Pieces.check(folder, new TinyMatroska().with("Tracks", more).bytes()))
        .extracting(Finding::sentence)
        .contains("more than one video");
  }
}
