package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JpegPacketsTest {
  private static final byte[] PICTURE = picture();

  @BeforeEach
  void load() {
    FFmpeg.load();
  }

  @Test
  void aWholePictureEndsWhateverStandsBehindIt() {
    assertThat(ends(PICTURE)).isTrue();
    assertThat(ends(joined(PICTURE, new byte[100]))).isTrue();
    assertThat(ends(joined(PICTURE, new byte[] {(byte) 0xff}))).isTrue();
    assertThat(ends(joined(PICTURE, PICTURE))).isTrue();
  }

  @Test
  void aPictureThatBreaksOffAnywhereHasNoEnd() {
    for (int length = 0; length < PICTURE.length; length++) {
      assertThat(ends(Arrays.copyOf(PICTURE, length))).as("%d bytes", length).isFalse();
    }
    byte[] zeroed = PICTURE.clone();
    Arrays.fill(zeroed, PICTURE.length / 2, PICTURE.length, (byte) 0);
    assertThat(ends(zeroed)).isFalse();
    assertThat(ends(joined(PICTURE, Arrays.copyOf(PICTURE, 300)))).as("second field").isFalse();
  }

  @Test
  void aFilmWhosePicturesNeverEndIsNotJudged() {
    byte[] endless = Arrays.copyOf(PICTURE, PICTURE.length - 2);
    JpegPackets film = new JpegPackets(/* still= */ false);
    assertThat(isBroken(film, endless)).isFalse();
    assertThat(isBroken(film, endless)).isFalse();
    JpegPackets other = new JpegPackets(/* still= */ false);
    assertThat(isBroken(other, PICTURE)).isFalse();
    assertThat(isBroken(other, endless)).isTrue();
    assertThat(isBroken(new JpegPackets(/* still= */ true), endless)).isTrue();
  }

  private static boolean ends(byte[] bytes) {
    return JpegPackets.ends(ByteBuffer.wrap(bytes));
  }

  private static boolean isBroken(JpegPackets packets, byte[] bytes) {
    AVPacket packet = avcodec.av_packet_alloc();
    try (BytePointer data = new BytePointer(bytes)) {
      packet.data(data).size(bytes.length);
      return packets.isBroken(packet);
    } finally {
      avcodec.av_packet_free(packet);
    }
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static byte[] picture() {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(3);
    for (int i = 0; i < 64 * 48; i++) {
      image.setRGB(i % 64, i / 64, random.nextInt());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
