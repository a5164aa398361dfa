package io.efface.report;

import io.efface.detect.Label;
import io.efface.manifest.CommonJson;
import io.efface.manifest.DocumentException;
import io.efface.manifest.FileIdentity;
import io.efface.manifest.Members;
import io.efface.manifest.ModelIdentity;
import io.efface.manifest.StrictJson;
import io.efface.manifest.Tool;
import io.efface.media.EncoderSettings;
import io.efface.media.EncoderSettings.Preset;
import io.efface.media.EncoderWish;
import io.efface.media.VideoCodec;
import io.efface.redact.Cover;
import io.efface.redact.RegionPlanner;
import io.efface.redact.Style;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Reads the part of a report that says how its output was made; steps over the rest, of which there
 * may be much.
 */
public final class ReportReader {
  private ReportReader() {}

  /**
   * Reads a report.
   *
   * @throws DocumentException if it cannot be read, is no report, or one of another version
   */
  public static ReportHead read(Path file) {
    try (StrictJson json = new StrictJson(file)) {
      return json.document(
          "an Efface report",
          ReportCodec.FORMAT,
          Report.VERSION,
          name ->
              switch (name) {
                case "verdict", "signer" -> json.text();
                case "tool" -> CommonJson.readTool(json);
                case "input", "output", "edits" -> readFile(json);
                case "models" -> json.array(() -> CommonJson.readModel(json));
                case "options" -> readOptions(json);
                case "checks" -> json.array(() -> readCheck(json));
                case "case" -> readFiling(json);
                default -> json.skip();
              },
          m ->
              new ReportHead(
                  m.get("tool", Tool.class),
                  m.get("input", FileIdentity.class),
                  m.get("output", FileIdentity.class),
                  m.list("models", ModelIdentity.class),
                  m.get("options", ReportOptions.class),
                  !m.get("verdict", String.class).equals(Report.Verdict.DONE.id()),
                  m.list("checks", Check.class),
                  m.optional("case", Filing.class).orElse(Filing.NONE),
                  m.optional("signer", String.class),
                  m.optional("edits", FileIdentity.class).isPresent()));
    }
  }

  private static Check readCheck(StrictJson json) {
    return json.object(
        name ->
            switch (name) {
              case "name", "detail" -> json.text();
              case "ran", "passed" -> json.bool();
              default -> throw json.unknown(name);
            },
        m ->
            new Check(
                m.get("name", String.class),
                m.get("ran", Boolean.class),
                m.get("passed", Boolean.class),
                m.get("detail", String.class)));
  }

  private static Filing readFiling(StrictJson json) {
    return json.object(
        name ->
            switch (name) {
              case "id", "operator", "reason" -> json.text();
              default -> throw json.unknown(name);
            },
        m ->
            new Filing(
                m.optional("id", String.class),
                m.optional("operator", String.class),
                m.optional("reason", String.class)));
  }

  private static FileIdentity readFile(StrictJson json) {
    return json.object(
        name ->
            switch (name) {
              case "name", "sha256" -> json.text();
              case "bytes" -> json.integer(0, Long.MAX_VALUE);
              default -> throw json.unknown(name);
            },
        m ->
            new FileIdentity(
                m.get("name", String.class),
                m.get("sha256", String.class),
                m.get("bytes", Long.class)));
  }

  private static ReportOptions readOptions(StrictJson json) {
    return json.object(
        name ->
            switch (name) {
              case "detection" -> readDetection(json);
              case "manifestClasses" -> json.array(() -> CommonJson.readLabel(json));
              case "render" -> readRender(json);
              default -> throw json.unknown(name);
            },
        m ->
            new ReportOptions(
                m.optional("detection", ReportOptions.Detection.class),
                m.optionalList("manifestClasses", Label.class),
                m.get("render", ReportOptions.Render.class)));
  }

  private static ReportOptions.Detection readDetection(StrictJson json) {
    return json.object(
        name ->
            switch (name) {
              case "model", "recall" -> json.text();
              case "detectSize" -> json.integer(1, Integer.MAX_VALUE);
              case "classes" -> json.array(() -> CommonJson.readLabel(json));
              case "minScore" -> json.number(0, 1);
              default -> throw json.unknown(name);
            },
        m ->
            new ReportOptions.Detection(
                m.get("model", String.class),
                m.get("detectSize", Integer.class),
                m.list("classes", Label.class),
                m.optional("minScore", Double.class)
                    .map(OptionalDouble::of)
                    .orElse(OptionalDouble.empty()),
                m.optional("recall", String.class)));
  }

  private static ReportOptions.Render readRender(StrictJson json) {
    return json.object(
        name ->
            switch (name) {
              case "styles" -> readStyles(json);
              case "margin" -> json.number(0, RegionPlanner.MAX_MARGIN);
              case "quality" -> json.integer(0, 100);
              case "allowTruncated" -> json.bool();
              case "codec", "preset", "encoder", "audio", "onCorrupt", "smart", "audit", "cover" ->
                  json.text();
              default -> throw json.unknown(name);
            },
        m ->
            new ReportOptions.Render(
                styles(m.get("styles", Members.class)),
                m.get("margin", Double.class),
                choice(Cover.values(), Cover::id, m.get("cover", String.class)),
                new EncoderSettings(
                    m.optional("codec", String.class)
                        .map(id -> choice(VideoCodec.values(), VideoCodec::id, id)),
                    m.get("quality", Integer.class),
                    choice(Preset.values(), Preset::id, m.get("preset", String.class)),
                    m.optional("encoder", String.class)
                        .map(EncoderWish::new)
                        .orElse(EncoderWish.AUTO)),
                m.get("audio", String.class),
                m.get("onCorrupt", String.class),
                m.get("allowTruncated", Boolean.class),
                m.optional("smart", String.class).orElse("off"),
                m.get("audit", String.class)));
  }

  private static Members readStyles(StrictJson json) {
    List<String> labels = Arrays.stream(Label.values()).map(Label::id).toList();
    return json.object(
        name -> {
          if (!labels.contains(name)) {
            throw json.unknown(name);
          }
          return json.text();
        },
        m -> m);
  }

  private static Map<Label, Style> styles(Members words) {
    Map<Label, Style> styles = new EnumMap<>(Label.class);
    for (Label label : Label.values()) {
      words
          .optional(label.id(), String.class)
          .ifPresent(style -> styles.put(label, Style.ofWords(style)));
    }
    return styles;
  }

  private static <E> E choice(E[] values, Function<E, String> id, String word) {
    return Arrays.stream(values)
        .filter(value -> id.apply(value).equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is not known"));
  }
}
