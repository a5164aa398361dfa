package io.efface.audit;

import static io.efface.audit.Pieces.hex;
import static io.efface.audit.Pieces.join;
import static io.efface.audit.Pieces.text;
import static io.efface.audit.Pieces.u32;
import static io.efface.audit.Pieces.unit;
import static io.efface.audit.Pieces.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import io.efface.audit.Finding.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found inside coded samples and in the headers of codings. */
class SampleChecksTest {
  private static final SampleCheck H264 = new NalCheck(NalCheck.Family.H264, 4);
  private static final SampleCheck HEVC = new NalCheck(NalCheck.Family.HEVC, 4);

  @TempDir Path folder;

  private List<Kind> kinds(SampleCheck check, byte[] sample) {
    Findings findings = new Findings();
    try (FileChannel channel = FileChannel.open(Files.write(folder.resolve("sample"), sample))) {
      Slice all = Slice.of(new FileWindow(channel, sample.length, 16));
      try {
        check.check(all, "track", findings);
      } catch (Malformed e) {
        findings.malformed("track", e.offset());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return findings.list().stream().map(Finding::kind).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0910", // delimiter
        "65888400000301", // a slice
        "060001aa80", // buffering period
        "060604aabbccdd80", // recovery point
        "069004" + "03e8019080", // light level
        "060001aa0101bb80", // two messages, the second of picture timing
        "0cffffff80"
      })
  void h264ThatServesDecodingIsLeftAlone(String digits) {
    assertThat(kinds(H264, unit(digits))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0605022a2a80, USER_DATA", // user data, unregistered
    "0604031122 3380, USER_DATA", // user data, registered
    "06ff01012a80, USER_DATA", // type 256
    "0600010105021122 80, USER_DATA", // behind a harmless one
    "0605ff00, MALFORMED", // longer than its unit
    "1f00, USER_DATA", // type 31
    "0e00, USER_DATA", // type 14
    "0cffaaff80, HIDDEN", // filler with content
  })
  void h264ThatDoesNotIsFound(String digits, Kind kind) {
    assertThat(kinds(H264, unit(digits.replace(" ", "")))).containsExactly(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "6742c00a, 0", // what the header has
    "6742c00b, 1", // another
    "6742c00a00, 1", // the same and more
    "68ce3880, 1", // of pictures
    "6d42c00a, 1", // an extension
  })
  void parametersBetweenThePicturesAreThoseOfTheHeader(String digits, int found)
      throws IOException {
    byte[] header = join(hex("0142c00affe10004"), hex("6742c00a"), hex("00"));
    Findings findings = new Findings();
    try (FileChannel channel = FileChannel.open(Files.write(folder.resolve("header"), header))) {
      SampleCheck check =
          CodecHeaders.avc(Slice.of(new FileWindow(channel, header.length, 16)), "track", findings);
      assertThat(findings.list()).isEmpty();
      assertThat(kinds(check, unit(digits))).hasSize(found).allMatch(Kind.USER_DATA::equals);
    }
  }

  @Test
  void aHeaderWithVeryLongParametersIsFound() throws IOException {
    byte[] header = join(hex("0142c00affe1012c"), hex("67"), zeros(299), hex("00"));
    Findings findings = new Findings();
    try (FileChannel channel = FileChannel.open(Files.write(folder.resolve("header"), header))) {
      CodecHeaders.avc(Slice.of(new FileWindow(channel, header.length, 16)), "track", findings);
    }
    assertThat(findings.list()).extracting(Finding::kind).containsExactly(Kind.USER_DATA);
  }

  /** The bytes that keep start codes away must not shift the messages behind them. */
  @Test
  void escapedMessagesAreUnderstood() {
    assertThat(kinds(H264, unit("060004000003000005021122 80"))).containsExactly(Kind.USER_DATA);
    assertThat(kinds(H264, unit("0600040000030000 80"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "4e01 0502 2a2a 80, USER_DATA",
    "4e01 0403 b50031 80, USER_DATA",
    "5001 0502 2a2a 80, USER_DATA",
    "7c01 00, USER_DATA", // type 62, as Dolby Vision has it
    "0209 00, STREAM", // a second layer
    "4c01 ffaa80, HIDDEN",
  })
  void hevcThatDoesNotServeDecodingIsFound(String digits, Kind kind) {
    assertThat(kinds(HEVC, unit(digits))).containsExactly(kind);
  }

  @Test
  void hevcThatServesDecodingIsLeftAlone() {
    byte[] sample =
        join(unit("4001 0c"), unit("4601 50"), unit("4e01 9004 03e80190 80"), unit("2601 af"));
    assertThat(kinds(HEVC, sample)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1200 0a03 112233 3202 1122, ",
    "2a06 01 03e80190 80, ", // light level
    "2a04 04 b50031, USER_DATA", // ITU-T T.35
    "2a02 05 00, USER_DATA", // time code
    "7a03 000000, ",
    "7a03 00aa00, HIDDEN",
    "4a01 00, USER_DATA", // a reserved type
    "3205 11, MALFORMED",
  })
  void metadataOfAv1IsFound(String digits, @Nullable Kind kind) {
    assertThat(kinds(new ObuCheck(), hex(digits)))
        .isEqualTo(kind == null ? List.of() : List.of(kind));
  }

  @ParameterizedTest
  @CsvSource({
    "2100 4c617663, ", // a channel element
    "ce00 0000000000 01ffee00, ", // filler of zeros
    "ce00 4c61766335 01ffee00, USER_DATA", // filler with a name
    "8105 0000000000 2100, ",
    "8105 4c61766335 2100, USER_DATA", // data
    "8105 0000000000 ce00 4c61766335 01ff, USER_DATA", // behind other data
  })
  void dataInFrontOfAacIsFound(String digits, @Nullable Kind kind) {
    assertThat(kinds(new AacCheck(), hex(digits)))
        .isEqualTo(kind == null ? List.of() : List.of(kind));
  }

  @Test
  void commentsOfVorbisAreFound() {
    SampleCheck vorbis = (body, path, findings) -> CodecHeaders.vorbis(body, path, findings);
    byte[] none = join(text("\u0003vorbis"), zeros(8), hex("01"));
    byte[] vendor = join(text("\u0003vorbis"), hex("04000000"), text("Lavf"), zeros(4), hex("01"));
    byte[] head = zeros(30);
    assertThat(kinds(vorbis, join(hex("021e10"), head, none, text("setup")))).isEmpty();
    assertThat(kinds(vorbis, join(hex("021e14"), head, vendor, text("setup"))))
        .containsExactly(Kind.METADATA);
    assertThat(kinds(vorbis, hex("02ffffff"))).containsExactly(Kind.MALFORMED);
  }

  @Test
  void commentsOfFlacAreFound() {
    SampleCheck flac = (body, path, findings) -> CodecHeaders.flac(body, path, findings);
    byte[] info = join(hex("80000022"), zeros(34));
    assertThat(kinds(flac, info)).isEmpty();
    assertThat(kinds(flac, join(info, hex("84000004"), u32(0)))).containsExactly(Kind.METADATA);
  }

  @Test
  void parameterSetsAreLookedInto() {
    SampleCheck hevc = (body, path, findings) -> CodecHeaders.hevc(body, path, findings);
    byte[] header = join(zeros(21), hex("03 02 200001 0003 40010c 270001"));
    assertThat(kinds(hevc, join(header, hex("0006 4e010001aa80")))).isEmpty();
    assertThat(kinds(hevc, join(header, hex("0007 4e0105022a2a80"))))
        .containsExactly(Kind.USER_DATA);
  }
}
