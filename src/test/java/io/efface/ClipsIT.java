package io.efface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.manifest.FileIdentity;
import io.efface.pipeline.FfmpegPrograms;
import io.efface.pipeline.Jobs;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionPipeline;
import io.efface.testing.RealFootage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every real clip through the whole pipeline, judged by FFmpeg's own programs. */
class ClipsIT {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "aiguys_license_plate.mp4, 640",
    "dutch_Video10_2.avi, 640",
    "dutch_Video162_2.avi, 640",
    "dutch_Video51_2.avi, 640",
    "facenet_video.mp4, 640",
    "fr_short_hamilton_clip.mp4, 640",
    "intel_one-by-one-person-detection.mp4, 320",
    "lebanon_bmw.mp4, 640",
    "liveportrait_d10.mp4, 640",
  })
  void aClipComesOutWhole(String name, int detectSize) throws IOException {
    Path input = RealFootage.path("clips/" + name);
    Path output = folder.resolve(name.replaceAll("\\.avi$", ".mp4"));
    Outcome.Redacted outcome =
        new RedactionPipeline().redact(Jobs.redaction(input, output, detectSize), Progress.NONE);

    List<Double> expected = FfmpegPrograms.frameTimes(input, 0);
    List<Double> actual = FfmpegPrograms.frameTimes(output, 0);
    assertThat(outcome.frames()).isEqualTo(expected.size());
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).as("time of frame %d", i).isCloseTo(expected.get(i), within(1e-5));
    }
    assertThat(FfmpegPrograms.packets(output, "v")).containsExactly((long) expected.size());
    List<Long> sound = FfmpegPrograms.packets(input, "a");
    assertThat(FfmpegPrograms.packets(output, "a")).isEqualTo(sound);
    if (!sound.isEmpty()) {
      assertThat(FfmpegPrograms.sound(output)).isEqualTo(FfmpegPrograms.sound(input));
    }
    assertThat(FfmpegPrograms.warnings(input)).containsAll(FfmpegPrograms.warnings(output));

    JsonNode report = new ObjectMapper().readTree(Jobs.report(output).toFile());
    assertThat(report.at("/input/sha256").asText()).isEqualTo(FileIdentity.of(input).sha256());
    assertThat(report.at("/output/sha256").asText()).isEqualTo(FileIdentity.of(output).sha256());
    assertThat(report.at("/output/bytes").asLong()).isEqualTo(Files.size(output));
    assertThat(report.at("/frames").asInt()).isEqualTo(expected.size());
    assertThat(Jobs.names(folder)).containsExactly(Jobs.named(output));
  }

  @Test
  void allClipsAreTried() {
    assertThat(RealFootage.files("clips"))
        .filteredOn(file -> !file.toString().toLowerCase(Locale.ROOT).endsWith(".md"))
        .hasSize(9);
  }
}
