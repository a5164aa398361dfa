package io.efface.audit;

import static io.efface.audit.Pieces.box;
import static io.efface.audit.Pieces.hex;
import static io.efface.audit.Pieces.join;
import static io.efface.audit.Pieces.text;
import static io.efface.audit.Pieces.u16;
import static io.efface.audit.Pieces.u32;
import static io.efface.audit.Pieces.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import io.efface.audit.Finding.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in the headers of sound other than AAC, and in the packets of Opus. */
class SoundHeadersTest {
  private static final byte[] OPUS = join(text("OpusHead"), hex("01 02 3801 80bb0000 0000 00"));
  private static final byte[] INFO = join(text("fLaC"), hex("80000022"), zeros(34));

  /** A packet of one frame, behind the head of its block. */
  private static final byte[] FRAME = hex("81 0000 80 78aabb");

  @TempDir Path folder;

  private List<Kind> matroska(String codec, byte[] header, byte[] block) {
    TinyMatroska film = new TinyMatroska();
    film.trackType = "02";
    film.codec = codec;
    film.header = header;
    film.first = block;
    return kinds(film.bytes());
  }

  private List<Kind> matroska(String codec, byte[] header) {
    return matroska(codec, header, FRAME);
  }

  private List<Kind> kinds(byte[] film) {
    return Pieces.check(folder, film).stream().map(Finding::kind).toList();
  }

  private List<Kind> mp4(String entry, byte[]... boxes) {
    TinyMp4 film = new TinyMp4();
    film.handler = "soun";
    film.samples.clear();
    film.samples.add(hex("78aabb"));
    film.samples.add(hex("7b4102aa0000"));
    film.description =
        box(
            entry,
            zeros(6),
            u16(1),
            zeros(8),
            u16(2),
            u16(16),
            zeros(4),
            u32(48000L << 16),
            join(boxes));
    return kinds(film.bytes());
  }

  @Test
  void soundsOwnHeadersAreLeftAlone() {
    assertThat(matroska("A_OPUS", OPUS)).isEmpty();
    assertThat(matroska("A_FLAC", INFO)).isEmpty();
    assertThat(matroska("A_ALAC", zeros(24))).isEmpty();
    assertThat(matroska("A_PCM/INT/LIT", zeros(0))).isEmpty();
    assertThat(mp4("Opus", box("dOps", hex("00 02 0138 0000bb80 0000 00")))).isEmpty();
    assertThat(mp4("fLaC", box("dfLa", zeros(4), hex("80000022"), zeros(34)))).isEmpty();
    assertThat(mp4("alac", box("alac", zeros(28)))).isEmpty();
    assertThat(mp4("twos")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"A_PCM/INT/LIT", "A_PCM/INT/BIG", "A_PCM/FLOAT/IEEE"})
  void aHeaderOfSoundThatNeedsNoneIsFound(String codec) {
    assertThat(matroska(codec, text("x"))).containsExactly(Kind.UNKNOWN);
  }

  @Test
  void picturesOfVp8AndVp9NeedNoneEither() {
    // The film's pictures are none of these codings, which is found as well.
    List<Kind> vp8 = matroska("V_VP8", zeros(0));
    assertThat(matroska("V_VP8", text("x"))).hasSize(vp8.size() + 1).contains(Kind.UNKNOWN);
    List<Kind> vp9 = matroska("V_VP9", zeros(0));
    assertThat(matroska("V_VP9", hex("010100 02010a 030108 040101"))).isEqualTo(vp9);
    for (byte[] header : List.of(hex("010100 0104 4a616e65"), text("Jane"))) {
      assertThat(matroska("V_VP9", header)).hasSize(vp9.size() + 1).contains(Kind.MALFORMED);
    }
  }

  @Test
  void whatHangsOnAHeaderIsFound() {
    assertThat(matroska("A_OPUS", join(OPUS, text("x")))).isNotEmpty();
    assertThat(matroska("A_FLAC", join(INFO, text("x")))).containsExactly(Kind.METADATA);
    assertThat(matroska("A_FLAC", join(INFO, hex("80000022"), zeros(34))))
        .containsExactly(Kind.METADATA);
    assertThat(matroska("A_ALAC", zeros(25))).isNotEmpty();
    assertThat(mp4("Opus", box("dOps", hex("00 02 0138 0000bb80 0000 00 41")))).isNotEmpty();
    assertThat(mp4("alac", box("alac", zeros(29)))).isNotEmpty();
  }

  @Test
  void aHeaderOfAnotherKindIsFound() {
    assertThat(matroska("A_OPUS", join(text("OpusTags"), hex("01 02 3801 80bb0000 0000 00"))))
        .contains(Kind.MALFORMED);
    assertThat(matroska("A_FLAC", join(text("JANE"), hex("80000022"), zeros(34))))
        .containsExactly(Kind.MALFORMED);
    assertThat(matroska("A_ALAC", zeros(23))).containsExactly(Kind.MALFORMED);
    assertThat(mp4("Opus", box("dOps", hex("07 02 0138 0000bb80 0000 00"))))
        .containsExactly(Kind.HIDDEN);
    assertThat(mp4("alac", box("alac", text("Jane"), zeros(24)))).containsExactly(Kind.HIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00 0138 0000bb80 0000 00", // no channels
        "03 0138 0000bb80 0000 00", // three of one stream
        "02 0138 0000bb80 0000 01 00 00 ffff", // no streams
        "02 0138 0000bb80 0000 01 01 02 0001", // more pairs than streams
        "02 0138 0000bb80 0000 01 01 01 0041" // a stream that is not there
      })
  void aHeaderOfOpusThatContradictsItselfIsFound(String fields) {
    assertThat(mp4("Opus", box("dOps", hex("00" + fields)))).contains(Kind.MALFORMED);
  }

  @Test
  void opusThatIsNotDescribedIsFound() {
    assertThat(mp4("Opus")).contains(Kind.MALFORMED);
    assertThat(matroska("A_OPUS", zeros(0))).contains(Kind.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ac-3", "ec-3", "mlpa", "dtsc", "dtsh", "dtsl", "samr", "sawb", ".mp3"})
  void codingsWithRoomForDataAreFound(String entry) {
    assertThat(mp4(entry)).contains(Kind.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "7b4102aa0000, ''", // padding of zeros
    "7b4102aa0041, HIDDEN",
    "7b410541ff4c61766335, HIDDEN",
    "7b4109aabb, MALFORMED", // more padding than there is
    "79aa, MALFORMED", // two frames of one byte
    "'', MALFORMED",
  })
  void thePaddingOfOpusIsLookedInto(String packet, String kind) {
    List<Kind> found = matroska("A_OPUS", OPUS, join(hex("81 0000 80"), hex(packet)));
    assertThat(found).isEqualTo(kind.isEmpty() ? List.of() : List.of(Kind.valueOf(kind)));
  }

  @ParameterizedTest
  @CsvSource({
    "78 01 aa 7b4102bb 0000, ''",
    "78 01 aa 7b4102bb 4100, HIDDEN",
    "7b4102 01 bb 4100 78 aa, HIDDEN", // of the first
    "78 aa, MALFORMED", // one stream
  })
  void allStreamsOfAPacketAreLookedInto(String packet, String kind) {
    byte[] header = join(text("OpusHead"), hex("01 02 3801 80bb0000 0000 01 02 00 0001"));
    List<Kind> found = matroska("A_OPUS", header, join(hex("81 0000 80"), hex(packet)));
    assertThat(found).isEqualTo(kind.isEmpty() ? List.of() : List.of(Kind.valueOf(kind)));
  }
}
