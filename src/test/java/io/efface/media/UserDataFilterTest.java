package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

  private static String strip(KnownEncoder encoder, String start, List<String> units) {
    byte[] bytes = HexFormat.of().parseHex(joined(start, units));
    AVPacket packet = avcodec.av_packet_alloc();
    try {
      assertThat(avcodec.av_new_packet(packet, bytes.length)).isZero();
      packet.data().put(bytes);
      new UserDataFilter(encoder).strip(packet);
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
    String wanted = joined(start, kept);
    for (String unwanted : List.of(USER_DATA, CAPTIONS)) {
      for (int at = 0; at < kept.size(); at++) {
        List<String> units = new ArrayList<>(kept);
        units.add(at, unwanted);
        units.add(at, USER_DATA);
        assertThat(strip(KnownEncoder.LIBX264, start, units)).as("at %s", at).isEqualTo(wanted);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"000001", "00000001"})
  void aPictureWithoutMessagesIsLeftAlone(String start) {
    assertThat(strip(KnownEncoder.LIBX264, start, List.of(SPS, PICTURE)))
        .isEqualTo(start + SPS + start + PICTURE);
    assertThat(strip(KnownEncoder.LIBX264, start, List.of(USER_DATA))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"000001", "00000001"})
  void ofHardwareNoMessagesStayButThoseOfADisplay(String start) {
    String timing = "06010480000080";
    List<String> units = List.of(AUD, SPS, timing, USER_DATA, MASTERING, LIGHT_LEVEL, PICTURE);
    assertThat(strip(KnownEncoder.H264_VAAPI, start, units))
        .isEqualTo(joined(start, List.of(AUD, SPS, MASTERING, LIGHT_LEVEL, PICTURE)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"000001", "00000001"})
  void hevcOfHardwareIsCleanedBehindThePictureToo(String start) {
    String sps = "4201aabb";
    String picture = "2601af0102";
    String userData = "4e010507aabbccddeeff1180";
    String behind = "50010507aabbccddeeff1180";
    String mastering = "4e018918010203040506070880";
    List<String> units = List.of(sps, userData, mastering, picture, behind);
    assertThat(strip(KnownEncoder.HEVC_NVENC, start, units))
        .isEqualTo(joined(start, List.of(sps, mastering, picture)));
    assertThat(strip(KnownEncoder.LIBX265, start, units)).isEqualTo(joined(start, units));
  }

  private static String joined(String start, List<String> units) {
    return units.stream().map(unit -> start + unit).reduce("", String::concat);
  }

  @ParameterizedTest
  @EnumSource(names = {"LIBSVTAV1", "AV1_NVENC", "LIBVPX_VP9", "LIBX265"})
  void otherCodecsAreLeftAlone(KnownEncoder encoder) {
    assertThat(strip(encoder, "000001", List.of(USER_DATA, PICTURE)))
        .isEqualTo("000001" + USER_DATA + "000001" + PICTURE);
  }
}
