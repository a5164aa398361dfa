package io.efface.audit;

import static io.efface.audit.Pieces.hex;
import static io.efface.audit.Pieces.join;
import static io.efface.audit.Pieces.u16;
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
import java.util.Collections;
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
      Slice all = Slice.of(new FileWindow(channel, sample.length, 16, () -> {}));
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
        "09f00000", // with zeros behind it
        "0a", // end of the sequence
        "0b", // end of the film
        "060001aa80", // buffering period
        "060604aabbccdd80", // recovery point
        "069004" + "03e8019080", // light level
        "060001aa0101bb80", // two messages, the second of picture timing
        "069004" + "03e80190" + "930112" + "80", // a transfer function behind it
        "0cffffff80",
        "0cffff"
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
    "0cffffaa, HIDDEN", // at its end
    "0910414243, HIDDEN", // a delimiter with content
    "0a41, HIDDEN",
    "0b0041, HIDDEN",
    "0241, USER_DATA", // a partition
    "0441, USER_DATA",
    "060606aabbccddeeff80, USER_DATA", // a recovery point that says more
    "069005 03e8019041 80, USER_DATA", // a light level
    "069003 03e801 80, USER_DATA", // one that says less
    "069004 03e80190 9004 03e80190 80, USER_DATA", // the same twice
    "060001aa0001aa 80, USER_DATA",
    "0693020101 80, USER_DATA", // a transfer function
    "068401aa80, USER_DATA", // of HEVC only
  })
  void h264ThatDoesNotIsFound(String digits, Kind kind) {
    assertThat(kinds(H264, unit(digits.replace(" ", "")))).containsExactly(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "6742c00ada1099, 0", // what the header has
    "6742c00bda1099, 1", // another
    "6742c00ada109900, 1", // the same and more
    "68ce3880, 1", // of pictures
    "6d42c00a, 1", // an extension
  })
  void parametersBetweenThePicturesAreThoseOfTheHeader(String digits, int found)
      throws IOException {
    byte[] header = join(hex("0142c00affe10007"), hex("6742c00ada1099"), hex("00"));
    Findings findings = new Findings();
    try (FileChannel channel = FileChannel.open(Files.write(folder.resolve("header"), header))) {
      SampleCheck check =
          CodecHeaders.avc(
              Slice.of(new FileWindow(channel, header.length, 16, () -> {})), "track", findings);
      assertThat(findings.list()).isEmpty();
      assertThat(kinds(check, unit(digits))).hasSize(found).allMatch(Kind.USER_DATA::equals);
    }
  }

  @Test
  void aHeaderWithVeryLongParametersIsFound() throws IOException {
    byte[] header = join(hex("0142c00affe1012c"), hex("67"), zeros(299), hex("00"));
    Findings findings = new Findings();
    try (FileChannel channel = FileChannel.open(Files.write(folder.resolve("header"), header))) {
      CodecHeaders.avc(
          Slice.of(new FileWindow(channel, header.length, 16, () -> {})), "track", findings);
    }
    assertThat(findings.list()).extracting(Finding::kind).containsExactly(Kind.USER_DATA);
  }

  @Test
  void aPictureHasFewDelimiters() {
    byte[] delimiter = unit("0910");
    assertThat(kinds(H264, repeated(200, delimiter))).isEmpty();
    assertThat(kinds(H264, repeated(300, delimiter))).containsExactly(Kind.USER_DATA);
  }

  /** What holds for the whole film is the same in all of it, so that it can be no message. */
  @Test
  void lightLevelsDoNotChange() {
    SampleCheck check = new NalCheck(NalCheck.Family.H264, 4);
    assertThat(kinds(check, unit("069004 03e80190 80"))).isEmpty();
    assertThat(kinds(check, unit("069004 03e80190 80"))).isEmpty();
    assertThat(kinds(check, unit("069004 03e80191 80"))).containsExactly(Kind.USER_DATA);
    SampleCheck av1 = new ObuCheck();
    assertThat(kinds(av1, hex("2a06 01 03e80190 80"))).isEmpty();
    assertThat(kinds(av1, hex("2a06 01 03e80190 80"))).isEmpty();
    assertThat(kinds(av1, hex("2a06 01 03e80191 80"))).containsExactly(Kind.USER_DATA);
  }

  private static byte[] repeated(int times, byte[] unit) {
    return join(Collections.nCopies(times, unit).toArray(byte[][]::new));
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
    "4601 50 41, HIDDEN", // a delimiter with content
    "4801 41, HIDDEN", // an end with content
    "4a01 41, HIDDEN",
    "4e01 8211 00 80, MALFORMED", // longer than its unit
    "5001 8401 00 80, USER_DATA", // a hash of the picture
  })
  void hevcThatDoesNotServeDecodingIsFound(String digits, Kind kind) {
    assertThat(kinds(HEVC, unit(digits))).containsExactly(kind);
  }

  @Test
  void hevcThatServesDecodingIsLeftAlone() {
    byte[] sample = join(unit("4001 0c"), unit("4601 50"), unit("4e01 9004 03e80190 80"));
    assertThat(kinds(HEVC, sample)).isEmpty();
    assertThat(kinds(HEVC, join(unit("4601 50 00"), unit("4801"), unit("4a01")))).isEmpty();
  }

  /** Hardware may repeat its parameters in another form; a row of ever other ones is a message. */
  @Test
  void hevcHasFewParametersBetweenThePictures() {
    SampleCheck check = new NalCheck(NalCheck.Family.HEVC, 4);
    for (int i = 0; i < 8; i++) {
      byte[] sets = join(unit("4001 0" + i), unit("4001 00"));
      assertThat(kinds(check, sets)).as("set %d", i).isEmpty();
    }
    assertThat(kinds(check, unit("4001 08"))).containsExactly(Kind.USER_DATA);
    assertThat(kinds(check, unit("4001 07"))).isEmpty();
    byte[] longest = join(u32(1025), hex("4001"), zeros(1023));
    assertThat(kinds(new NalCheck(NalCheck.Family.HEVC, 4), longest))
        .containsExactly(Kind.USER_DATA);
  }

  @ParameterizedTest
  @CsvSource({
    "1200 0a0a 00000000000000000038 3202 1122, ",
    "2a06 01 03e80190 80, ", // light level
    "2a04 04 b50031, USER_DATA", // ITU-T T.35
    "2a02 05 00, USER_DATA", // time code
    "7a03 000000, ",
    "7a03 00aa00, HIDDEN",
    "4a01 00, USER_DATA", // a reserved type
    "1a02 1122, ",
    "1201 41, HIDDEN", // a delimiter with content
    "3a02 1122, USER_DATA", // a header that is repeated
    "2a07 01 03e80190 8041, HIDDEN", // a light level with more behind it
    "2a06 01 03e80190 41, HIDDEN",
    "2a07 01 03e80190 8000, ",
    "3205 11, MALFORMED",
  })
  void metadataOfAv1IsFound(String digits, @Nullable Kind kind) {
    assertThat(kinds(new ObuCheck(), hex(digits)))
        .isEqualTo(kind == null ? List.of() : List.of(kind));
  }

  @Test
  void headersOfAv1AreShortAndFew() {
    ObuCheck check = new ObuCheck();
    for (int i = 0; i < 8; i++) {
      byte[] headers = join(header(i), header(0));
      assertThat(kinds(check, headers)).as("header %d", i).isEmpty();
    }
    assertThat(kinds(check, header(8))).containsExactly(Kind.USER_DATA);
    assertThat(kinds(check, header(7))).isEmpty();
    assertThat(kinds(new ObuCheck(), join(hex("0a8104"), zeros(513))))
        .containsExactly(Kind.USER_DATA);
    assertThat(kinds(new ObuCheck(), join(hex("1a8040 10"), zeros(8191)))).isEmpty();
    assertThat(kinds(new ObuCheck(), join(hex("1a8140 10"), zeros(8192))))
        .containsExactly(Kind.USER_DATA);
    byte[] metadata = hex("2a06 01 03e80190 80");
    assertThat(kinds(new ObuCheck(), repeated(90, metadata))).containsExactly(Kind.USER_DATA);
  }

  private static byte[] header(int last) {
    return hex("0a0b 00000000000000000038 0" + last);
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

  @Test
  void theHeaderOfHevcHoldsShortParametersOnly() {
    SampleCheck hevc = (body, path, findings) -> CodecHeaders.hevc(body, path, findings);
    assertThat(kinds(hevc, hevcHeader(8, 1024))).isEmpty();
    assertThat(kinds(hevc, hevcHeader(1, 1025))).containsExactly(Kind.USER_DATA);
    assertThat(kinds(hevc, hevcHeader(9, 1024))).containsExactly(Kind.USER_DATA);
    byte[] slice = join(zeros(21), hex("03 01 13 0001 0003 2601af"));
    assertThat(kinds(hevc, slice)).containsExactly(Kind.USER_DATA);
  }

  /** With sets of so many bytes. */
  private static byte[] hevcHeader(int sets, int bytes) {
    byte[] set = join(u16(bytes), hex("4001"), zeros(bytes - 2));
    return join(zeros(21), hex("03 01 20"), u16(sets), repeated(sets, set));
  }
}
