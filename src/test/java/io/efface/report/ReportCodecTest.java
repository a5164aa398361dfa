package io.efface.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.detect.Label;
import io.efface.manifest.Manifests;
import io.efface.media.Rational;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReportCodecTest {

  @Test
  void writesTheGoldenReportToTheByte() throws IOException {
    assertThat(text(Reports.full())).isEqualTo(resource("/io/efface/report/golden.json"));
  }

  @Test
  void whatItWritesFollowsTheSchema() throws IOException {
    JsonNode schema = new ObjectMapper().readTree(resource("/schema/report-2.json"));
    for (Report report : List.of(Reports.full(), Reports.still(), Reports.bare())) {
      JsonNode written = new ObjectMapper().readTree(text(report));
      assertThat(SchemaCheck.problems(schema, written)).isEmpty();
    }
    JsonNode wrong = new ObjectMapper().readTree("{\"format\":\"other\",\"verdict\":\"fine\"}");
    assertThat(SchemaCheck.problems(schema, wrong))
        .contains(": missing tool", "/format: not \"efface-report\"", "/verdict: not allowed");
    JsonNode empty = new ObjectMapper().readTree("{\"case\":{\"id\":\"\"}}");
    assertThat(SchemaCheck.problems(schema, empty)).contains("/case/id: too short");
  }

  @Test
  void theReportsOfAFilmAndOfAManifestUseEveryMemberOfTheSchema() throws IOException {
    JsonNode schema = new ObjectMapper().readTree(resource("/schema/report-2.json"));
    JsonNode written =
        new ObjectMapper().readTree("[" + text(Reports.full()) + "," + text(Reports.still()) + "]");
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
    assertThat(Reports.bare().verdict()).isEqualTo(Report.Verdict.DONE);
    assertThat(Reports.full().verdict()).isEqualTo(Report.Verdict.ATTENTION);
    Report failed =
        Reports.withChecks(
            List.of(Check.ran(Check.FRAMES, false, ""), Check.skipped(Check.RESIDUE, "")));
    assertThat(failed.verdict()).isEqualTo(Report.Verdict.FAILED);
    assertThat(Reports.withChecks(List.of(Check.skipped(Check.RESIDUE, ""))).verdict())
        .isEqualTo(Report.Verdict.DONE);
  }

  @Test
  void aCheckThatDidNotRunCannotPass() {
    assertThatThrownBy(() -> new Check("frames", false, true, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ofAModelsPathOnlyTheNameIsRecorded() {
    assertThat(Reports.detection("/home/someone/net.onnx").model()).isEqualTo("net.onnx");
    assertThat(Reports.detection("C:\\models\\net.onnx").model()).isEqualTo("net.onnx");
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
