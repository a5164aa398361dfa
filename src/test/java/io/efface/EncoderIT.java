package io.efface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.media.EncoderWish;
import io.efface.media.KnownEncoder;
import io.efface.media.Natives;
import io.efface.pipeline.Jobs;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RedactionPipeline;
import io.efface.pipeline.ReportRequest;
import io.efface.redact.Style;
import io.efface.testing.Probe;
import io.efface.testing.SyntheticVideo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encoders by name, on a machine that need not have any hardware. */
class EncoderIT {
  @TempDir Path folder;

  /** Where the hardware works it is used; where it does not, the output is software's. */
  @ParameterizedTest
  @CsvSource({
    "h264_nvenc,libx264",
    "h264_vaapi,libx264",
    "h264_qsv,libx264",
    "hevc_vaapi,libx265",
    "av1_nvenc,libsvtav1",
  })
  void aNamedEncoderIsUsedOrGivesWayToSoftware(String name, String instead) throws IOException {
    KnownEncoder named = KnownEncoder.ofId(name).orElseThrow();
    assumeThat(Natives.has(named)).as("in this build").isTrue();
    Outcome.Redacted made = redact(name, "yuv420p", EncoderWish.of(named));
    JsonNode report = report(made);
    assertThat(Probe.of(made.output()).video().path("codec_name").asText())
        .isEqualTo(named.codec().id());
    assertThat(report.at("/options/render/encoder").asText()).isEqualTo(name);
    if (report.at("/encoder/name").asText().equals(name)) {
      assertThat(made.notes()).isEmpty();
      return;
    }
    assertThat(report.at("/encoder/name").asText()).isEqualTo(instead);
    assertThat(report.at("/encoder/why").asText()).startsWith(name + " does not work here: ");
    assertThat(made.notes()).hasSize(1);
    assertThat(made.notes().get(0)).contains(name, "encoded by " + instead);
    Outcome.Redacted software =
        redact(instead, "yuv420p", EncoderWish.of(KnownEncoder.ofId(instead).orElseThrow()));
    assertThat(made.output()).hasSameBinaryContentAs(software.output());
    assertThat(software.notes()).isEmpty();
  }

  @Test
  void whatHardwareCannotKeepIsEncodedBySoftware() throws IOException {
    assumeThat(Natives.has(KnownEncoder.H264_VAAPI)).isTrue();
    Outcome.Redacted made = redact("wide", "yuv422p", EncoderWish.of(KnownEncoder.H264_VAAPI));
    assertThat(report(made).at("/encoder/why").asText()).contains("not 4:2:0");
    assertThat(Probe.of(made.output()).video().path("pix_fmt").asText()).isEqualTo("yuv422p");
  }

  private Outcome.Redacted redact(String name, String pixelFormat, EncoderWish wish) {
    Path input =
        SyntheticVideo.named("in.mp4")
            .size(160, 120)
            .pixelFormat(pixelFormat)
            .frames(10)
            .in(folder);
    Path output = folder.resolve(name + ".mp4");
    return new RedactionPipeline()
        .redact(
            new RedactionJob(
                input,
                output,
                Jobs.detection(160),
                Jobs.render(
                    new Style.Blur(), Jobs.encoder(wish.named().map(KnownEncoder::codec), wish)),
                false,
                Optional.of(ReportRequest.beside(output))),
            Progress.NONE);
  }

  private static JsonNode report(Outcome.Redacted made) throws IOException {
    return new ObjectMapper().readTree(Files.readAllBytes(Jobs.report(made.output())));
  }
}
