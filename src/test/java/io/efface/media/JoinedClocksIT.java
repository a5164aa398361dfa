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
    FfmpegPrograms.Run run =
        FfmpegPrograms.ffprobe(
            "-v",
            "error",
            "-select_streams",
            stream,
            "-show_entries",
            "stream=duration",
            "-of",
            "csv=p=0",
            file);
    return Double.parseDouble(run.out().strip());
  }
}
