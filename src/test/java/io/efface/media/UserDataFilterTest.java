package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UserDataFilterTest {
  private static final String AUD = "09f0";
  private static final String SPS = "6764001fac";
  private static final String USER_DATA = "060507aabbccddeeff1180";
  private static final String CAPTIONS = "060404b5003180";
  private static final String MASTERING = "068918010203040506070880";
  private static final String LIGHT_LEVEL = "06900403e8019080";
  private static final String PICTURE = "6588840005060507aabbcc";

  @BeforeAll
  static void loadNatives() {
    FFmpeg.load();
  }

  private static String strip(VideoCodec codec, String start, List<String> units) {
    byte[] bytes =
        HexFormat.of().parseHex(units.stream().map(u -> start + u).reduce("", String::concat));
    AVPacket packet = avcodec.av_packet_alloc();
    try {
      assertThat(avcodec.av_new_packet(packet, bytes.length)).isZero();
      packet.data().put(bytes);
      new UserDataFilter(codec).strip(packet);
      byte[] left = new byte[packet.size()];
      packet.data().get(left);
      return HexFormat.of().formatHex(left);
    } finally {
      avcodec.av_packet_free(packet);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"000001", "00000001"})
  void userDataGoesWhereverItStandsAndHdrStays(String start) {
    List<String> kept = List.of(AUD, SPS, MASTERING, LIGHT_LEVEL, PICTURE);
    String wanted = kept.stream().map(u -> start + u).reduce("", String::concat);
    for (String unwanted : List.of(USER_DATA, CAPTIONS)) {
      for (int at = 0; at < kept.size(); at++) {
        List<String> units = new ArrayList<>(kept);
        units.add(at, unwanted);
        units.add(at, USER_DATA);
        assertThat(strip(VideoCodec.H264, start, units)).as("at %s", at).isEqualTo(wanted);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"000001", "00000001"})
  void aPictureWithoutMessagesIsLeftAlone(String start) {
    assertThat(strip(VideoCodec.H264, start, List.of(SPS, PICTURE)))
        .isEqualTo(start + SPS + start + PICTURE);
    assertThat(strip(VideoCodec.H264, start, List.of(USER_DATA))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AV1", "VP9", "HEVC"})
  void otherCodecsAreLeftAlone(VideoCodec codec) {
    assertThat(strip(codec, "000001", List.of(USER_DATA, PICTURE)))
        .isEqualTo("000001" + USER_DATA + "000001" + PICTURE);
  }
}
