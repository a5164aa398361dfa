package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.testing.Tool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a container has cut off stays cut off, as in FFmpeg's own program. */
final class ContainerCropIT {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;

  /** Of Matroska: to be shown 8 to 3, as DisplayWidth and DisplayHeight. */
  private static final byte[] DISPLAYED = {
    0x54, (byte) 0xb0, (byte) 0x81, 8, 0x54, (byte) 0xba, (byte) 0x81, 3
  };

  /** In place of that: PixelCropLeft and PixelCropBottom. */
  private static final byte[] CUT = {
    0x54, (byte) 0xcc, (byte) 0x81, 18, 0x54, (byte) 0xaa, (byte) 0x81, 4
  };

  @TempDir Path folder;

  @Test
  void whatMatroskaCutsOffIsNotShown() throws IOException {
    Path whole = folder.resolve("whole.mkv");
    Tool.FFMPEG.runOrFail(
        List.of(
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=" + WIDTH + "x" + HEIGHT + ":d=0.2,setsar=2",
            "-c:v",
            "ffv1",
            "-pix_fmt",
            "yuv420p",
            whole.toString()));
    Path cut =
        Files.write(folder.resolve("cut.mkv"), replaced(Files.readAllBytes(whole), DISPLAYED, CUT));
    assertThat(firstPicture(whole)).isEqualTo(PixelsOf.file(whole, "yuv420p"));
    byte[] shown = firstPicture(cut);
    assertThat(shown).hasSize((WIDTH - 18) * (HEIGHT - 4) * 3 / 2);
    assertThat(shown).isEqualTo(PixelsOf.file(cut, "yuv420p"));
  }

  private static byte[] replaced(byte[] bytes, byte[] from, byte[] to) {
    for (int at = 0; at <= bytes.length - from.length; at++) {
      if (ByteBuffer.wrap(bytes, at, from.length).equals(ByteBuffer.wrap(from))) {
        byte[] result = bytes.clone();
        System.arraycopy(to, 0, result, at, to.length);
        return result;
      }
    }
    throw new AssertionError("the file does not say how it is to be shown");
  }

  private static byte[] firstPicture(Path file) {
    try (VideoReader reader = VideoReader.open(file, 1)) {
      VideoFrame frame = reader.next().orElseThrow();
      ByteBuffer samples = ByteBuffer.allocate(2 * WIDTH * HEIGHT);
      for (Plane plane : frame.planes()) {
        for (int row = 0; row < plane.height(); row++) {
          samples.put(plane.data().slice(row * plane.stride(), plane.width()));
        }
      }
      byte[] bytes = new byte[samples.position()];
      samples.flip().get(bytes);
      return bytes;
    }
  }
}
