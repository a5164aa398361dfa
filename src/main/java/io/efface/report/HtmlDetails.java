package io.efface.report;

import io.efface.detect.Label;
import io.efface.manifest.FileIdentity;
import io.efface.manifest.ModelIdentity;
import io.efface.media.KnownEncoder;
import io.efface.redact.Cover;
import io.efface.redact.Style;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The part of the page on how it was done: streams, files, models, options. */
final class HtmlDetails {
  private final Report report;
  private final HtmlWriter html;

  HtmlDetails(Report report, HtmlWriter html) {
    this.report = report;
    this.html = html;
  }

  void write() {
    streams();
    files();
    models();
    options();
  }

  private void streams() {
    html.element("h2", "What became of the input’s contents").line();
    HtmlTable table =
        new HtmlTable(
            html,
            "Streams of the input; nothing else of them is in the output",
            List.of("Stream", "Kind", "Codec", "In the output", "Why or how"));
    for (StreamFate stream : Bounded.first(report.streams())) {
      table.row(Integer.toString(stream.index())).cell(stream.kind()).cell(stream.codec());
      if (stream.fate() instanceof StreamFate.Kept kept) {
        table.styled("kept", "text").cell(how(kept.how())).end();
      } else if (stream.fate() instanceof StreamFate.Dropped dropped) {
        table.styled("left out", "text").cell(dropped.reason()).end();
      }
    }
    table.close();
    Bounded.rest(html, report.streams());
    if (report.droppedMetadata().isEmpty()) {
      html.element("p", "The input held no other contents that the program knows.").line();
      return;
    }
    HtmlTable metadata =
        new HtmlTable(
            html,
            "Other contents, all left out; what they said is not recorded",
            List.of("Kind", "#How many"));
    for (Report.DroppedMetadata dropped : Bounded.first(report.droppedMetadata())) {
      metadata.row(dropped.kind()).number(Words.number(dropped.count())).end();
    }
    metadata.close();
    Bounded.rest(html, report.droppedMetadata());
  }

  private static String how(StreamFate.How how) {
    return switch (how) {
      case REDACTED -> "redacted and encoded again";
      case COPIED -> "copied as it was";
      case ENCODED -> "encoded again";
    };
  }

  private void files() {
    html.element("h2", "Files").line();
    HtmlTable table =
        new HtmlTable(
            html,
            "Which files these are, to the byte",
            List.of("File", "Name", "#Bytes", "SHA-256"));
    file(table, "Input", report.input());
    file(table, "Output", report.output());
    report.edits().ifPresent(edits -> file(table, "A person’s edits", edits));
    table.close();
  }

  private static void file(HtmlTable table, String what, FileIdentity file) {
    table.row(what).cell(file.name()).number(Words.number(file.bytes())).code(file.sha256()).end();
  }

  private void models() {
    if (report.models().isEmpty()) {
      return;
    }
    html.element("h2", "Detectors").line();
    HtmlTable table =
        new HtmlTable(
            html,
            "The networks that looked at the footage",
            List.of("Model", "#Size, px", "#Starts at", "#Goes on at", "SHA-256"));
    for (ModelIdentity model : Bounded.first(report.models())) {
      table
          .row(model.name())
          .number(Words.number(model.detectSize()))
          .number(Words.score(model.startScore()))
          .number(Words.score(model.continueScore()))
          .code(model.sha256())
          .end();
    }
    table.close();
  }

  private void options() {
    html.element("h2", "Options").line();
    HtmlTable table = HtmlTable.facts(html, "How the program was set");
    report
        .options()
        .detection()
        .ifPresentOrElse(
            detection -> {
              table.fact("Looked for", classes(detection));
              if (detection.classes().isEmpty()) {
                return;
              }
              table.fact("Model asked for", detection.model());
              table.fact("Detector’s input", detection.detectSize() + " px at its longest side");
              detection.recall().ifPresent(recall -> table.fact("Recall asked for", recall));
              table.fact(
                  "Score to start a track",
                  detection.minScore().isPresent()
                      ? Words.score(detection.minScore().getAsDouble())
                      : "the model’s own");
            },
            () -> table.fact("Looked for", recorded(report.options().manifestClasses())));
    ReportOptions.Render render = report.options().render();
    Set<Style> styles = Set.copyOf(render.styles().values());
    if (styles.size() == 1) {
      styles.forEach(style -> table.fact("Style", style.words()));
    } else {
      new TreeMap<>(render.styles())
          .forEach((label, style) -> table.fact("Style of " + Words.nouns(label), style.words()));
    }
    table.fact(
        "Margin",
        Words.score(render.margin())
            + " of the object’s side (of a near plate’s, less), at least 8 px");
    table.fact(
        "Covered with a face",
        render.cover() == Cover.HEAD ? "the whole head, by its likely size" : "nothing more");
    table.fact("Codec", render.encoder().codec().map(codec -> codec.id()).orElse("the input’s"));
    table.fact("Quality", render.encoder().quality() + " of 100");
    table.fact("Preset", render.encoder().preset().id());
    table.fact("Encoder asked for", render.encoder().encoder().id());
    report.encoder().ifPresent(encoder -> table.fact("Encoded by", encoder(encoder)));
    report.device().ifPresent(device -> table.fact("Detector ran on", words(device)));
    table.fact("Sound", render.audio().equals("keep") ? "kept" : "left out");
    table.fact(
        "Damaged frames", render.onCorrupt().equals("blank") ? "filled whole" : "end the job");
    table.fact("Files cut short", render.allowTruncated() ? "allowed" : "refused");
    table.fact(
        "Frames with nothing to destroy",
        render.smart().equals("auto") ? "copied where that could be done" : "encoded like all");
    report.copying().ifPresent(copying -> copying(copying, table));
    table.fact("Checks asked for", audit(render.audit()));
    table.fact("Began", Words.instant(report.started()));
    table.fact("Ended", Words.instant(report.finished()));
    table.close();
  }

  /** The encoder; why it was not another stands in the JSON report, in the drivers' own words. */
  private static String encoder(Means means) {
    boolean hardware =
        Arrays.stream(KnownEncoder.values())
            .anyMatch(known -> known.isHardware() && known.id().equals(means.name()));
    return means.name()
        + (means.why().isEmpty() || hardware ? "" : " (hardware was not available)");
  }

  private static String words(Means means) {
    return means.name() + means.why().map(why -> " (" + why + ")").orElse("");
  }

  private static void copying(Copying copying, HtmlTable table) {
    table.fact("Frames copied", Long.toString(copying.copied()));
    table.fact("Frames encoded", Long.toString(copying.encoded()));
    copying
        .refusals()
        .forEach(
            refusal ->
                table.fact("Not to be copied", refusal.frames() + " frames: " + refusal.why()));
  }

  private static String audit(String level) {
    return switch (level) {
      case "full" -> "all";
      case "fast" -> "container and frames";
      case "off" -> "none";
      default -> level;
    };
  }

  private static String classes(ReportOptions.Detection detection) {
    return detection.classes().isEmpty() ? "nothing, as was asked" : nouns(detection.classes());
  }

  private static String recorded(List<Label> classes) {
    return classes.isEmpty()
        ? "nothing: a manifest said what to destroy"
        : nouns(classes) + ", when the manifest was made that said what to destroy";
  }

  private static String nouns(List<Label> classes) {
    return classes.stream().map(Words::nouns).collect(Collectors.joining(", "));
  }
}
