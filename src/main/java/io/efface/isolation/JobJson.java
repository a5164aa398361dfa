package io.efface.isolation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.efface.audit.OutputAudit;
import io.efface.detect.Device;
import io.efface.detect.Label;
import io.efface.media.EncoderSettings;
import io.efface.media.EncoderWish;
import io.efface.media.VideoCodec;
import io.efface.pipeline.AuditOptions;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.Editing;
import io.efface.pipeline.RecallPreset;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RenderOptions;
import io.efface.pipeline.ReportRequest;
import io.efface.redact.Cover;
import io.efface.redact.Style;
import io.efface.report.Filing;
import io.efface.report.ReportFiles;
import io.efface.report.ReportFormat;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** A job as JSON, everything but a key; jobs with a person's edits are not for children. */
final class JobJson {
  private JobJson() {}

  /**
   * Writes a job.
   *
   * @throws IllegalArgumentException if there are edits to it
   */
  static ObjectNode write(RedactionJob job) {
    if (!job.editing().equals(Editing.NONE)) {
      throw new IllegalArgumentException(job.input() + ": has edits, which no child is told");
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("input", job.input().toString()).put("output", job.output().toString());
    job.recordedName().ifPresent(name -> node.put("recordedName", name));
    node.put("overwrite", job.overwrite());
    DetectionOptions detection = job.detection();
    ObjectNode found = node.putObject("detection");
    found.put("model", detection.model()).put("detectSize", detection.detectSize());
    ArrayNode classes = found.putArray("classes");
    detection.classes().forEach(label -> classes.add(label.id()));
    if (detection.minScore().isPresent()) {
      found.put("minScore", detection.minScore().getAsDouble());
    }
    found.put("recall", detection.recall().name()).put("device", detection.device().name());
    write(job.render(), node.putObject("render"));
    job.report().ifPresent(request -> write(request, node.putObject("report")));
    return node;
  }

  private static void write(RenderOptions render, ObjectNode node) {
    ObjectNode styles = node.putObject("styles");
    render.styles().forEach((label, style) -> styles.put(label.id(), style.words()));
    node.put("margin", render.margin()).put("cover", render.cover().name());
    render.encoder().codec().ifPresent(codec -> node.put("codec", codec.name()));
    node.put("quality", render.encoder().quality());
    node.put("preset", render.encoder().preset().name());
    node.put("encoder", render.encoder().encoder().id());
    node.put("audio", render.audio().name()).put("onCorrupt", render.onCorrupt().name());
    node.put("allowTruncated", render.allowTruncated()).put("smart", render.smart().name());
    node.put("audit", render.audit().level().name());
    render.audit().quarantine().ifPresent(folder -> node.put("quarantine", folder.toString()));
  }

  private static void write(ReportRequest request, ObjectNode node) {
    node.put("json", request.files().json().toString());
    node.put("html", request.files().html().toString());
    node.put("signature", request.files().signature().toString());
    node.put("format", request.format().name());
    request.filing().id().ifPresent(text -> node.put("case", text));
    request.filing().operator().ifPresent(text -> node.put("operator", text));
    request.filing().reason().ifPresent(text -> node.put("reason", text));
    request.signer().ifPresent(text -> node.put("signer", text));
  }

  /**
   * Reads a job.
   *
   * @throws IllegalArgumentException if it is none
   */
  static RedactionJob read(JsonNode node) {
    return new RedactionJob(
        path(node, "input"),
        text(node, "recordedName"),
        path(node, "output"),
        detection(node.path("detection")),
        render(node.path("render")),
        node.path("overwrite").asBoolean(),
        node.has("report") ? Optional.of(report(node.get("report"))) : Optional.empty(),
        Editing.NONE);
  }

  private static DetectionOptions detection(JsonNode node) {
    Set<Label> classes = EnumSet.noneOf(Label.class);
    node.path("classes").forEach(label -> classes.add(Label.ofId(label.asText())));
    return new DetectionOptions(
        required(node, "model"),
        node.path("detectSize").asInt(),
        classes,
        node.has("minScore")
            ? OptionalDouble.of(node.get("minScore").asDouble())
            : OptionalDouble.empty(),
        RecallPreset.valueOf(required(node, "recall")),
        Device.valueOf(required(node, "device")));
  }

  private static RenderOptions render(JsonNode node) {
    Map<Label, Style> styles = new EnumMap<>(Label.class);
    for (Label label : Label.values()) {
      styles.put(label, Style.ofWords(required(node.path("styles"), label.id())));
    }
    return new RenderOptions(
        styles,
        node.path("margin").asDouble(-1),
        Cover.valueOf(required(node, "cover")),
        new EncoderSettings(
            text(node, "codec").map(VideoCodec::valueOf),
            node.path("quality").asInt(-1),
            EncoderSettings.Preset.valueOf(required(node, "preset")),
            new EncoderWish(required(node, "encoder"))),
        RenderOptions.Audio.valueOf(required(node, "audio")),
        RenderOptions.OnCorrupt.valueOf(required(node, "onCorrupt")),
        node.path("allowTruncated").asBoolean(),
        RenderOptions.Smart.valueOf(required(node, "smart")),
        new AuditOptions(
            OutputAudit.Level.valueOf(required(node, "audit")),
            text(node, "quarantine").map(Path::of)));
  }

  private static ReportRequest report(JsonNode node) {
    return new ReportRequest(
        new ReportFiles(path(node, "json"), path(node, "html"), path(node, "signature")),
        ReportFormat.valueOf(required(node, "format")),
        new Filing(text(node, "case"), text(node, "operator"), text(node, "reason")),
        text(node, "signer"),
        Optional.empty());
  }

  private static Path path(JsonNode node, String name) {
    return Path.of(required(node, name));
  }

  private static String required(JsonNode node, String name) {
    return text(node, name)
        .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is missing"));
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Optional.ofNullable(node.path(name).textValue());
  }
}
