package io.efface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.detect.Label;
import io.efface.eval.Coverage;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.EvalJob;
import io.efface.pipeline.FfmpegPrograms;
import io.efface.pipeline.JobException;
import io.efface.pipeline.Jobs;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RecallPreset;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RedactionPipeline;
import io.efface.redact.Style;
import io.efface.testing.Python;
import io.efface.testing.RealFootage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a clip's objects, beside what {@code coverage.py} says of the same files. */
class EvalClipIT {
  private static final int FRAMES = 20;
  private static final int DETECT_SIZE = 640;

  @TempDir static Path folder;
  private static Path clip = Path.of("");
  private static Path truth = Path.of("");

  @BeforeAll
  static void makeClip() {
    Python.bench(
        "make_clips.py",
        RealFootage.path("dev/wider_val"),
        folder,
        "--clips",
        1,
        "--frames",
        FRAMES,
        "--size",
        "640x360",
        "--seed",
        5);
    clip = folder.resolve("face00.mp4");
    truth = folder.resolve("face00.csv");
  }

  @Test
  void aRedactionIsJudgedAsCoveragePyDoes() throws IOException {
    Path redacted = folder.resolve("redacted.mp4");
    new RedactionPipeline()
        .redact(
            new RedactionJob(
                clip,
                redacted,
                new DetectionOptions(
                    DetectionOptions.DEFAULT_MODEL,
                    DETECT_SIZE,
                    Set.of(Label.FACE),
                    OptionalDouble.empty()),
                Jobs.render(new Style.Blur()),
                false,
                Optional.empty()),
            Progress.NONE);
    Coverage coverage = judged(Optional.of(redacted));
    assertThat(coverage.all().recall()).isGreaterThan(0.97);
    compare(coverage, redacted);
    assertThat(judged(Optional.empty()))
        .as("redacted on the spot, with the same options")
        .isEqualTo(coverage);
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(files).noneMatch(file -> Files.exists(file.resolve("redacted.mkv")));
    }
  }

  @Test
  void encodingAloneCoversNothing() throws IOException {
    Path encoded = encoded("encoded.mp4", "-crf", "23");
    Coverage coverage = judged(Optional.of(encoded));
    assertThat(coverage.all().recall()).isLessThan(0.05);
    compare(coverage, encoded);
  }

  @Test
  void otherFootageIsRefused() {
    Path shorter = encoded("shorter.mp4", "-frames:v", "5");
    assertThatThrownBy(() -> judged(Optional.of(shorter)))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(shorter + ": ends after 5 frames");
    Path smaller = encoded("smaller.mp4", "-vf", "scale=320:180");
    assertThatThrownBy(() -> judged(Optional.of(smaller)))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(smaller + ": its pictures are 320x180");
  }

  @Test
  void truthOfALongerClipIsRefused() throws IOException {
    List<String> lines = Files.readAllLines(truth);
    Path other = folder.resolve("other.csv");
    Files.write(other, List.of(lines.get(0), lines.get(1).replaceFirst("^\\d+", "" + FRAMES)));
    assertThatThrownBy(() -> evaluate(other, Optional.of(clip)))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(other + ": speaks of frame 20, but the last of " + clip + " is 19");
  }

  /** Grey by way of RGB and a decoder of another version make for small differences. */
  private static void compare(Coverage coverage, Path redacted) throws IOException {
    JsonNode other =
        new ObjectMapper().readTree(Python.bench("coverage.py", clip, redacted, truth, "--json"));
    int objects = other.get("objects").asInt();
    assertThat(objects).isGreaterThan(10);
    assertThat(coverage.frames()).isEqualTo(other.get("frames").asInt()).isEqualTo(FRAMES);
    assertThat((double) coverage.all().objects()).isCloseTo(objects, within(0.01 * objects));
    assertThat(coverage.all().recall())
        .isCloseTo(other.get("frame_recall").asDouble(), within(0.01));
    if (coverage.small().objects() > 0) {
      assertThat(coverage.small().recall())
          .isCloseTo(other.get("small_recall").asDouble(), within(0.02));
    }
    assertThat(coverage.tracks()).isCloseTo(other.get("tracks").asInt(), within(1));
    assertThat(coverage.exposedTracks()).isCloseTo(other.get("exposed_tracks").asInt(), within(1));
    assertThat((double) coverage.exposedFrames())
        .isCloseTo(other.get("exposed_frames").asInt(), within(Math.max(1, 0.02 * objects)));
    assertThat(coverage.overRedaction())
        .isCloseTo(other.get("over_redaction").asDouble(), within(0.005));
  }

  private static Coverage judged(Optional<Path> redacted) {
    return evaluate(truth, redacted);
  }

  private static Coverage evaluate(Path list, Optional<Path> redacted) {
    EvalJob job =
        new EvalJob.Clip(
            clip,
            list,
            redacted,
            DetectionOptions.DEFAULT_MODEL,
            DETECT_SIZE,
            Set.of(),
            RecallPreset.BALANCED);
    Outcome outcome = new RedactionPipeline().evaluate(job, Progress.NONE);
    assertThat(outcome).isInstanceOf(Outcome.Judged.class);
    return ((Outcome.Judged) outcome).coverage();
  }

  private static Path encoded(String name, String... options) {
    Object[] arguments = new Object[options.length + 7];
    System.arraycopy(new Object[] {"-i", clip, "-c:v", "libx264"}, 0, arguments, 0, 4);
    System.arraycopy(new Object[] {"-preset", "veryfast"}, 0, arguments, 4, 2);
    System.arraycopy(options, 0, arguments, 6, options.length);
    arguments[arguments.length - 1] = folder.resolve(name);
    return FfmpegPrograms.make(arguments);
  }
}
