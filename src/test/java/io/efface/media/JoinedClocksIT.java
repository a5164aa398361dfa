package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.efface.pipeline.FfmpegPrograms;
import io.efface.testing.SyntheticVideo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings that were put one behind the other, each with a clock of its own. */
final class JoinedClocksIT {
  private static final int FRAMES = 50;
  private static final double STEP_SECONDS = 0.04;

  @TempDir Path folder;

  @Test
  void theFilmAndItsSoundGoOnAtTheirPace() throws IOException {
    Path one =
        SyntheticVideo.named("one.ts")
            .size(160, 120)
            .rate("25")
            .frames(FRAMES)
            .audio("aac", 48000)
            .in(folder);
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    twice.write(Files.readAllBytes(one));
    twice.write(Files.readAllBytes(one));
    Path joined = Files.write(folder.resolve("joined.ts"), twice.toByteArray());
    Path out = folder.resolve("out.mp4");
    List<StreamDecision> decisions =
        Transcode.run(joined, out, Transcode.quick(Optional.empty()), /* keepAudio= */ true);
    assertThat(decisions).extracting(StreamDecision::fate).contains(StreamDecision.Fate.COPIED);
    List<Double> times = FfmpegPrograms.frameTimes(out, 0);
    assertThat(times).hasSize(2 * FRAMES);
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).isCloseTo(STEP_SECONDS, within(0.002));
    }
    assertThat(seconds(out, "a:0")).isCloseTo(seconds(out, "v:0"), within(0.2));
    assertThat(isShifted(one)).isFalse();
    assertThat(isShifted(joined)).isTrue();
  }

  /** The sound of the first part is longer than its picture by far more than players forgive. */
  @ParameterizedTest
  @ValueSource(strings = {"aac", "mp2"})
  void soundStaysWithThePictureBehindAJoint(String coding) throws IOException {
    byte[] first = Files.readAllBytes(part("first.ts", coding, 2, 2.75));
    Path second = part("second.ts", coding, 2, 2);
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(first);
    joined.write(Files.readAllBytes(second));
    joined.write(first);
    joined.write(Files.readAllBytes(second));
    Path in = Files.write(folder.resolve("parts.ts"), joined.toByteArray());
    Path out = folder.resolve("parts.mp4");
    Path alone = folder.resolve("alone.mp4");
    Transcode.run(in, out, Transcode.quick(Optional.empty()), /* keepAudio= */ true);
    Transcode.run(second, alone, Transcode.quick(Optional.empty()), /* keepAudio= */ true);
    assertThat(end(out, "a:0") - end(out, "v:0"))
        .isCloseTo(end(alone, "a:0") - end(alone, "v:0"), within(0.06));
  }

  private Path part(String name, String coding, double picture, double sound) {
    Path file = folder.resolve(name);
    FfmpegPrograms.Run run =
        FfmpegPrograms.ffmpeg(
            "-v",
            "error",
            "-y",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=64x64:r=25:d=" + picture,
            "-f",
            "lavfi",
            "-i",
            "sine=sample_rate=48000:d=" + sound,
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-c:a",
            coding,
            file);
    assertThat(run.err()).isEmpty();
    return file;
  }

  private static double end(Path file, String stream) {
    return seconds(file, stream, "start_time") + seconds(file, stream, "duration");
  }

  private static boolean isShifted(Path file) {
    try (VideoReader reader = VideoReader.open(file, 1)) {
      Optional<VideoFrame> next = reader.next();
      while (next.isPresent()) {
        next = reader.next();
      }
      return reader.decoder().isShifted();
    }
  }

  private static double seconds(Path file, String stream) {
    return seconds(file, stream, "duration");
  }

  private static double seconds(Path file, String stream, String field) {
    FfmpegPrograms.Run run =
        FfmpegPrograms.ffprobe(
            "-v",
            "error",
            "-select_streams",
            stream,
            "-show_entries",
            "stream=" + field,
            "-of",
            "csv=p=0",
            file);
    return Double.parseDouble(run.out().strip());
  }
}
