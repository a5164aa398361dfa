package io.efface.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.audit.OutputAudit;
import io.efface.batch.Failure;
import io.efface.detect.Device;
import io.efface.detect.Label;
import io.efface.media.EncoderSettings;
import io.efface.media.EncoderWish;
import io.efface.media.KnownEncoder;
import io.efface.media.VideoCodec;
import io.efface.pipeline.AuditOptions;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.Editing;
import io.efface.pipeline.Length;
import io.efface.pipeline.RecallPreset;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RenderOptions;
import io.efface.pipeline.ReportRequest;
import io.efface.redact.Cover;
import io.efface.redact.Style;
import io.efface.report.Filing;
import io.efface.report.ReportFiles;
import io.efface.report.ReportFormat;
import io.efface.testing.Mutation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolTest {

  static Stream<Request> requests() {
    return Stream.of(
        new Request.Redact(
            new RedactionJob(
                Path.of("/in/a \u00e9\n\".mp4"),
                Optional.of("000001.mp4"),
                Path.of("/out/000001.mp4"),
                new DetectionOptions(
                    "x,y.onnx",
                    640,
                    Set.of(Label.PLATE),
                    OptionalDouble.of(0.3),
                    RecallPreset.PARANOID,
                    Device.CUDA),
                new RenderOptions(
                    Map.of(
                        Label.FACE, new Style.Solid(0, 128, 255), Label.PLATE, new Style.Mosaic(3)),
                    0.5,
                    Cover.HEAD,
                    new EncoderSettings(
                        Optional.of(VideoCodec.AV1),
                        40,
                        EncoderSettings.Preset.VERYSLOW,
                        EncoderWish.of(KnownEncoder.AV1_VAAPI)),
                    RenderOptions.Audio.DROP,
                    RenderOptions.OnCorrupt.FAIL,
                    true,
                    RenderOptions.Smart.AUTO,
                    new AuditOptions(OutputAudit.Level.FAST, Optional.of(Path.of("/q")))),
                true,
                Optional.of(
                    new ReportRequest(
                        ReportFiles.named(Path.of("/out/r.json")),
                        ReportFormat.HTML,
                        new Filing(Optional.of("7"), Optional.empty(), Optional.of("asked")),
                        Optional.of("ab".repeat(32)),
                        Optional.empty())),
                Editing.NONE)),
        new Request.Redact(
            new RedactionJob(
                Path.of("/in/a"),
                Path.of("/out/a"),
                DetectionOptions.defaults(),
                RenderOptions.defaults(),
                false,
                Optional.empty())),
        new Request.Measure(Path.of("/in/a")),
        new Request.Probe(8080, Path.of("/etc/passwd")));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void requestsComeThrough(Request request) {
    String line = Protocol.line(request);
    assertThat(line).doesNotContain("\n");
    assertThat(Protocol.request(line)).isEqualTo(request);
  }

  @ParameterizedTest
  @EnumSource
  void everyRecallComesThrough(RecallPreset recall) {
    DetectionOptions usual = DetectionOptions.defaults();
    DetectionOptions detection =
        new DetectionOptions(
            usual.model(), recall.detectSize(), usual.classes(), usual.minScore(), recall);
    Request request =
        new Request.Redact(
            new RedactionJob(
                Path.of("/in/a"),
                Path.of("/out/a"),
                detection,
                RenderOptions.defaults(),
                false,
                Optional.empty()));
    assertThat(Protocol.request(Protocol.line(request))).isEqualTo(request);
  }

  @Test
  void aJobWithEditsIsNotForAChild() {
    Request request =
        new Request.Redact(
            new RedactionJob(
                Path.of("/in/a"),
                Path.of("/out/a"),
                DetectionOptions.defaults(),
                RenderOptions.defaults(),
                false,
                Optional.empty(),
                new Editing(Optional.of(Path.of("/in/e.json")), Optional.empty())));
    assertThatThrownBy(() -> Protocol.line(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("edits");
  }

  static Stream<Reply> replies() {
    return Stream.of(
        new Reply.Hello(1),
        new Reply.Started(OptionalLong.of(9)),
        new Reply.Started(OptionalLong.empty()),
        new Reply.Auditing(OptionalLong.of(9)),
        new Reply.Auditing(OptionalLong.empty()),
        new Reply.Advanced(1L << 40, 7, 2),
        new Reply.Redacted(9, Map.of(Label.FACE, 2), 1, List.of("look\nhere"), List.of("by that")),
        new Reply.Measured(new Length(OptionalLong.of(9), OptionalDouble.of(0.5))),
        new Reply.Measured(new Length(OptionalLong.empty(), OptionalDouble.empty())),
        new Reply.Probed(true, false),
        new Reply.Failed(Failure.Kind.AUDIT_FAILED, "why"));
  }

  @ParameterizedTest
  @MethodSource("replies")
  void repliesComeThrough(Reply reply) {
    String line = Protocol.line(reply);
    assertThat(line).doesNotContain("\n");
    assertThat(Protocol.reply(line)).contains(reply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Svt[info]: banner", "[]", "null", "{}", "{\"failed\":\"odd\"}", "{\"hello\""})
  void whatNativesPrintIsNoReply(String line) {
    assertThat(Protocol.reply(line)).isEmpty();
  }

  @Test
  void whatIsNoRequestIsRefused() {
    assertThatThrownBy(() -> Protocol.request("{\"redact\":{}}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDamagedReplyIsAReplyOrNone() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    List<byte[]> lines =
        replies().map(reply -> Protocol.line(reply).getBytes(StandardCharsets.UTF_8)).toList();
    for (int i = 0; i < 500; i++) {
      byte[] line = lines.get(i % lines.size());
      byte[] other = lines.get(random.nextInt(lines.size()));
      Mutation mutation = Mutation.ALL.get(random.nextInt(Mutation.ALL.size()));
      String damaged = new String(mutation.of(line, other, random), StandardCharsets.UTF_8);
      assertThatCode(() -> Protocol.reply(damaged)).as(damaged).doesNotThrowAnyException();
    }
  }
}
