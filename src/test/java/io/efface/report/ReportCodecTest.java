package io.efface.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.manifest.FileIdentity;
import io.efface.manifest.FrameRange;
import io.efface.manifest.Manifest;
import io.efface.manifest.Manifests;
import io.efface.manifest.Tool;
import io.efface.media.EncoderSettings;
import io.efface.media.EncoderSettings.Preset;
import io.efface.media.Rational;
import io.efface.media.VideoCodec;
import io.efface.redact.Style;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReportCodecTest {

  @Test
  void writesTheGoldenReportToTheByte() throws IOException {
    assertThat(text(full())).isEqualTo(resource("/io/efface/report/golden.json"));
  }

  @Test
  void whatItWritesFollowsTheSchema() throws IOException {
    JsonNode schema = new ObjectMapper().readTree(resource("/schema/report-2.json"));
    for (Report report : List.of(full(), bare())) {
      JsonNode written = new ObjectMapper().readTree(text(report));
      assertThat(SchemaCheck.problems(schema, written)).isEmpty();
    }
    JsonNode wrong = new ObjectMapper().readTree("{\"format\":\"other\",\"verdict\":\"fine\"}");
    assertThat(SchemaCheck.problems(schema, wrong))
        .contains(": missing tool", "/format: not \"efface-report\"", "/verdict: not allowed");
  }

  @Test
  void theFullReportUsesEveryMemberOfTheSchema() throws IOException {
    JsonNode schema = new ObjectMapper().readTree(resource("/schema/report-2.json"));
    JsonNode written = new ObjectMapper().readTree(text(full()));
    schema
        .findParents("properties")
        .forEach(
            object ->
                object
                    .get("properties")
                    .fieldNames()
                    .forEachRemaining(
                        name -> assertThat(written.findValue(name)).as(name).isNotNull()));
  }

  @Test
  void theVerdictFollowsFromChecksAndAttention() {
    assertThat(bare().verdict()).isEqualTo(Report.Verdict.DONE);
    assertThat(full().verdict()).isEqualTo(Report.Verdict.ATTENTION);
    Report failed =
        withChecks(List.of(Check.ran(Check.FRAMES, false, ""), Check.skipped(Check.RESIDUE, "")));
    assertThat(failed.verdict()).isEqualTo(Report.Verdict.FAILED);
    assertThat(withChecks(List.of(Check.skipped(Check.RESIDUE, ""))).verdict())
        .isEqualTo(Report.Verdict.DONE);
  }

  @Test
  void aCheckThatDidNotRunCannotPass() {
    assertThatThrownBy(() -> new Check("frames", false, true, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ofAModelsPathOnlyTheNameIsRecorded() {
    assertThat(detection("/home/someone/net.onnx").model()).isEqualTo("net.onnx");
    assertThat(detection("C:\\models\\net.onnx").model()).isEqualTo("net.onnx");
  }

  private static ReportOptions.Detection detection(String model) {
    return new ReportOptions.Detection(
        model, 1280, List.of(Label.PLATE, Label.FACE), OptionalDouble.of(0.3));
  }

  private static Report full() {
    Manifest manifest = Manifests.small();
    return new Report(
        new Tool("efface", "0.1.0"),
        Instant.parse("2026-01-02T03:04:05.678901Z"),
        Instant.parse("2026-01-02T03:05:00Z"),
        new FileIdentity("in.mp4", Manifests.SHA256, 1000),
        new FileIdentity("out.mp4", Manifests.SHA256, 900),
        List.of(Manifests.model()),
        new ReportOptions(
            Optional.of(detection("efface-n")),
            new ReportOptions.Render(
                Map.of(Label.FACE, new Style.Blur(), Label.PLATE, new Style.Solid(0, 128, 255)),
                0.25,
                new EncoderSettings(Optional.of(VideoCodec.HEVC), 75, Preset.FAST),
                "keep",
                "blank",
                false,
                "full")),
        List.of(
            new StreamFate(0, "video", "h264", new StreamFate.Kept(StreamFate.How.REDACTED)),
            new StreamFate(1, "audio", "aac", new StreamFate.Kept(StreamFate.How.COPIED)),
            new StreamFate(2, "data", "unknown", new StreamFate.Dropped("not on the list"))),
        List.of(new Report.DroppedMetadata("global tags", 12)),
        10,
        new Report.Timing(0, 1.0 / 3),
        manifest.tracks().stream()
            .map(e -> TrackSummary.of(e, manifest.input().timeBase()))
            .toList(),
        List.of(new FrameRange(4, 4)),
        List.of(
            Check.ran(Check.FRAMES, true, "10 frames decoded"),
            Check.ran(Check.RESIDUE, false, "looked at 2 of 10 frames")),
        List.of(new Residual(Label.FACE, 0.5, 1.5, new Box(10, 20, 40.4, 60), 0.75)),
        List.of("1 frame could not be decoded and was filled whole"));
  }

  private static Report bare() {
    return withChecks(List.of());
  }

  private static Report withChecks(List<Check> checks) {
    return new Report(
        Tool.current(),
        Instant.EPOCH,
        Instant.EPOCH,
        new FileIdentity("in.mp4", Manifests.SHA256, 0),
        new FileIdentity("out.mp4", Manifests.SHA256, 0),
        List.of(),
        new ReportOptions(
            Optional.empty(),
            new ReportOptions.Render(
                Map.of(Label.FACE, new Style.Mosaic(4)),
                0,
                EncoderSettings.defaults(),
                "drop",
                "fail",
                true,
                "off")),
        List.of(),
        List.of(),
        0,
        new Report.Timing(0, 0),
        List.of(),
        List.of(),
        checks,
        List.of(),
        List.of());
  }

  @Test
  void aTracksOriginsAddUpToItsFrames() {
    TrackSummary face = TrackSummary.of(Manifests.small().tracks().get(0), new Rational(1, 512));
    assertThat(face.frames()).isEqualTo(3);
    assertThat(face.firstSeconds()).isEqualTo(-1);
    assertThat(face.lastSeconds()).isEqualTo(1);
    assertThatThrownBy(
            () ->
                new TrackSummary(
                    1, Label.FACE, face.decision(), 0, 1, 4, 0.5, Map.copyOf(face.origins())))
        .hasMessageContaining("add up");
  }

  private static String text(Report report) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReportCodec.write(report, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ReportCodecTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
