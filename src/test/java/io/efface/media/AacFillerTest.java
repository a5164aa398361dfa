package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.testing.Bits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AacFillerTest {
  private static final String NAME =
      HexFormat.of().formatHex("Lavc1".getBytes(StandardCharsets.US_ASCII));

  /** A pair of channels in front and one behind. */
  private static final byte[] CHANNELS =
      Bits.bytes("101 0000 01 0011 0001 0000 0001 00 000 0000 000 1 0000 1 0001");

  private static final String PROGRAM = HexFormat.of().formatHex(CHANNELS);

  @BeforeAll
  static void loadNatives() {
    FFmpeg.load();
  }

  private static String blank(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    AVPacket packet = avcodec.av_packet_alloc();
    try {
      assertThat(avcodec.av_new_packet(packet, bytes.length)).isZero();
      packet.data().put(bytes);
      AacFiller.blank(packet, Path.of("in.mp4"));
      packet.data().get(bytes);
      return HexFormat.of().formatHex(bytes);
    } finally {
      avcodec.av_packet_free(packet);
    }
  }

  /**
   * 110 (fill), 0111 (seven bytes), 0000 (filler), then 52 bits: five to the next byte, the name,
   * seven more; the bits behind are not the filler's.
   */
  @Test
  void theNameInAFillerIsBlankedAndNothingElse() {
    assertThat(blank("ce00" + NAME + "01ffee00aa55")).isEqualTo("ce000000000000" + "01ffee00aa55");
  }

  @Test
  void aFillerBehindAnAdtsHeaderIsFound() {
    String adts = "fff15080" + "02bffc";
    assertThat(blank(adts + "ce00" + NAME + "01ffee"))
        .isEqualTo(adts + "ce00" + "0000000000" + "01ffee");
  }

  @Test
  void aFillerBehindAChecksumIsBlankedToo() {
    String adts = "fff05080" + "02bffc" + "1234";
    assertThat(blank(adts + "ce00" + NAME + "01ffee"))
        .isEqualTo(adts + "ce00" + "0000000000" + "01ffee");
  }

  /** 100 (data), a tag of 0000, 1 (whole bytes), a length of five; then a filler. */
  @Test
  void dataAndWhatFollowsItAreBlanked() {
    assertThat(blank("8105" + "4c61766335" + "ce00" + NAME + "01ffee00aa55"))
        .isEqualTo("8105" + "0000000000" + "ce000000000000" + "01ffee00aa55");
  }

  /** 101 (a program), 44 bits of which channels there are, one up to the next byte, a length. */
  @Test
  void theCommentOfAProgramIsBlankedAndItsChannelsStay() {
    assertThat(blank(PROGRAM + "05" + NAME + "2100" + NAME))
        .isEqualTo(PROGRAM + "05" + "0000000000" + "2100" + NAME);
    String adts = "fff15080" + "02bffc";
    assertThat(blank(adts + PROGRAM + "05" + NAME + "ce00" + NAME + "01ffee"))
        .isEqualTo(adts + PROGRAM + "05" + "0000000000" + "ce00" + "0000000000" + "01ffee");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ce20", // type 1, of which one pattern is legal
        "ce40", // ancillary data
        "cea0", // one that is not in use
        "cfa0" // spectral band replication, which belongs behind a channel element
      })
  void aFillerOfAnyTypeIsBlanked(String filler) {
    assertThat(blank(filler + NAME + "01ffee00aa55")).isEqualTo("ce000000000000" + "01ffee00aa55");
  }

  /** 110 (fill), 1001 (nine bytes), of these two of dynamic range, and seven of filler. */
  @Test
  void dynamicRangeIsKeptAndWhatFollowsItIsBlanked() {
    byte[] range = Bits.bytes("110 1001" + "1011 0 0 0 0 01000001" + "0");
    String front = HexFormat.of().formatHex(range);
    assertThat(blank(front + "00" + NAME + "00" + "2100ffee"))
        .isEqualTo(front + "00" + "0000000000" + "00" + "2100ffee");
  }

  /** No decoder can go on there; 111 ends a frame. */
  @Test
  void aPacketThatEndsInItsFirstElementIsEmptied() {
    assertThat(blank("ded0" + NAME + "01")).isEqualTo("e000" + "000000000000");
    assertThat(blank("81ff" + NAME + "01")).isEqualTo("e000" + "000000000000");
    assertThat(blank(PROGRAM + "06" + NAME)).isEqualTo("e00000000000" + "00" + "0000000000");
    assertThat(blank("ce00")).isEqualTo("e000");
  }

  /** Packets of silence are as short as that. The last bit is not the filler's. */
  @Test
  void shortPacketsAreBlankedToo() {
    assertThat(blank("c8" + "4c6176" + "21")).isEqualTo("c8" + "000000" + "01");
  }

  @Test
  void soundIsLeftAlone() {
    for (String sound :
        new String[] {
          "2100" + NAME + "01ffee00aa55", // a channel element
          "2100ce00" + NAME + "01ffee", // a filler behind one
          "c5608240ffee", // dynamic range in front of one
          "e0" + NAME // an end
        }) {
      assertThat(blank(sound)).isEqualTo(sound);
    }
  }
}
