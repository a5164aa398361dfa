package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AudioHeadersTest {

  private static byte[] packet(int type, int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) (0x40 + type));
    bytes[0] = (byte) type;
    return bytes;
  }

  private static byte[] laced(byte[] identification, byte[] comments, byte[] setup) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(2);
    for (byte[] part : new byte[][] {identification, comments}) {
      for (int i = 0; i < part.length / 255; i++) {
        out.write(255);
      }
      out.write(part.length % 255);
    }
    out.writeBytes(identification);
    out.writeBytes(comments);
    out.writeBytes(setup);
    return out.toByteArray();
  }

  /** No comments: a type, the word, a vendor of length 0, none of a list, the framing bit. */
  private static byte[] noComments() {
    byte[] bytes = new byte[16];
    bytes[0] = 3;
    System.arraycopy("vorbis".getBytes(StandardCharsets.US_ASCII), 0, bytes, 1, 6);
    bytes[15] = 1;
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({
    "30, 60, 4000",
    "30, 254, 10",
    "30, 255, 10",
    "30, 256, 10",
    "30, 510, 10",
    "30, 5000, 10",
    "255, 300, 3",
    "600, 1, 300"
  })
  void commentsAreEmptiedAndTheRestIsKept(int identification, int comments, int setup) {
    byte[] first = packet(1, identification);
    byte[] last = packet(5, setup);
    assertThat(AudioHeaders.withoutComments(laced(first, packet(3, comments), last)))
        .hasValue(laced(first, noComments(), last));
  }

  @Test
  void headersThatDoNotAddUpAreRefused() {
    byte[] whole = laced(packet(1, 30), packet(3, 300), packet(5, 100));
    assertThat(AudioHeaders.withoutComments(Arrays.copyOf(whole, 200))).isEmpty();
    assertThat(AudioHeaders.withoutComments(Arrays.copyOf(whole, 2))).isEmpty();
    assertThat(AudioHeaders.withoutComments(new byte[] {2, (byte) 255, (byte) 255})).isEmpty();
    whole[0] = 3;
    assertThat(AudioHeaders.withoutComments(whole)).isEmpty();
  }
}
