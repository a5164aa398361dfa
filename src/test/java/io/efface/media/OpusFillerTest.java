package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets begin with 78 to 7b: frames of 20 ms, one channel, in the four ways to pack them. */
class OpusFillerTest {
  private static final String NAME =
      HexFormat.of().formatHex("Lavc1".getBytes(StandardCharsets.US_ASCII));
  private static final String BLANK = "00".repeat(5);

  @BeforeAll
  static void loadNatives() {
    FFmpeg.load();
  }

  private static String blank(String hex, int streams) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    AVPacket packet = avcodec.av_packet_alloc();
    try {
      assertThat(avcodec.av_new_packet(packet, bytes.length)).isZero();
      packet.data().put(bytes);
      boolean taken = OpusFiller.blank(packet, streams, Path.of("in.ogg"));
      packet.data().get(bytes);
      return taken ? HexFormat.of().formatHex(bytes) : "";
    } finally {
      avcodec.av_packet_free(packet);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7b 41 05 aabbcc", // one frame
        "7b 42 05 aabbcc dd", // two alike
        "7b c2 05 01 aa bbcc", // two that are not
        "7b c3 05 00 01 bb", // three, two of them with hardly a byte
        "fb 41 05" // a frame of nothing
      })
  void thePaddingBehindTheFramesIsBlanked(String frames) {
    String front = frames.replace(" ", "");
    assertThat(blank(front + NAME, 1)).isEqualTo(front + BLANK);
  }

  @Test
  void longPaddingIsBlankedToo() {
    String more = "ee".repeat(254);
    assertThat(blank("7b41" + "ff05" + "aabb" + more + NAME, 1))
        .isEqualTo("7b41" + "ff05" + "aabb" + "00".repeat(254) + BLANK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "78aabbcc", // one frame
        "78",
        "79aabb", // two alike
        "7a01aabb", // two that are not
        "7b01aabb",
        "7b4100aabb", // no bytes of padding
        "7b8201aabb"
      })
  void soundIsLeftAlone(String packet) {
    assertThat(blank(packet, 1)).isEqualTo(packet);
  }

  /** As decoders see them, too (RFC 6716, 3.4). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "79aa", // two alike of one byte
        "7a", // no length
        "7a05aabb", // a frame that is longer
        "7afc00aa", // one of two bytes' length
        "7b", // no count
        "7b00aabb", // no frames
        "7b07aabbccddeeff00", // of 140 ms
        "7b4109aabb", // more padding than there is
        "7b42ff", // padding without an end
        "7b8209aabb",
        "7b02aabbcc" // two alike of three bytes
      })
  void whatNoDecoderTakesIsTold(String packet) {
    assertThat(blank(packet, 1)).isEmpty();
    assertThat(blank("78" + "aa".repeat(1276), 1)).as("a frame too long").isEmpty();
  }

  /** All but the last stream tell how long their frames are. */
  @ParameterizedTest
  @CsvSource({
    "78 01 aa, 7b 41 05 bb", // the first has none
    "79 01 aabb, 7b 41 05 bb",
    "7a 01 02 aabbcc, 7b 41 05 bb",
    "7b 02 01 aabb, 7b 41 05 bb",
    "7b 82 01 02 aabbcc, 7b 41 05 bb",
  })
  void thePaddingOfALaterStreamIsFound(String first, String second) {
    String front = first.replace(" ", "") + second.replace(" ", "");
    assertThat(blank(front + NAME, 2)).isEqualTo(front + BLANK);
  }

  @Test
  void thePaddingOfEachStreamIsBlanked() {
    String first = "7b4205" + "01" + "aabb";
    String second = "7bc205" + "01" + "02" + "aabbcc";
    String third = "7b4105" + "aabb";
    assertThat(blank(first + NAME + second + NAME + third + NAME, 3))
        .isEqualTo(first + BLANK + second + BLANK + third + BLANK);
    assertThat(blank(first + NAME, 2)).as("a stream less").isEmpty();
  }

  @Test
  void bytesThatOthersHoldAreKept() {
    AVPacket packet = avcodec.av_packet_alloc();
    AVPacket other = avcodec.av_packet_alloc();
    try {
      byte[] bytes = HexFormat.of().parseHex("7b4105aa" + NAME);
      assertThat(avcodec.av_new_packet(other, bytes.length)).isZero();
      other.data().put(bytes);
      assertThat(avcodec.av_packet_ref(packet, other)).isZero();
      assertThat(OpusFiller.blank(packet, 1, Path.of("in.ogg"))).isTrue();
      assertThat(PacketBytes.of(other)).isEqualTo(bytes);
      assertThat(PacketBytes.of(packet)).isEqualTo(HexFormat.of().parseHex("7b4105aa" + BLANK));
    } finally {
      avcodec.av_packet_free(packet);
      avcodec.av_packet_free(other);
    }
  }
}
