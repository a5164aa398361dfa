package io.efface.audit;

import static io.efface.audit.Pieces.hex;
import static io.efface.audit.Pieces.join;
import static io.efface.audit.Pieces.u32;
import static org.assertj.core.api.Assertions.assertThat;

import io.efface.testing.Bits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures that are coded and not shown, spelled out bit by bit. */
class CodedPicturesTest {
  private static final String CROPS = "parameters that crop the pictures";
  private static final String SEVERAL = "more than one picture in a sample";
  private static final String UNSEEN = "a picture that is not shown";
  private static final String OWN = "a picture of its own that is not shown";
  private static final String LAYER = "a second layer inside the pictures";

  @TempDir Path folder;

  private List<String> found(SampleCheck check, byte[] sample) {
    Findings findings = new Findings();
    look(check, sample, findings);
    return findings.list().stream().map(Finding::sentence).toList();
  }

  private void look(SampleCheck check, byte[] sample, Findings findings) {
    try (FileChannel channel = FileChannel.open(Files.write(folder.resolve("sample"), sample))) {
      check.check(
          Slice.of(new FileWindow(channel, sample.length, 16, () -> {})), "track", findings);
    } catch (Malformed e) {
      findings.malformed("track", e.offset());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String ue(int value) {
    String bits = Integer.toBinaryString(value + 1);
    return "0".repeat(bits.length() - 1) + bits;
  }

  private static String bits(int value, int count) {
    return Integer.toBinaryString(1 << count | value).substring(1);
  }

  private static byte[] units(byte[]... units) {
    byte[] all = {};
    for (byte[] unit : units) {
      all = join(all, u32(unit.length), unit);
    }
    return all;
  }

  // H.264: pictures of 64 by 64, shown in the order of coding.

  private static byte[] avcSequence(boolean fields, String crop) {
    return Bits.bytes(
        bits(0x6742c0, 24)
            + bits(10, 8)
            + (ue(0) + ue(0) + ue(2) + ue(1) + "0" + ue(3) + ue(3))
            + (fields ? "01" : "1")
            + "1"
            + (crop.isEmpty() ? "0" : "1" + crop)
            + "01");
  }

  private static byte[] avcPicture(boolean redundant) {
    return Bits.bytes(bits(0x68, 8) + "110011100011100" + (redundant ? "1" : "0") + "1");
  }

  /** A slice; {@code field} is empty, or 1 and whether it is the bottom. */
  private static byte[] avcSlice(int firstBlock, int frameNumber, String field, boolean idr) {
    return Bits.bytes(
        bits(idr ? 0x65 : 0x41, 8)
            + (ue(firstBlock) + ue(idr ? 7 : 5) + ue(0) + bits(frameNumber, 4))
            + field
            + (idr ? ue(0) : "")
            + "1010");
  }

  private NalCheck avc(boolean fields) {
    NalCheck check = new NalCheck(NalCheck.Family.H264, 4);
    assertThat(found(check::header, avcSequence(fields, ""))).isEmpty();
    assertThat(found(check::header, avcPicture(false))).isEmpty();
    return check;
  }

  @ParameterizedTest
  @CsvSource({
    "false, 0 7 0 7, true", // what blocks of 16 make necessary, in pairs
    "false, 0 8 0 0, false",
    "false, 0 0 0 8, false",
    "false, 1 0 0 0, false",
    "false, 0 0 1 0, false",
    "true, 0 7 0 7, true", // in groups of four rows
    "true, 0 0 0 8, false",
  })
  void h264IsCroppedByLessThanABlock(boolean fields, String sides, boolean right) {
    String crop =
        String.join("", Arrays.stream(sides.split(" ", -1)).map(s -> ue(parse(s))).toList());
    NalCheck check = new NalCheck(NalCheck.Family.H264, 4);
    assertThat(found(check::header, avcSequence(fields, crop)))
        .isEqualTo(right ? List.of() : List.of(CROPS));
  }

  private static int parse(String number) {
    return Integer.parseInt(number);
  }

  @Test
  void aSampleOfH264HoldsOnePicture() {
    byte[] first = avcSlice(0, 0, "", true);
    assertThat(found(avc(false), units(first, avcSlice(5, 0, "", true)))).isEmpty();
    assertThat(found(avc(false), units(first, first))).containsExactly(SEVERAL);
    assertThat(found(avc(false), units(avcSlice(5, 0, "", true)))).containsExactly(SEVERAL);
    assertThat(found(avc(false), units(first, avcSlice(5, 1, "", true)))).containsExactly(SEVERAL);
    assertThat(found(avc(false), units(first, avcSlice(5, 0, "", false)))).containsExactly(SEVERAL);
    byte[] sixth = avcSlice(6, 0, "", true);
    assertThat(found(avc(false), units(first, sixth, avcSlice(5, 0, "", true))))
        .containsExactly(SEVERAL);
  }

  @Test
  void aSampleOfH264MayHoldTwoFields() {
    byte[] top = avcSlice(0, 0, "10", true);
    byte[] bottom = avcSlice(0, 0, "11", false);
    assertThat(found(avc(true), units(top, bottom, avcSlice(5, 0, "11", false)))).isEmpty();
    assertThat(found(avc(true), units(avcSlice(0, 0, "0", true)))).isEmpty();
    assertThat(found(avc(true), units(top, bottom, bottom))).containsExactly(SEVERAL);
    assertThat(found(avc(true), units(top, avcSlice(0, 0, "10", false)))).containsExactly(SEVERAL);
    assertThat(found(avc(true), units(top, avcSlice(0, 1, "11", false)))).containsExactly(SEVERAL);
  }

  @Test
  void redundantPicturesAndParametersThatAreNotThereAreFound() {
    NalCheck check = new NalCheck(NalCheck.Family.H264, 4);
    assertThat(found(check::header, avcPicture(true)))
        .containsExactly("parameters by which pictures may come twice");
    assertThat(found(check, units(avcSlice(0, 0, "", true)))).hasSize(1);
  }

  // HEVC: pictures of 64 by 64 in blocks of 16.

  private static byte[] hevcSequence(String crop) {
    return Bits.bytes(
        bits(0x4201, 16)
            + ("0000" + "000" + "1" + "0".repeat(96))
            + (ue(0) + ue(1) + ue(64) + ue(64))
            + (crop.isEmpty() ? "0" : "1" + crop)
            + (ue(0) + ue(0) + ue(0) + "1" + ue(0) + ue(0) + ue(0) + ue(0) + ue(1))
            + "1");
  }

  private static byte[] hevcPicture(boolean outputFlag) {
    return Bits.bytes(bits(0x4401, 16) + ue(0) + ue(0) + "0" + (outputFlag ? "1" : "0") + "0001");
  }

  /** A slice that begins at a block; {@code output} is empty where nothing is said of it. */
  private static byte[] hevcSlice(int type, int address, String output) {
    return Bits.bytes(
        bits(type << 9 | 1, 16)
            + (address == 0 ? "1" : "0")
            + (type >= 16 ? "0" : "")
            + ue(0)
            + (address == 0 ? "" : bits(address, 4))
            + ue(2)
            + output
            + "1010");
  }

  private NalCheck hevc(boolean outputFlag) {
    NalCheck check = new NalCheck(NalCheck.Family.HEVC, 4);
    assertThat(found(check::header, hevcSequence(""))).isEmpty();
    assertThat(found(check::header, hevcPicture(outputFlag))).isEmpty();
    return check;
  }

  @ParameterizedTest
  @CsvSource({
    "0 31 0 31, true",
    "0 32 0 0, false",
    "0 0 0 32, false",
    "1 0 0 0, false",
    "0 0 1 0, false",
  })
  void hevcIsCroppedByLessThanABlock(String sides, boolean right) {
    String crop =
        String.join("", Arrays.stream(sides.split(" ", -1)).map(s -> ue(parse(s))).toList());
    NalCheck check = new NalCheck(NalCheck.Family.HEVC, 4);
    assertThat(found(check::header, hevcSequence(crop)))
        .isEqualTo(right ? List.of() : List.of(CROPS));
  }

  @Test
  void aSampleOfHevcHoldsOnePicture() {
    byte[] first = hevcSlice(20, 0, "");
    byte[] fifth = hevcSlice(20, 5, "");
    assertThat(found(hevc(false), units(first, fifth))).isEmpty();
    assertThat(found(hevc(false), units(first, first))).containsExactly(SEVERAL);
    assertThat(found(hevc(false), units(first, fifth, first))).containsExactly(SEVERAL);
    assertThat(found(hevc(false), units(fifth))).containsExactly(SEVERAL);
    assertThat(found(hevc(false), units(first, fifth, fifth))).containsExactly(SEVERAL);
    assertThat(found(hevc(false), units(first, hevcSlice(1, 5, "")))).containsExactly(SEVERAL);
  }

  @ParameterizedTest
  @CsvSource({
    "20 1 0, true",
    "20 8, false", // behind one that nothing leads up to
    "20 6, false",
    "19 6, true",
    "19 8, false", // refers to what is not there
    "21 8, false",
    "21 6, true",
    "20 1 21 8 9 6, true",
    "20 1 18 6, false",
    "20 1 21 36 21 8, false", // the sequence ends before
    "1, false", // nothing stands before
  })
  void picturesThatHevcNeverShowsAreFound(String types, boolean right) {
    NalCheck check = hevc(false);
    Findings findings = new Findings();
    for (String type : types.split(" ", -1)) {
      byte[] unit = type.equals("36") ? hex("4801") : hevcSlice(parse(type), 0, "");
      look(check, units(unit), findings);
    }
    assertThat(findings.list())
        .extracting(Finding::sentence)
        .isEqualTo(right ? List.of() : List.of(UNSEEN));
  }

  @Test
  void picturesOfHevcThatSayThatTheyAreNotShownAreFound() {
    assertThat(found(hevc(true), units(hevcSlice(20, 0, "1")))).isEmpty();
    assertThat(found(hevc(true), units(hevcSlice(20, 0, "0")))).containsExactly(UNSEEN);
  }

  // AV1

  private static byte[] obu(int header, String bits) {
    byte[] body = Bits.bytes(bits);
    return join(new byte[] {(byte) header, (byte) body.length}, body);
  }

  private static byte[] av1Sequence(int layers) {
    return obu(
        0x0a, "000" + "00" + "00" + "00000" + bits(layers, 12) + "00000" + "0".repeat(18) + "0111");
  }

  private static byte[] av1Own(int places) {
    return obu(0x32, "0" + "10" + "0" + "1" + "0000" + bits(places, 8) + "1010");
  }

  private static byte[] av1Shown(int place) {
    return obu(0x1a, "1" + bits(place, 3) + "1");
  }

  @Test
  void aFilmOfAv1HasOneLayer() {
    byte[] key = obu(0x32, "0001" + "1010");
    assertThat(found(new ObuCheck(), join(av1Sequence(0), key))).isEmpty();
    assertThat(found(new ObuCheck(), join(av1Sequence(0x101), key))).containsExactly(LAYER);
    byte[] second = join(hex("36 08 01"), Bits.bytes("00011010"));
    assertThat(found(new ObuCheck(), join(av1Sequence(0), second))).containsExactly(LAYER);
    assertThat(found(new ObuCheck(), join(av1Sequence(0), key, key)))
        .containsExactly("more than one picture to show in a sample");
  }

  @Test
  void aPictureOfItsOwnOfAv1IsShownLater() {
    byte[] inter = obu(0x32, "0" + "01" + "0" + "1" + "0000" + "000" + bits(4, 8) + "1010");
    byte[] key = obu(0x32, "0001" + "1010");
    assertThat(av1(join(key, inter), av1Shown(2))).as("made of others").isEmpty();
    assertThat(av1(key, av1Own(4), inter.clone())).as("overwritten").containsExactly(OWN);
    assertThat(av1(key, av1Own(8), inter, av1Shown(3))).isEmpty();
    assertThat(av1(key, av1Own(8), inter, av1Shown(2))).containsExactly(OWN);
    assertThat(av1(key, av1Own(8))).as("never").containsExactly(OWN);
    assertThat(av1(key, av1Own(8), key)).containsExactly(OWN);
    assertThat(av1(key, av1Own(0), av1Shown(0))).as("kept nowhere").containsExactly(OWN);
    assertThat(av1(key, av1Own(8), av1Own(16), av1Shown(4))).containsExactly(OWN);
  }

  private List<String> av1(byte[]... samples) {
    ObuCheck check = new ObuCheck();
    Findings findings = new Findings();
    look(check, av1Sequence(0), findings);
    for (byte[] sample : samples) {
      look(check, sample, findings);
    }
    check.finish("track", findings);
    return findings.list().stream().map(Finding::sentence).toList();
  }

  // VP8 and VP9

  @Test
  void picturesOfVp8AreShown() {
    assertThat(found(VpxCheck.ofVp8(), hex("10000009"))).isEmpty();
    assertThat(found(VpxCheck.ofVp8(), hex("00000009"))).containsExactly(UNSEEN);
  }

  private static byte[] vp9Key(boolean shown, String shownSize) {
    String size = bits(63, 16) + bits(63, 16);
    return Bits.bytes(
        "1000" + "00" + (shown ? "1" : "0") + "0" + bits(0x498342, 24) + "0010" + size + shownSize);
  }

  private static byte[] vp9Inter(boolean shown, boolean own) {
    return Bits.bytes("1000" + "01" + (shown ? "1" : "0") + "0" + (own ? "1" : "0") + "0000000");
  }

  private static byte[] together(byte[]... frames) {
    byte[] all = join(frames);
    byte[] index = {(byte) (0xc0 | (frames.length - 1))};
    byte[] marker = index;
    for (byte[] frame : frames) {
      index = join(index, new byte[] {(byte) frame.length});
    }
    return join(all, index, marker);
  }

  @Test
  void aSampleOfVp9ShowsOnePicture() {
    byte[] key = vp9Key(true, "0");
    byte[] shown = vp9Inter(true, false);
    byte[] hidden = vp9Inter(false, false);
    String other = "other than one picture to show in a sample";
    assertThat(found(VpxCheck.ofVp9(), key)).isEmpty();
    assertThat(found(VpxCheck.ofVp9(), together(hidden, shown))).isEmpty();
    assertThat(found(VpxCheck.ofVp9(), together(vp9Key(false, "0"), shown))).containsExactly(OWN);
    assertThat(found(VpxCheck.ofVp9(), together(vp9Inter(false, true), shown)))
        .containsExactly(OWN);
    assertThat(found(VpxCheck.ofVp9(), hidden)).containsExactly(other);
    assertThat(found(VpxCheck.ofVp9(), together(shown, shown))).containsExactly(other);
    assertThat(found(VpxCheck.ofVp9(), hex("00"))).hasSize(1);
  }

  @Test
  void picturesOfVp9AreShownAsLargeAsTheyAre() {
    String same = "1" + bits(63, 16) + bits(63, 16);
    String smaller = "1" + bits(31, 16) + bits(63, 16);
    assertThat(found(VpxCheck.ofVp9(), vp9Key(true, same))).isEmpty();
    assertThat(found(VpxCheck.ofVp9(), vp9Key(true, smaller)))
        .containsExactly("pictures that are shown in another size");
  }

  @Test
  void vp8AndVp9AreLookedIntoInBothContainers() {
    TinyMatroska film = new TinyMatroska();
    film.codec = "V_VP8";
    film.first = join(hex("81 0000 80"), hex("00000009"));
    assertThat(Pieces.check(folder, film.bytes())).extracting(Finding::sentence).contains(UNSEEN);
    TinyMp4 other = new TinyMp4();
    other.entry = "vp09";
    other.configuration = "";
    other.samples.set(0, together(vp9Key(false, "0"), vp9Inter(true, false)));
    assertThat(Pieces.check(folder, other.bytes())).extracting(Finding::sentence).contains(OWN);
  }
}
