package io.efface.audit;

import static io.efface.audit.Pieces.hex;
import static io.efface.audit.Pieces.join;
import static io.efface.audit.Pieces.text;
import static io.efface.audit.Pieces.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import io.efface.audit.Finding.Kind;
import io.efface.testing.Bits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in AAC's header and in front of the sound of its packets. */
class AacSoundTest {
  /** A pair of channels in front and one behind. */
  private static final String CHANNELS =
      "0000 01 0011 0001 0000 0001 00 000 0000 000 1 0000 1 0001";

  /** Low complexity, 48 kHz, channels listed. */
  private static final byte[] LISTED = Bits.bytes("00010 0011 0000 000" + CHANNELS);

  private static final byte[] PROGRAM = Bits.bytes("101" + CHANNELS);
  private static final byte[] NO_BANDS = hex("56e500");
  private static final byte[] NAMED = hex("ce00 4c61766335 01ffee00");

  @TempDir Path folder;

  /** Looks through a part of a file. */
  @FunctionalInterface
  private interface Look {
    void at(Slice part, Findings findings);
  }

  private List<Kind> kinds(byte[] bytes, Look look) {
    Findings findings = new Findings();
    try (FileChannel channel = FileChannel.open(Files.write(folder.resolve("part"), bytes))) {
      try {
        look.at(Slice.of(new FileWindow(channel, bytes.length, 16, () -> {})), findings);
      } catch (Malformed e) {
        findings.malformed("track", e.offset());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return findings.list().stream().map(Finding::kind).toList();
  }

  private List<Kind> ofHeader(byte[] header) {
    return kinds(header, (part, findings) -> CodecHeaders.aac(part, "track", findings));
  }

  private List<Kind> ofPacket(byte[] packet) {
    return kinds(packet, (part, findings) -> new AacCheck().check(part, "track", findings));
  }

  /** Looks into a packet by the check that a header asks for. */
  private List<Kind> ofPacketBehind(byte[] header, byte[] packet) {
    return kinds(
        join(header, packet),
        (part, findings) ->
            CodecHeaders.aac(part.take(header.length), "track", findings)
                .check(part, "track", findings));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1210", // stereo
        "121056e500", // without replicated bands
        "139056e5a54880", // with them and parametric stereo
        "2b920800", // the same said in front
        "121000000000", // filled up with zeros
        "f8e85000", // low delay
        "f94640222c00c0", // xHE-AAC
      })
  void whatDescribesTheSoundIsLeftAlone(String header) {
    assertThat(ofHeader(hex(header))).isEmpty();
  }

  @Test
  void aCommentInTheHeaderIsFound() {
    assertThat(ofHeader(join(LISTED, hex("04"), text("Lavc"), NO_BANDS)))
        .containsExactly(Kind.NAME);
    assertThat(ofHeader(join(LISTED, hex("0d"), text("Lavc61.19.100")))).containsExactly(Kind.NAME);
    assertThat(ofHeader(join(LISTED, hex("ff"), zeros(254), text("x")))).containsExactly(Kind.NAME);
  }

  /** libav takes the list from the first packet of a transport stream, blanked as it is there. */
  @Test
  void aCommentOfZerosIsNone() {
    assertThat(ofHeader(join(LISTED, hex("00"), NO_BANDS))).isEmpty();
    assertThat(ofHeader(join(LISTED, hex("04"), zeros(4), NO_BANDS))).isEmpty();
    assertThat(ofHeader(join(LISTED, hex("ff"), zeros(255)))).isEmpty();
    assertThat(ofHeader(LISTED)).as("not even a length").isEmpty();
  }

  @Test
  void aListOfChannelsThatEndsTooSoonIsFound() {
    assertThat(ofHeader(join(LISTED, hex("05"), text("Lavc")))).containsExactly(Kind.MALFORMED);
    assertThat(ofHeader(hex("118004c404"))).containsExactly(Kind.MALFORMED);
    assertThat(ofHeader(zeros(0))).containsExactly(Kind.MALFORMED);
  }

  @Test
  void whatStandsBehindTheHeaderIsFound() {
    assertThat(ofHeader(join(hex("1210"), text("Lavc")))).containsExactly(Kind.HIDDEN);
    assertThat(ofHeader(hex("121056e57f"))).containsExactly(Kind.HIDDEN);
    assertThat(ofHeader(join(LISTED, hex("00"), text("Lavc")))).containsExactly(Kind.HIDDEN);
    assertThat(ofHeader(join(hex("1210"), zeros(63)))).containsExactly(Kind.UNKNOWN);
    assertThat(ofHeader(zeros(5000))).containsExactly(Kind.UNKNOWN);
  }

  @Test
  void onlyPlainKindsHaveNumberedElements() {
    assertThat(ofPacketBehind(hex("1210"), NAMED)).containsExactly(Kind.USER_DATA);
    assertThat(ofPacketBehind(hex("2b920800"), NAMED)).containsExactly(Kind.USER_DATA);
    assertThat(ofPacketBehind(hex("f8e85000"), NAMED)).isEmpty();
    assertThat(ofPacketBehind(hex("f94640222c00c0"), NAMED)).isEmpty();
    // Replicated bands over a kind for channels with errors.
    assertThat(ofPacketBehind(Bits.bytes("00101 0111 0010 0100 10001 00000"), NAMED)).isEmpty();
  }

  /** A packet of AAC in MPEG-4, and three profiles of MPEG-2. */
  @ParameterizedTest
  @ValueSource(strings = {"40", "66", "67", "68"})
  void packetsAreLookedIntoWhateverTheDescriptorCallsThem(String coding) {
    byte[] described = join(hex(coding), zeros(12), hex("05021210"));
    assertThat(behindDescriptor(described)).containsExactly(Kind.USER_DATA);
    byte[] bare = join(hex(coding), zeros(12));
    assertThat(behindDescriptor(bare)).containsExactly(Kind.USER_DATA);
  }

  /** Packets of MPEG audio have room for names, which decoding alone would tell from sound. */
  @ParameterizedTest
  @ValueSource(strings = {"69", "6b", "dd"})
  void otherCodingsAreNotKnownToBeHarmless(String coding) {
    assertThat(behindDescriptor(join(hex(coding), zeros(12)))).containsExactly(Kind.UNKNOWN);
  }

  @Test
  void aCommentInAnOldDescriptionIsFound() {
    byte[] specific = join(LISTED, hex("04"), text("Lavc"));
    byte[] decoder = join(hex("67"), zeros(12), hex("050d"), specific);
    assertThat(behindDescriptor(decoder)).containsExactly(Kind.NAME, Kind.USER_DATA);
  }

  private List<Kind> behindDescriptor(byte[] decoder) {
    byte[] inner = join(zeros(3), hex("04"), size(decoder), decoder, hex("060102"));
    byte[] stream = join(hex("03"), size(inner), inner);
    return kinds(
        join(stream, NAMED),
        (part, findings) ->
            CodecHeaders.descriptor(part.take(stream.length), "track", findings)
                .check(part, "track", findings));
  }

  private static byte[] size(byte[] body) {
    return new byte[] {(byte) body.length};
  }

  @Test
  void aCommentInFrontOfTheSoundIsFound() {
    byte[] sound = hex("2100 4c617663");
    assertThat(ofPacket(join(PROGRAM, hex("04"), text("Lavc"), sound))).containsExactly(Kind.NAME);
    assertThat(ofPacket(join(PROGRAM, hex("04"), zeros(4), sound))).isEmpty();
    assertThat(ofPacket(join(PROGRAM, hex("00"), sound))).isEmpty();
    assertThat(ofPacket(join(PROGRAM, hex("00"), NAMED))).containsExactly(Kind.USER_DATA);
  }

  @ParameterizedTest
  @CsvSource({
    "ce20 4c61766335 01ffee00, USER_DATA", // type 1, of which one pattern is legal
    "ce21 4b4b4b4b4b 4bffee00, ", // that one: 0, then A5 each
    "ce21 4b4b4b4b4b 49ffee00, USER_DATA",
    "ce40 4c61766335 01ffee00, USER_DATA", // ancillary data
    "cea0 4c61766335 01ffee00, USER_DATA", // one that is not in use
    "cfa0 4c61766335 01ffee00, USER_DATA", // replicated bands of no channel
    "c5608240ffee, ", // dynamic range
    "d36082 00000000000000 2100ffee, ", // with zeros behind
    "d36082 004c6176633100 2100ffee, USER_DATA", // with a name behind
    "d160 8360836083 6083 ff, ", // four times
  })
  void aFillElementMayHoldLittle(String digits, @Nullable Kind kind) {
    assertThat(ofPacket(hex(digits))).isEqualTo(kind == null ? List.of() : List.of(kind));
  }

  @Test
  void aHeaderOfItsOwnDoesNotHideWhatFollows() {
    assertThat(ofPacket(join(hex("fff15080 02bffc"), NAMED))).containsExactly(Kind.USER_DATA);
    assertThat(ofPacket(join(hex("fff05080 02bffc 1234"), NAMED))).containsExactly(Kind.USER_DATA);
    assertThat(ofPacket(hex("fff15080 02bffc 2100 4c617663"))).isEmpty();
  }

  @Test
  void aPacketThatEndsInFrontOfItsSoundIsFound() {
    assertThat(ofPacket(hex("ded0 4c61766335 01"))).containsExactly(Kind.MALFORMED);
    assertThat(ofPacket(join(PROGRAM, hex("06"), text("Lavc")))).containsExactly(Kind.MALFORMED);
    assertThat(ofPacket(hex("e000 4c617663"))).as("emptied").isEmpty();
    assertThat(ofPacket(zeros(0))).isEmpty();
  }

  /** Forty elements of 270 bytes. */
  @Test
  void manyEmptyElementsDoNotHideALaterOne() {
    byte[] empty = join(hex("81ff0f"), zeros(270));
    byte[][] all = new byte[41][];
    Arrays.fill(all, empty);
    all[40] = NAMED;
    assertThat(ofPacket(join(all))).containsExactly(Kind.USER_DATA);
  }
}
