package io.efface.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.efface.bench.Figures;
import io.efface.bench.Range;
import io.efface.bench.Subject;
import io.efface.media.EncoderSettings.Preset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** How a benchmark's figures are printed. */
final class BenchResults {
  private static final double MEBIBYTE = 1 << 20;

  private BenchResults() {}

  /** A table for people: medians, with the range of the rounds. */
  static String table(List<Figures> all) {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            "%-40s %-19s %-19s %-15s %s%n", "", "speed", "CPU time", "memory", "seconds"));
    for (Figures one : all) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-40s %-19s %-19s %-15s %.1f%n",
              one.subject().title(),
              range(one.speed()),
              one.cpu().map(BenchResults::range).orElse("-"),
              one.memory()
                  .map(m -> String.format(Locale.ROOT, "%.2f, %.0f MiB", m, mebibytes(one)))
                  .orElse("-"),
              one.seconds().median()));
    }
    return table.toString();
  }

  private static double mebibytes(Figures one) {
    return one.peakBytes() / MEBIBYTE;
  }

  private static String range(Range range) {
    return String.format(
        Locale.ROOT, "%.2f (%.2f to %.2f)", range.median(), range.least(), range.most());
  }

  /** One line of JSON. */
  static String json(Path clip, Preset preset, int rounds, List<Figures> all) {
    return JsonLine.of(
            generator -> {
              generator.writeStringField("status", "done");
              generator.writeStringField("clip", clip.toString());
              generator.writeStringField("preset", preset.id());
              generator.writeNumberField("rounds", rounds);
              generator.writeStringField("unit", Subject.TRANSCODE.id());
              generator.writeArrayFieldStart("runs");
              for (Figures one : all) {
                write(generator, one);
              }
              generator.writeEndArray();
            })
        + "\n";
  }

  private static void write(JsonGenerator generator, Figures one) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("name", one.subject().id());
    generator.writeStringField("title", one.subject().title());
    write(generator, "seconds", one.seconds());
    write(generator, "speed", one.speed());
    if (one.cpu().isPresent()) {
      write(generator, "cpu", one.cpu().get());
    }
    if (one.memory().isPresent()) {
      generator.writeNumberField("memory", one.memory().get());
      generator.writeNumberField("peakBytes", one.peakBytes());
    }
    generator.writeEndObject();
  }

  private static void write(JsonGenerator generator, String name, Range range) throws IOException {
    generator.writeObjectFieldStart(name);
    generator.writeNumberField("median", range.median());
    generator.writeNumberField("least", range.least());
    generator.writeNumberField("most", range.most());
    generator.writeEndObject();
  }
}
