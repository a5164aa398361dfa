package io.efface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.media.MediaException;
import io.efface.pipeline.DetectJob;
import io.efface.pipeline.FfmpegPrograms;
import io.efface.pipeline.JobException;
import io.efface.pipeline.Jobs;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionPipeline;
import io.efface.pipeline.VerifyJob;
import io.efface.report.Check;
import io.efface.testing.RealFootage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Odd files: each ends in a whole output or in one clean line. Writes how each ended to {@code
 * target/media-outcomes.md}.
 */
class MediaFolderIT {
  private static final int FILES = 130;
  private static final int SECONDS_A_FILE = 60;
  private static final Map<String, List<String>> FILES_BY_KIND = new TreeMap<>();
  private static final List<String> ROWS = new ArrayList<>();
  private static final int LEAST_HONEST = 70;

  private static int honest;

  @TempDir Path folder;

  static List<Path> files() {
    return RealFootage.files("media");
  }

  @Test
  void allFilesAreTried() {
    assertThat(files()).hasSize(FILES);
  }

  @ParameterizedTest
  @MethodSource("files")
  @Timeout(value = SECONDS_A_FILE, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void endsWholeOrInOneLine(Path input) throws IOException {
    Path output = folder.resolve(outputName(input));
    Outcome.Redacted outcome;
    try {
      outcome = new RedactionPipeline().redact(Jobs.redaction(input, output, 320), Progress.NONE);
    } catch (MediaException | JobException e) {
      String message = String.valueOf(e.getMessage());
      assertThat(message).startsWith(input + ": ").doesNotContain("\n", "\r");
      assertThat(Jobs.names(folder)).isEmpty();
      String why = message.substring((input + ": ").length());
      record("refused: " + why.replaceAll("[;,(].*|: [0-9].*", "").strip(), input, why);
      return;
    }
    assertThat(Jobs.names(folder)).containsExactly(Jobs.named(output));
    JsonNode report = new ObjectMapper().readTree(Jobs.report(output).toFile());
    String container;
    if (outputName(input).endsWith(".jpg")) {
      checkStill(output);
      container = "still";
    } else {
      checkTimes(input, output, picture(report), outcome.frames());
      container = outputName(input).replaceAll(".*\\.", "");
    }
    verify(input, output);
    record(
        "whole: " + report.at("/streams").get(position(report)).get("codec").asText(),
        input,
        outcome.frames()
            + " frames, "
            + container
            + (outcome.attention().isEmpty()
                ? ""
                : "; " + String.join("; ", outcome.attention()).replace(input + ": ", "")));
  }

  /** What was made honestly passes the audit that anybody can run. */
  private void verify(Path input, Path output) {
    Path manifest = folder.resolve("manifest.json");
    RedactionPipeline pipeline = new RedactionPipeline();
    pipeline.detect(
        new DetectJob(
            input, Jobs.detection(320), false, Optional.of(manifest), Optional.empty(), false),
        Progress.NONE);
    VerifyJob job = Jobs.verification(output, manifest, Optional.of(input));
    Outcome.Verified verified = pipeline.verify(job, Progress.NONE);
    assertThat(verified.findings()).isEmpty();
    assertThat(verified.checks()).filteredOn(Check::ran).hasSizeGreaterThanOrEqualTo(3);
    honest++;
  }

  private static void checkTimes(Path input, Path output, int stream, long frames) {
    List<Double> actual = FfmpegPrograms.frameTimes(output, 0);
    assertThat(actual).hasSize((int) frames);
    List<Double> expected = FfmpegPrograms.frameTimes(input, stream);
    assertThat(expected).as("what ffprobe decodes of the input").hasSameSizeAs(actual);
    boolean anew = FfmpegPrograms.hasFreeClock(input) || expected.get(0) > 1;
    double shift = anew ? expected.get(0) - actual.get(0) : 0;
    for (int i = 0; i < expected.size(); i++) {
      if (expected.get(i).isNaN()) {
        // ffprobe knows no time for the frames at the end of an AVI without time stamps.
        assertThat(actual.get(i)).isGreaterThan(actual.get(i - 1));
      } else {
        assertThat(actual.get(i) + shift)
            .as("time of frame %d", i)
            .isCloseTo(expected.get(i), within(1e-4));
      }
    }
  }

  /** Nothing before the picture but what decodes it, and nothing after its end. */
  private static void checkStill(Path output) throws IOException {
    String bytes = Files.readString(output, StandardCharsets.ISO_8859_1);
    assertThat(bytes.startsWith("\u00ff\u00d8")).isTrue();
    for (String trace : List.of("Exif", "http://ns.adobe.com", "ftyp", "ICC_PROFILE")) {
      assertThat(bytes.contains(trace)).as(trace).isFalse();
    }
    assertThat(bytes.indexOf("\u00ff\u00d9")).isEqualTo(bytes.length() - 2);
    FfmpegPrograms.Run run =
        FfmpegPrograms.ffmpeg("-v", "warning", "-i", output, "-f", "null", "-");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).doesNotContain("rror");
  }

  /** Index of the stream that was redacted, in the input. */
  private static int picture(JsonNode report) {
    return report.at("/streams").get(position(report)).get("index").asInt();
  }

  private static int position(JsonNode report) {
    for (int i = 0; i < report.at("/streams").size(); i++) {
      if (report.at("/streams").get(i).toString().contains("\"redacted\"")) {
        return i;
      }
    }
    throw new AssertionError("no stream was redacted: " + report.at("/streams"));
  }

  private static String outputName(Path input) {
    String name = input.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.matches(".*\\.(jpg|mkv|webm)") ? name : name.replaceAll("\\.[^.]*$", ".mp4");
  }

  private static void record(String kind, Path input, String outcome) {
    FILES_BY_KIND.computeIfAbsent(kind, k -> new ArrayList<>()).add(input.getFileName().toString());
    ROWS.add("| `" + input.getFileName() + "` | " + outcome.replace("|", "\\|") + " |");
  }

  @AfterAll
  static void writeTable() throws IOException {
    StringBuilder table = new StringBuilder("# Outcomes of the media folder\n\n");
    table.append("| outcome | files |\n|---|---|\n");
    FILES_BY_KIND.forEach(
        (kind, files) ->
            table.append("| ").append(kind).append(" | ").append(files.size()).append(" |\n"));
    System.out.print(table);
    table.append("\n| file | outcome |\n|---|---|\n");
    ROWS.forEach(row -> table.append(row).append('\n'));
    if (ROWS.size() == FILES) {
      assertThat(honest).as("files that passed 'verify'").isGreaterThan(LEAST_HONEST);
    }
    Path target = Files.createDirectories(Path.of("target"));
    Files.writeString(target.resolve("media-outcomes.md"), table);
  }
}
