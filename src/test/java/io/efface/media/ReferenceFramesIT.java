package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.testing.SyntheticVideo;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decoders predict later pictures from earlier ones: what is painted over must not come back. */
final class ReferenceFramesIT {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "a.mp4, libx264, yuv420p", "a.mp4, libx264, yuv422p10le", "a.mp4, libx265, yuv420p",
    "a.webm, libvpx-vp9, yuv420p", "a.mkv, libsvtav1, yuv420p", "a.ts, mpeg2video, yuv420p",
    "a.avi, mpeg4, yuv420p", "a.mkv, ffv1, yuv420p", "a.avi, mjpeg, yuvj420p"
  })
  void paintingOverAFrameLeavesTheOthersAsTheyWere(String name, String codec, String format) {
    Path clip =
        SyntheticVideo.named(name).codec(codec).pixelFormat(format).gop(12).frames(24).in(folder);
    List<Long> clean = decode(clip, 1, 0);
    assertThat(clean).hasSize(24);
    for (int threads : new int[] {1, 3}) {
      for (int every : new int[] {1, 3}) {
        List<Long> painted = decode(clip, threads, every);
        assertThat(painted).as("%s threads, every %s", threads, every).isEqualTo(clean);
      }
    }
  }

  /** Checksums of all frames; each {@code every}th is painted black after its own was taken. */
  private static List<Long> decode(Path clip, int threads, int every) {
    List<Long> sums = new ArrayList<>();
    try (VideoReader reader = VideoReader.open(clip, threads)) {
      for (Optional<VideoFrame> next = reader.next(); next.isPresent(); next = reader.next()) {
        sums.add(PixelsOf.checksum(next.get()));
        if (every > 0 && next.get().index() % every == 0) {
          VideoFrame writable = reader.decoder().makeWritable();
          assertThat(PixelsOf.checksum(writable)).isEqualTo(sums.get(sums.size() - 1));
          paint(writable);
        }
      }
    }
    return sums;
  }

  private static void paint(VideoFrame frame) {
    for (Plane plane : frame.planes()) {
      ByteBuffer data = plane.data();
      for (int i = 0; i < data.capacity(); i++) {
        data.put(i, (byte) 0);
      }
    }
  }
}
