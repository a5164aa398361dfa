package io.efface.audit;

import static io.efface.audit.Pieces.element;
import static io.efface.audit.Pieces.hex;
import static io.efface.audit.Pieces.join;
import static io.efface.audit.Pieces.text;
import static io.efface.audit.Pieces.unit;
import static io.efface.audit.Pieces.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import io.efface.audit.Finding.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule for Matroska by a film that breaks it. */
class MatroskaWalkTest {
  @TempDir Path folder;

  @Test
  void aCleanFilmHasNoFindings() {
    TinyMatroska film = new TinyMatroska();
    film.with("Segment", element("EC", zeros(9))).with("Info", element("BF", zeros(4)));
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
        leak("no track's", Kind.HIDDEN, f -> f.first = join(hex("82 0000 80"), unit("6588"))),
        leak("before zero", Kind.HIDDEN, f -> f.first = join(hex("81 ffd8 80"), unit("6588"))),
        leak("invisible", Kind.HIDDEN, f -> f.first = join(hex("81 0000 88"), unit("6588"))),
        leak("laced", Kind.UNKNOWN, f -> f.first = join(hex("81 0000 82"), unit("6588"))),
        leak(
            "a name",
            Kind.USER_DATA,
            f -> f.first = join(hex("81 0000 80"), unit("0605022a2a80"), unit("6588"))));
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
  void aSecondVideoIsFound() {
    byte[] more = element("AE", element("D7", hex("02")), element("83", hex("01")));
    assertThat(Pieces.check(folder, new TinyMatroska().with("Tracks", more).bytes()))
        .extracting(Finding::sentence)
        .contains("more than one video");
  }
}
