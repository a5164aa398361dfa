package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.geometry.Orientation;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where libav gets no memory, nothing goes on with what it would have been put into. */
class NoMemoryTest {
  private static final Path FILE = Path.of("in.mp4");
  private static final int PACKET_BYTES = 100_000;

  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVPacket other = avcodec.av_packet_alloc();

  @BeforeEach
  void makePackets() {
    FFmpeg.load();
    byte[] bytes = new byte[PACKET_BYTES];
    Arrays.fill(bytes, (byte) 'x');
    assertThat(avcodec.av_new_packet(other, PACKET_BYTES)).isZero();
    other.data().put(bytes);
    assertThat(avcodec.av_packet_ref(packet, other)).isZero();
  }

  @AfterEach
  void letGo() {
    avutil.av_max_alloc(Integer.MAX_VALUE);
    avcodec.av_packet_free(packet);
    avcodec.av_packet_free(other);
  }

  private static void leave(int bytes) {
    avutil.av_max_alloc(bytes);
  }

  @Test
  void aFillerThatCannotBeBlankedIsNotCopied() {
    // A fill element, and more behind it.
    other.data().put(new byte[] {(byte) 0xce, 0, 'L', 'a', 'v', 'c'});
    leave(PACKET_BYTES / 2);
    assertThatThrownBy(() -> AacFiller.blank(packet, FILE))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("not enough memory");
  }

  @Test
  void paddingThatCannotBeBlankedIsNotCopied() {
    // An empty frame, and padding up to the end.
    byte[] head = new byte[2 + PACKET_BYTES / 255 + 1];
    Arrays.fill(head, (byte) 255);
    head[0] = 0x7b;
    head[1] = 0x41;
    int rest = PACKET_BYTES - head.length - 254 * (head.length - 3);
    head[head.length - 1] = (byte) rest;
    other.data().put(head);
    leave(PACKET_BYTES / 2);
    assertThatThrownBy(() -> OpusFiller.blank(packet, 1, FILE))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("not enough memory");
  }

  @Test
  void aPacketThatCannotBeHeldBackIsNotLost() {
    leave(16);
    assertThatThrownBy(() -> PacketBytes.share(packet, FILE))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("not enough memory");
  }

  @Test
  void aPictureThatCannotBeTurnedIsNotWritten() {
    AVFrame picture = avutil.av_frame_alloc();
    try {
      picture.format(avutil.AV_PIX_FMT_GRAY8).width(1000).height(1000);
      assertThat(avutil.av_frame_get_buffer(picture, 0)).isZero();
      leave(PACKET_BYTES);
      assertThatThrownBy(() -> PictureRotation.upright(picture, Orientation.UPRIGHT, FILE))
          .isInstanceOf(MediaException.class)
          .hasMessageContaining("not enough memory");
    } finally {
      avutil.av_frame_free(picture);
    }
  }
}
