package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class AacFillerTest {
  private static final String NAME =
      HexFormat.of().formatHex("Lavc1".getBytes(StandardCharsets.US_ASCII));

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
      AacFiller.blank(packet);
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

  @Test
  void soundIsLeftAlone() {
    for (String sound :
        new String[] {
          "2100" + NAME + "01ffee00aa55", // a channel element
          "cfa0" + NAME + "01ffee00aa55", // spectral band replication in a fill element
          "ded0" + NAME + "01", // a filler longer than the packet
          "ce00" // too short
        }) {
      assertThat(blank(sound)).isEqualTo(sound);
    }
  }
}
