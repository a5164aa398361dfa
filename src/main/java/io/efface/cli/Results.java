package io.efface.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.efface.detect.Label;
import io.efface.pipeline.Outcome;
import io.efface.report.Words;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prints how jobs ended: a readable line each, or with {@code --json} one object a line, in ASCII
 * so that names cannot steer a terminal.
 */
final class Results {
  private final PrintWriter out;
  private final boolean json;
  private final boolean quiet;

  Results(PrintWriter out, boolean json, boolean quiet) {
    this.out = out;
    this.json = json;
    this.quiet = quiet;
  }

  void done(Outcome outcome) {
    if (json) {
      print(JsonLine.of(generator -> write(generator, outcome)));
    } else if (!quiet) {
      for (String line : words(outcome)) {
        print(SafeText.of(line));
      }
    }
  }

  void failed(Path input, String error, ExitCode exit) {
    if (json) {
      print(
          JsonLine.of(
              generator -> {
                generator.writeStringField("status", Choices.id(exit));
                generator.writeStringField("input", input.toString());
                generator.writeStringField("error", error);
              }));
    }
  }

  /** Tells of a failure that ended a whole batch, for programs. */
  void broken(String error, ExitCode exit) {
    if (json) {
      print(
          JsonLine.of(
              generator -> {
                generator.writeStringField("status", Choices.id(exit));
                generator.writeStringField("error", error);
              }));
    }
  }

  /**
   * Tells of an output that an earlier run has finished.
   *
   * @param attention says that it wants a look, if it does
   */
  void skipped(Path input, Path output, Optional<Path> report, Optional<String> attention) {
    if (json) {
      print(
          JsonLine.of(
              generator -> {
                generator.writeStringField("status", "skipped");
                generator.writeStringField("input", input.toString());
                generator.writeStringField("output", output.toString());
                writePath(generator, "report", report);
                writeTexts(generator, "attention", attention.stream().toList());
              }));
    } else if (!quiet) {
      print(SafeText.of(output + ": finished before"));
    }
  }

  /** Tells what a batch came to, for programs. */
  void summary(BatchTotals totals) {
    if (!json) {
      return;
    }
    print(
        JsonLine.of(
            generator -> {
              generator.writeStringField("status", "summary");
              generator.writeNumberField("done", totals.done());
              generator.writeNumberField("attention", totals.attention());
              generator.writeNumberField("skipped", totals.skipped());
              generator.writeNumberField("failed", totals.failed());
              generator.writeNumberField("interrupted", totals.interrupted());
              generator.writeNumberField("notBegun", totals.left());
              generator.writeObjectFieldStart("passedOver");
              for (Map.Entry<String, Integer> entry : totals.passedOver().entrySet()) {
                generator.writeNumberField(entry.getKey(), entry.getValue());
              }
              generator.writeEndObject();
              generator.writeArrayFieldStart("failures");
              for (BatchTotals.Lost lost : totals.failures()) {
                generator.writeStartObject();
                generator.writeStringField("status", lost.kind().id());
                writePath(generator, "input", lost.input());
                generator.writeStringField("error", lost.message());
                generator.writeEndObject();
              }
              generator.writeEndArray();
            }));
  }

  private static List<String> words(Outcome outcome) {
    if (outcome instanceof Outcome.Redacted redacted) {
      return List.of(words(redacted));
    }
    if (outcome instanceof Outcome.Detected detected) {
      return List.of(words(detected));
    }
    if (outcome instanceof Outcome.Verified verified) {
      return VerifyResults.words(verified);
    }
    return outcome instanceof Outcome.Scored scored
        ? EvalResults.words(scored)
        : List.of(EvalResults.words((Outcome.Judged) outcome));
  }

  private static String words(Outcome.Redacted r) {
    return r.output()
        + ": "
        + Words.plain(r.frames(), "frame")
        + ", "
        + redacted(r)
        + " redacted"
        + (r.kept().isEmpty() ? "" : ", " + objects(r.kept()) + " kept visible")
        + (r.corruptFrames() > 0
            ? ", " + Words.plain(r.corruptFrames(), "corrupt frame") + " filled"
            : "")
        + r.report().map(path -> "; report " + path).orElse("");
  }

  private static String redacted(Outcome.Redacted r) {
    if (r.zones() == 0) {
      return objects(r.objects());
    }
    String zones = Words.plain(r.zones(), "zone");
    return r.objects().isEmpty() ? zones : objects(r.objects()) + ", " + zones;
  }

  private static String words(Outcome.Detected d) {
    return d.input()
        + ": "
        + Words.plain(d.frames(), "frame")
        + ", "
        + objects(d.objects())
        + " found"
        + d.manifest().map(path -> "; manifest " + path).orElse("")
        + d.csv().map(path -> "; detections " + path).orElse("");
  }

  private static String objects(Map<Label, Integer> objects) {
    List<String> parts = new ArrayList<>();
    for (Label label : Label.values()) {
      if (objects.containsKey(label)) {
        parts.add(Words.plain(objects.getOrDefault(label, 0), label.id()));
      }
    }
    return parts.isEmpty() ? "nothing" : String.join(", ", parts);
  }

  private static void write(JsonGenerator generator, Outcome outcome) throws IOException {
    ExitCode exit = outcome.attention().isEmpty() ? ExitCode.DONE : ExitCode.ATTENTION;
    if (outcome instanceof Outcome.Redacted r) {
      generator.writeStringField("status", Choices.id(exit));
      generator.writeStringField("input", r.input().toString());
      generator.writeStringField("output", r.output().toString());
      writePath(generator, "report", r.report());
      generator.writeNumberField("frames", r.frames());
      writeObjects(generator, "objects", r.objects());
      writeObjects(generator, "kept", r.kept());
      generator.writeNumberField("zones", r.zones());
      generator.writeNumberField("corruptFrames", r.corruptFrames());
      writeTexts(generator, "attention", r.attention());
      writeTexts(generator, "notes", r.notes());
    } else if (outcome instanceof Outcome.Verified v) {
      VerifyResults.write(generator, v);
    } else if (outcome instanceof Outcome.Detected d) {
      generator.writeStringField("status", Choices.id(exit));
      generator.writeStringField("input", d.input().toString());
      writePath(generator, "manifest", d.manifest());
      writePath(generator, "csv", d.csv());
      generator.writeNumberField("frames", d.frames());
      writeObjects(generator, "objects", d.objects());
      writeTexts(generator, "attention", d.attention());
      writeTexts(generator, "notes", d.notes());
    } else if (outcome instanceof Outcome.Scored s) {
      generator.writeStringField("status", Choices.id(ExitCode.DONE));
      generator.writeStringField("input", s.input().toString());
      writePath(generator, "detections", s.detections());
      EvalResults.write(generator, s);
    } else if (outcome instanceof Outcome.Judged j) {
      generator.writeStringField("status", Choices.id(ExitCode.DONE));
      generator.writeStringField("input", j.input().toString());
      writePath(generator, "redacted", j.redacted());
      EvalResults.write(generator, j);
    }
  }

  static void writeTexts(JsonGenerator generator, String name, List<String> texts)
      throws IOException {
    generator.writeArrayFieldStart(name);
    for (String text : texts) {
      generator.writeString(text);
    }
    generator.writeEndArray();
  }

  private static void writePath(JsonGenerator generator, String name, Optional<Path> path)
      throws IOException {
    if (path.isPresent()) {
      generator.writeStringField(name, path.get().toString());
    }
  }

  private static void writeObjects(
      JsonGenerator generator, String name, Map<Label, Integer> objects) throws IOException {
    generator.writeObjectFieldStart(name);
    for (Label label : Label.values()) {
      if (objects.containsKey(label)) {
        generator.writeNumberField(label.id(), objects.getOrDefault(label, 0));
      }
    }
    generator.writeEndObject();
  }

  private void print(String line) {
    out.print(line + "\n");
    out.flush();
  }
}
