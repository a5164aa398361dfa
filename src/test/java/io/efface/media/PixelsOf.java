package io.efface.media;

import io.efface.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** Samples of pictures, by FFmpeg's own program or by a decoder's planes. */
final class PixelsOf {
  private PixelsOf() {}

  /** The first picture of a file in a pixel format of FFmpeg's, rows without gaps. */
  static byte[] file(Path file, String format) {
    try {
      Path raw = Files.createTempFile("picture", ".raw");
      try {
        Tool.FFMPEG.runOrFail(
            List.of(
                "-v",
                "error",
                "-y",
                "-i",
                file.toString(),
                "-frames:v",
                "1",
                "-pix_fmt",
                format,
                "-f",
                "rawvideo",
                raw.toString()));
        return Files.readAllBytes(raw);
      } finally {
        Files.delete(raw);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Mean difference of two pictures' samples, 0 to 255; empty if their sizes differ. */
  static Optional<Double> difference(byte[] a, byte[] b) {
    if (a.length != b.length || a.length == 0) {
      return Optional.empty();
    }
    long sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
    }
    return Optional.of(sum / (double) a.length);
  }

  /** A checksum of a frame's samples. */
  static long checksum(VideoFrame frame) {
    CRC32 crc = new CRC32();
    for (Plane plane : frame.planes()) {
      byte[] row = new byte[plane.width() * frame.layout().bytesPerSample()];
      for (int y = 0; y < plane.height(); y++) {
        plane.data().get(y * plane.stride(), row);
        crc.update(row);
      }
    }
    return crc.getValue();
  }
}
