package io.efface.media;

import io.efface.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A film's sound as FFmpeg's own program decodes it. */
final class Sound {
  static final int RATE = 48000;

  private Sound() {}

  /** Samples of one channel at {@link #RATE}, gaps filled with silence, from time 0 on. */
  static float[] decode(Path file, int track) {
    try {
      Path raw = Files.createTempFile("sound", ".raw");
      try {
        Tool.FFMPEG.runOrFail(
            List.of(
                "-v",
                "error",
                "-y",
                "-i",
                file.toString(),
                "-map",
                "0:a:" + track,
                "-af",
                "aresample=" + RATE + ":async=1:first_pts=0",
                "-ac",
                "1",
                "-f",
                "f32le",
                raw.toString()));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(raw)).order(ByteOrder.LITTLE_ENDIAN);
        float[] samples = new float[bytes.remaining() / 4];
        bytes.asFloatBuffer().get(samples);
        return samples;
      } finally {
        Files.delete(raw);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How long the sound lasts. */
  static double seconds(Path file, int track) {
    return decode(file, track).length / (double) RATE;
  }

  /** Root mean square of the samples from a tenth of a second to half a second. */
  static double loudness(Path file, int track) {
    float[] samples = decode(file, track);
    double sum = 0;
    int from = RATE / 10;
    int to = Math.min(samples.length, RATE / 2);
    for (int i = from; i < to; i++) {
      sum += samples[i] * samples[i];
    }
    return to > from ? Math.sqrt(sum / (to - from)) : 0;
  }
}
