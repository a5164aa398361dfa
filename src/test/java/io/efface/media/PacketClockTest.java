package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PacketClockTest {
  private static final Rational MILLISECONDS = new Rational(1, 1000);
  private static final Rational TENTHS = new Rational(1, 10_000);

  private final PacketClock clock = new PacketClock(Path.of("in.ts"), 0);
  private final List<String> given = new ArrayList<>();

  @BeforeEach
  void load() {
    FFmpeg.load();
  }

  @AfterEach
  void close() {
    clock.close();
  }

  /** Picture in thousandths of a second from 1000 on, sound in ten-thousandths. */
  private void streams(long start) {
    clock.add(MILLISECONDS, start, 40, 0);
    clock.add(TENTHS, start * 10, 1, 0);
  }

  private void picture(long pts) {
    read(0, pts, 40);
  }

  private void sound(long pts) {
    read(1, pts, 200);
  }

  private void read(int stream, long pts, long duration) {
    AVPacket packet = avcodec.av_packet_alloc();
    avcodec.av_new_packet(packet, 1);
    packet.stream_index(stream).pts(pts).dts(pts).duration(duration);
    if (clock.admit(packet)) {
      note(packet);
    }
    take();
    avcodec.av_packet_free(packet);
  }

  private void take() {
    AVPacket packet = avcodec.av_packet_alloc();
    while (clock.take(packet)) {
      note(packet);
      avcodec.av_packet_unref(packet);
    }
    avcodec.av_packet_free(packet);
  }

  private void note(AVPacket packet) {
    assertThat(packet.dts()).isEqualTo(packet.pts());
    given.add((packet.stream_index() == 0 ? "p" : "s") + packet.pts());
  }

  @Test
  void whatTheFileStartsAtIsZero() {
    streams(1_719_400_000_000L);
    sound(17_194_000_000_000L);
    picture(1_719_400_000_000L);
    picture(1_719_400_000_040L);
    read(7, 5, 1);
    assertThat(given).containsExactly("s0", "p0", "p40", "s5");
    assertThat(clock.isShifted()).isFalse();
  }

  @Test
  void soundFollowsThePicturesShift() {
    streams(0);
    picture(1000);
    sound(10_000);
    picture(1040);
    picture(0);
    sound(10_200);
    sound(10_400);
    sound(400);
    picture(40);
    assertThat(given)
        .as("the picture goes on at 1080, and so does the sound of its first 40 ms")
        .containsExactly(
            "p1000", "s10000", "p1040", "p1080", "s10200", "s10400", "s11200", "p1120");
    assertThat(clock.isShifted()).isTrue();
  }

  @Test
  void soundThatIsSetFirstWaitsForThePicture() {
    streams(0);
    picture(1000);
    sound(10_000);
    sound(0);
    sound(200);
    picture(1040);
    assertThat(given).containsExactly("p1000", "s10000");
    picture(0);
    assertThat(given).containsExactly("p1000", "s10000", "s10800", "s11000", "p1040", "p1080");
  }

  @Test
  void soundThatIsLongerThanThePictureIsCutWhereTheyAreJoined() {
    streams(0);
    picture(1000);
    picture(1040);
    for (int i = 0; i < 9; i++) {
      sound(10_000 + 200L * i);
    }
    given.clear();
    picture(0);
    for (int i = 0; i < 7; i++) {
      sound(200L * i);
    }
    assertThat(given).containsExactly("p1080", "s11800", "s12000");
  }

  @Test
  void soundWhoseClockAloneIsSetIsHeldBackForAWhileOnly() {
    streams(0);
    picture(1000);
    sound(10_000);
    sound(0);
    for (int i = 1; i < 256; i++) {
      picture(1000 + 40L * i);
    }
    assertThat(given).hasSize(2);
    picture(20_000);
    assertThat(given).hasSize(259).contains("s0", "p20000");
    assertThat(clock.isShifted()).isFalse();
  }

  @Test
  void whatIsHeldBackComesOutAtTheEnd() {
    streams(0);
    picture(1000);
    sound(10_000);
    sound(0);
    clock.end();
    take();
    assertThat(given).containsExactly("p1000", "s10000", "s0");
  }
}
