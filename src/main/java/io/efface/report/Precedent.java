package io.efface.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.manifest.DocumentException;
import io.efface.manifest.FileIdentity;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a report says of how an output came to be, enough to tell whether it would be made the same
 * way again.
 *
 * @param input what was read
 * @param output what was written
 * @param models SHA-256 of each model that looked, in order
 * @param options the options as JSON without blanks, comparable with {@link #optionsOf}
 * @param attention whether somebody should look at the output
 * @param checks what was checked on the output
 * @param filing what whoever ran the job wanted to stand in the report
 * @param signer fingerprint of the key that signed; empty where none did
 * @param edited whether somebody's decisions are in the output
 */
public record Precedent(
    FileIdentity input,
    FileIdentity output,
    List<String> models,
    String options,
    boolean attention,
    List<Check> checks,
    Filing filing,
    Optional<String> signer,
    boolean edited) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reports of days of film with thousands of tracks stay far below. */
  private static final long MOST_BYTES = 64L << 20;

  /** Copies the lists. */
  public Precedent {
    models = List.copyOf(models);
    checks = List.copyOf(checks);
  }

  /**
   * Reads what a report says.
   *
   * @throws DocumentException if it is none of this version, or cannot be read
   */
  public static Precedent read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new DocumentException(file + ": is larger than any report");
      }
      JsonNode report = JSON.readTree(Files.newInputStream(file));
      if (!text(report, "format").equals(ReportCodec.FORMAT)
          || report.path("version").asInt() != Report.VERSION) {
        throw new DocumentException(file + ": is no report of version " + Report.VERSION);
      }
      return of(report);
    } catch (IOException | IllegalArgumentException e) {
      throw new DocumentException(file + ": cannot be read as a report (" + e.getMessage() + ")");
    }
  }

  private static Precedent of(JsonNode report) {
    List<String> models = new ArrayList<>();
    report.path("models").forEach(model -> models.add(text(model, "sha256")));
    List<Check> checks = new ArrayList<>();
    for (JsonNode check : report.path("checks")) {
      checks.add(
          new Check(
              text(check, "name"),
              check.path("ran").asBoolean(),
              check.path("passed").asBoolean(),
              text(check, "detail")));
    }
    JsonNode filing = report.path("case");
    return new Precedent(
        file(report.path("input")),
        file(report.path("output")),
        models,
        report.path("options").toString(),
        !text(report, "verdict").equals(Report.Verdict.DONE.id()),
        checks,
        new Filing(
            optional(filing, "id"), optional(filing, "operator"), optional(filing, "reason")),
        optional(report, "signer"),
        report.has("edits"));
  }

  /** What {@link #options} is for a job with these options. */
  public static String optionsOf(ReportOptions options) {
    StringWriter text = new StringWriter();
    try {
      try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
        json.writeStartObject();
        ReportCodec.writeOptions(json, options);
        json.writeEndObject();
      }
      return JSON.readTree(text.toString()).path("options").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileIdentity file(JsonNode file) {
    return new FileIdentity(
        text(file, "name"), text(file, "sha256"), file.path("bytes").asLong(-1));
  }

  private static String text(JsonNode node, String name) {
    return optional(node, name)
        .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is missing"));
  }

  private static Optional<String> optional(JsonNode node, String name) {
    return Optional.ofNullable(node.path(name).textValue());
  }
}
