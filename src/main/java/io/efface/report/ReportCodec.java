package io.efface.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.manifest.CommonJson;
import io.efface.manifest.FileIdentity;
import io.efface.manifest.ModelIdentity;
import io.efface.manifest.Zone;
import io.efface.track.TrackPoint.Origin;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes reports as indented JSON; the schema is the resource {@code schema/report-2.json}. The
 * same report always gives the same bytes.
 */
public final class ReportCodec {
  static final String FORMAT = "efface-report";
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int TIME_DIGITS = 6;

  private ReportCodec() {}

  /**
   * Writes a report in UTF-8.
   *
   * @param out is flushed, not closed
   * @throws IOException if {@code out} fails
   */
  public static void write(Report report, OutputStream out) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(printer());
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeNumberField("version", Report.VERSION);
      json.writeStringField("verdict", report.verdict().id());
      json.writeArrayFieldStart("attention");
      for (String line : report.attention()) {
        json.writeString(line);
      }
      json.writeEndArray();
      json.writeFieldName("tool");
      CommonJson.writeTool(json, report.tool());
      json.writeStringField("started", report.started().toString());
      json.writeStringField("finished", report.finished().toString());
      writeFile(json, "input", report.input());
      writeFile(json, "output", report.output());
      json.writeArrayFieldStart("models");
      for (ModelIdentity model : report.models()) {
        CommonJson.writeModel(json, model);
      }
      json.writeEndArray();
      writeOptions(json, report.options());
      writeStreams(json, report);
      json.writeNumberField("frames", report.frames());
      if (report.copying().isPresent()) {
        writeCopying(json, report.copying().get());
      }
      writeMeans(json, "encoder", report.encoder());
      writeMeans(json, "device", report.device());
      json.writeObjectFieldStart("timing");
      writeSeconds(json, "firstSeconds", report.timing().firstSeconds());
      writeSeconds(json, "lastSeconds", report.timing().lastSeconds());
      json.writeEndObject();
      json.writeArrayFieldStart("tracks");
      for (TrackSummary track : report.tracks()) {
        writeTrack(json, track);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("zones");
      for (Zone zone : report.zones()) {
        CommonJson.writeZone(json, zone);
      }
      json.writeEndArray();
      if (report.edits().isPresent()) {
        writeFile(json, "edits", report.edits().get());
      }
      CommonJson.writeRanges(json, "corruptFrames", report.corruptFrames());
      json.writeArrayFieldStart("shots");
      for (long shot : report.shots()) {
        json.writeNumber(shot);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("checks");
      for (Check check : report.checks()) {
        json.writeStartObject();
        json.writeStringField("name", check.name());
        json.writeBooleanField("ran", check.ran());
        json.writeBooleanField("passed", check.passed());
        json.writeStringField("detail", check.detail());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("residuals");
      for (Residual residual : report.residuals()) {
        writeResidual(json, residual);
      }
      json.writeEndArray();
      writeFiling(json, report);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void writeFiling(JsonGenerator json, Report report) throws IOException {
    Filing filing = report.filing();
    if (!filing.isEmpty()) {
      json.writeObjectFieldStart("case");
      writeText(json, "id", filing.id());
      writeText(json, "operator", filing.operator());
      writeText(json, "reason", filing.reason());
      json.writeEndObject();
    }
    writeText(json, "signer", report.signer());
  }

  private static void writeText(JsonGenerator json, String name, Optional<String> text)
      throws IOException {
    if (text.isPresent()) {
      json.writeStringField(name, text.get());
    }
  }

  private static DefaultPrettyPrinter printer() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withArrayEmptySeparator("")
                .withObjectEmptySeparator(""))
        .withObjectIndenter(indenter)
        .withArrayIndenter(indenter);
  }

  private static void writeFile(JsonGenerator json, String name, FileIdentity file)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("name", file.name());
    json.writeStringField("sha256", file.sha256());
    json.writeNumberField("bytes", file.bytes());
    json.writeEndObject();
  }

  private static void writeOptions(JsonGenerator json, ReportOptions options) throws IOException {
    json.writeObjectFieldStart("options");
    if (options.detection().isPresent()) {
      ReportOptions.Detection detection = options.detection().get();
      json.writeObjectFieldStart("detection");
      json.writeStringField("model", detection.model());
      json.writeNumberField("detectSize", detection.detectSize());
      json.writeArrayFieldStart("classes");
      for (Label label : detection.classes()) {
        json.writeString(label.id());
      }
      json.writeEndArray();
      if (detection.minScore().isPresent()) {
        CommonJson.writeDecimal(
            json, "minScore", detection.minScore().getAsDouble(), ReportOptions.DIGITS);
      }
      if (detection.recall().isPresent()) {
        json.writeStringField("recall", detection.recall().get());
      }
      json.writeEndObject();
    }
    if (!options.manifestClasses().isEmpty()) {
      json.writeArrayFieldStart("manifestClasses");
      for (Label label : options.manifestClasses()) {
        json.writeString(label.id());
      }
      json.writeEndArray();
    }
    ReportOptions.Render render = options.render();
    json.writeObjectFieldStart("render");
    json.writeObjectFieldStart("styles");
    for (Label label : Label.values()) {
      if (render.styles().containsKey(label)) {
        json.writeStringField(label.id(), render.styles().get(label).words());
      }
    }
    json.writeEndObject();
    CommonJson.writeDecimal(json, "margin", render.margin(), ReportOptions.DIGITS);
    json.writeStringField("cover", render.cover().id());
    if (render.encoder().codec().isPresent()) {
      json.writeStringField("codec", render.encoder().codec().get().id());
    }
    json.writeNumberField("quality", render.encoder().quality());
    json.writeStringField("preset", render.encoder().preset().id());
    json.writeStringField("encoder", render.encoder().encoder().id());
    json.writeStringField("audio", render.audio());
    json.writeStringField("onCorrupt", render.onCorrupt());
    json.writeBooleanField("allowTruncated", render.allowTruncated());
    json.writeStringField("smart", render.smart());
    json.writeStringField("audit", render.audit());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeStreams(JsonGenerator json, Report report) throws IOException {
    json.writeArrayFieldStart("streams");
    for (StreamFate stream : report.streams()) {
      json.writeStartObject();
      json.writeNumberField("index", stream.index());
      json.writeStringField("kind", stream.kind());
      json.writeStringField("codec", stream.codec());
      if (stream.fate() instanceof StreamFate.Kept kept) {
        json.writeStringField("kept", kept.how().name().toLowerCase(Locale.ROOT));
      } else if (stream.fate() instanceof StreamFate.Dropped dropped) {
        json.writeStringField("dropped", dropped.reason());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("droppedMetadata");
    for (Report.DroppedMetadata dropped : report.droppedMetadata()) {
      json.writeStartObject();
      json.writeStringField("kind", dropped.kind());
      json.writeNumberField("count", dropped.count());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeCopying(JsonGenerator json, Copying copying) throws IOException {
    json.writeObjectFieldStart("copying");
    json.writeNumberField("copied", copying.copied());
    json.writeNumberField("encoded", copying.encoded());
    json.writeArrayFieldStart("refusals");
    for (Copying.Refusal refusal : copying.refusals()) {
      json.writeStartObject();
      json.writeStringField("why", refusal.why());
      json.writeNumberField("frames", refusal.frames());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeMeans(JsonGenerator json, String name, Optional<Means> means)
      throws IOException {
    if (means.isPresent()) {
      json.writeObjectFieldStart(name);
      json.writeStringField("name", means.get().name());
      writeText(json, "why", means.get().why());
      json.writeEndObject();
    }
  }

  private static void writeTrack(JsonGenerator json, TrackSummary track) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", track.id());
    json.writeStringField("label", track.label().id());
    CommonJson.writeDecision(json, track.decision());
    writeSeconds(json, "firstSeconds", track.firstSeconds());
    writeSeconds(json, "lastSeconds", track.lastSeconds());
    json.writeNumberField("frames", track.frames());
    CommonJson.writeDecimal(json, "peakScore", track.peakScore(), 4);
    json.writeObjectFieldStart("origins");
    for (Origin origin : Origin.values()) {
      long count = track.origins().getOrDefault(origin, 0L);
      if (count > 0) {
        json.writeNumberField(origin.name().toLowerCase(Locale.ROOT), count);
      }
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeResidual(JsonGenerator json, Residual residual) throws IOException {
    json.writeStartObject();
    json.writeStringField("label", residual.label().id());
    writeSeconds(json, "firstSeconds", residual.firstSeconds());
    writeSeconds(json, "lastSeconds", residual.lastSeconds());
    json.writeArrayFieldStart("box");
    Box box = residual.box();
    for (double side : new double[] {box.left(), box.top(), box.width(), box.height()}) {
      json.writeNumber(Math.round(side));
    }
    json.writeEndArray();
    CommonJson.writeDecimal(json, "peakScore", residual.peakScore(), 4);
    json.writeEndObject();
  }

  private static void writeSeconds(JsonGenerator json, String name, double seconds)
      throws IOException {
    CommonJson.writeDecimal(json, name, seconds, TIME_DIGITS);
  }
}
