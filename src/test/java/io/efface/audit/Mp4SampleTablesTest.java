package io.efface.audit;

import static io.efface.audit.Pieces.box;
import static io.efface.audit.Pieces.hex;
import static io.efface.audit.Pieces.join;
import static io.efface.audit.Pieces.text;
import static io.efface.audit.Pieces.u16;
import static io.efface.audit.Pieces.u32;
import static io.efface.audit.Pieces.unit;
import static io.efface.audit.Pieces.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import io.efface.audit.Finding.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables that say something of each of two samples, and such as say more. */
class Mp4SampleTablesTest {
  /** One group: its samples are started from one before. */
  private static final byte[] GROUP = join(u32(1 << 24), text("roll"), u32(2, 1), u16(-1));

  @TempDir Path folder;

  @Test
  void tablesOfTheRightLengthAreLeftAlone() {
    TinyMp4 film = new TinyMp4();
    film.with("stbl", box("sdtp", u32(0), hex("2018")))
        .with("stbl", box("stss", u32(0, 1, 1)))
        .with("stbl", box("ctts", u32(0, 2, 1, 0, 1, 0)))
        .with("stbl", box("sgpd", GROUP))
        .with("stbl", members(1, 2, 1));
    assertThat(Pieces.check(folder, film.bytes())).isEmpty();
  }

  /** As the packets of Opus have it, whose distances differ: a group for each. */
  @Test
  void aGroupForEachSampleIsLeftAlone() {
    TinyMp4 film = new TinyMp4();
    film.with("stbl", box("sgpd", u32(1 << 24), text("roll"), u32(2, 2), u16(-4), u16(-32)))
        .with("stbl", members(2, 1, 1, 1, 2));
    assertThat(Pieces.check(folder, film.bytes())).isEmpty();
  }

  private static byte[] members(long... pairs) {
    return box("sbgp", u32(0), text("roll"), u32(pairs));
  }

  private static Arguments surplus(String what, Kind kind, String type, byte[] boxes) {
    return Arguments.of(what, kind, type, boxes);
  }

  static List<Arguments> surpluses() {
    byte[] group = box("sgpd", GROUP);
    byte[] version = join(u32(1 << 24), text("roll"));
    byte[] many = box("sgpd", version, u32(2, 17), zeros(34));
    return List.of(
        surplus("long", Kind.HIDDEN, "sdtp", box("sdtp", u32(0), hex("2018"), text("secret"))),
        surplus("short", Kind.MALFORMED, "sdtp", box("sdtp", u32(0), hex("20"))),
        surplus("text", Kind.HIDDEN, "sdtp", box("sdtp", u32(0), text("Qx"))),
        surplus("text", Kind.MALFORMED, "sgpd", box("sgpd", version, u32(2, 1), text("Qx"))),
        surplus("long", Kind.HIDDEN, "sgpd", box("sgpd", GROUP, text("secret"))),
        surplus("long groups", Kind.MALFORMED, "sgpd", box("sgpd", version, u32(8, 1), zeros(8))),
        surplus("many groups", Kind.HIDDEN, "sgpd", many),
        surplus("twice", Kind.HIDDEN, "sgpd", join(group, group)),
        surplus("more samples", Kind.MALFORMED, "sbgp", members(1, 3, 1)),
        surplus("no samples", Kind.MALFORMED, "sbgp", members(2, 2, 1, 0, 0x51783773)),
        surplus("another group", Kind.MALFORMED, "sbgp", members(1, 2, 0x51783773)),
        surplus("twice", Kind.HIDDEN, "sbgp", join(members(1, 2, 1), members(1, 2, 1))),
        surplus("more samples", Kind.MALFORMED, "ctts", box("ctts", u32(0, 2, 2, 0, 1, 5))),
        surplus("no order", Kind.MALFORMED, "stss", box("stss", u32(0, 2, 2, 1))),
        surplus("no such sample", Kind.MALFORMED, "stss", box("stss", u32(0, 1, 3))));
  }

  @ParameterizedTest(name = "{0} in {2}")
  @MethodSource("surpluses")
  void whatNoSampleHasIsFound(String what, Kind kind, String type, byte[] boxes) {
    assertFound(new TinyMp4().with("stbl", boxes), kind, type);
  }

  private void assertFound(TinyMp4 film, Kind kind, String where) {
    Pieces.assertFound(folder, film.bytes(), kind, where);
  }

  @Test
  void durationsAreThoseOfTheSamples() {
    for (byte[] wrong :
        List.of(u32(0, 1, 1, 40), u32(0, 2, 2, 40, 7, 40), u32(0, 2, 2, 40, 0, 0x51783773))) {
      TinyMp4 film = new TinyMp4();
      film.durations = wrong;
      assertFound(film, Kind.MALFORMED, "stts");
    }
  }

  @Test
  void chunksAreThoseOfTheSamples() {
    TinyMp4 film = new TinyMp4();
    film.chunks = u32(0, 2, 1, 2, 1, 9, 2, 1);
    assertFound(film, Kind.MALFORMED, "stbl");
    film.chunks = u32(0, 1, 1, 2, 0x51783773);
    assertFound(film, Kind.MALFORMED, "stbl");
    TinyMp4 both = new TinyMp4().with("stbl", box("co64", u32(0, 1, 0, 32)));
    assertFound(both, Kind.MALFORMED, "stbl");
  }

  @Test
  void aFragmentsTablesAreHeldAgainstItsRuns() {
    TinyMp4 film = new TinyMp4();
    film.edits = u32(0, 1, 0, 0, 0x10000);
    byte[] right = join(film.bytes(), fragment(box("sdtp", u32(0), hex("20"))));
    assertThat(Pieces.check(folder, right)).isEmpty();
    byte[] surplus = join(film.bytes(), fragment(box("sdtp", u32(0), hex("2020"))));
    assertThat(Pieces.check(folder, surplus))
        .extracting(Finding::kind)
        .containsExactly(Kind.HIDDEN);
  }

  /** One sample. */
  private static byte[] fragment(byte[] table) {
    byte[] sample = unit("658884");
    int offset = movieFragment(0, sample, table).length + 8;
    return join(movieFragment(offset, sample, table), box("mdat", sample));
  }

  private static byte[] movieFragment(int offset, byte[] sample, byte[] table) {
    byte[] run = box("trun", u32(0x201, 1, offset, sample.length));
    return box(
        "moof", box("mfhd", u32(0, 1)), box("traf", box("tfhd", u32(0x20008, 1, 40)), run, table));
  }
}
