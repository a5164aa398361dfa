package io.efface.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.efface.detect.Label;
import io.efface.eval.ClassFigures;
import io.efface.eval.Coverage;
import io.efface.eval.Grade;
import io.efface.eval.HeightRange;
import io.efface.eval.WorkingPoint;
import io.efface.pipeline.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How figures are put in words and in JSON. */
final class EvalResults {
  private EvalResults() {}

  /** A table for each class. */
  static List<String> words(Outcome.Scored scored) {
    List<String> lines = new ArrayList<>();
    lines.add(
        scored.input()
            + ": "
            + scored.images()
            + (scored.images() == 1 ? " image" : " images")
            + scored.detections().map(path -> "; detections " + path).orElse(""));
    for (Label label : Label.values()) {
      ClassFigures figures = scored.figures().get(label);
      if (figures != null) {
        table(label, figures, lines);
      }
    }
    return lines;
  }

  private static void table(Label label, ClassFigures figures, List<String> lines) {
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %d images, %d boxes, AP %.3f at IoU %s",
            label.id(),
            figures.images(),
            figures.boxes(),
            figures.averagePrecision(),
            figures.leastIou()));
    StringBuilder header = new StringBuilder("  false positives an image   score  recall");
    StringBuilder boxes = new StringBuilder(String.format("  %-25s%7s%8s", "", "", "boxes"));
    figures
        .start()
        .byHeight()
        .forEach(
            (range, recall) -> {
              header.append(String.format("%9s", range.id()));
              boxes.append(String.format(Locale.ROOT, "%9d", recall.boxes()));
            });
    lines.add(header.append(" px").toString());
    lines.add(boxes.toString());
    row("at most " + ClassFigures.FEW, figures.few(), lines);
    row("at most " + ClassFigures.ONE, figures.one(), lines);
    row(
        String.format(Locale.ROOT, "%.2f (score in use)", figures.start().falsePositives()),
        Optional.of(figures.start()),
        lines);
    figures
        .one()
        .ifPresent(point -> point.byGrade().forEach((grade, by) -> lines.add(words(grade, by))));
  }

  private static void row(String name, Optional<WorkingPoint> point, List<String> lines) {
    if (point.isEmpty()) {
      lines.add(String.format("  %-25s no score keeps to that", name));
      return;
    }
    StringBuilder row =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "  %-25s%7.3f%8.3f",
                name,
                point.get().score(),
                point.get().recall().share()));
    for (WorkingPoint.Recall recall : point.get().byHeight().values()) {
      row.append(String.format(Locale.ROOT, "%9.3f", recall.share()));
    }
    lines.add(row.toString());
  }

  private static String words(Grade grade, Map<Integer, WorkingPoint.Recall> levels) {
    StringBuilder line =
        new StringBuilder("  recall at " + ClassFigures.ONE + " by " + grade.id() + " (0 none):");
    levels.forEach(
        (level, recall) ->
            line.append(
                String.format(
                    Locale.ROOT, "  %d: %.3f of %d", level, recall.share(), recall.boxes())));
    return line.toString();
  }

  /** One line. */
  static String words(Outcome.Judged judged) {
    Coverage coverage = judged.coverage();
    return String.format(
        Locale.ROOT,
        "%s: %d frames; %d of %d objects covered, counted once a frame (%s; %d px and more %s,"
            + " lower %s)%s; %d of %d tracks exposed, in %d frames; over-redaction %.4f",
        judged.redacted().orElse(judged.input()),
        coverage.frames(),
        coverage.all().covered(),
        coverage.all().objects(),
        share(coverage.all()),
        Coverage.SMALL_HEIGHT,
        share(coverage.large()),
        share(coverage.small()),
        coverage.notJudged() == 0 ? "" : "; " + coverage.notJudged() + " not judged",
        coverage.exposedTracks(),
        coverage.tracks(),
        coverage.exposedFrames(),
        coverage.overRedaction());
  }

  private static String share(Coverage.Count count) {
    return count.objects() == 0 ? "none" : String.format(Locale.ROOT, "%.4f", count.recall());
  }

  private static void writeShare(JsonGenerator generator, String name, Coverage.Count count)
      throws IOException {
    if (count.objects() == 0) {
      generator.writeNullField(name);
    } else {
      generator.writeNumberField(name, count.recall());
    }
  }

  /** The members that tell the figures. */
  static void write(JsonGenerator generator, Outcome.Scored scored) throws IOException {
    generator.writeNumberField("images", scored.images());
    generator.writeObjectFieldStart("classes");
    for (Label label : Label.values()) {
      ClassFigures figures = scored.figures().get(label);
      if (figures != null) {
        generator.writeObjectFieldStart(label.id());
        generator.writeNumberField("images", figures.images());
        generator.writeNumberField("boxes", figures.boxes());
        generator.writeNumberField("iou", figures.leastIou());
        generator.writeNumberField("averagePrecision", figures.averagePrecision());
        write(generator, "atTenthFalsePositive", figures.few());
        write(generator, "atOneFalsePositive", figures.one());
        write(generator, "atModelScore", Optional.of(figures.start()));
        generator.writeEndObject();
      }
    }
    generator.writeEndObject();
  }

  private static void write(JsonGenerator generator, String name, Optional<WorkingPoint> point)
      throws IOException {
    if (point.isEmpty()) {
      generator.writeNullField(name);
      return;
    }
    generator.writeObjectFieldStart(name);
    generator.writeNumberField("score", point.get().score());
    generator.writeNumberField("falsePositivesPerImage", point.get().falsePositives());
    generator.writeNumberField("recall", point.get().recall().share());
    generator.writeObjectFieldStart("byHeight");
    for (Map.Entry<HeightRange, WorkingPoint.Recall> entry : point.get().byHeight().entrySet()) {
      write(generator, entry.getKey().id(), entry.getValue());
    }
    generator.writeEndObject();
    if (!point.get().byGrade().isEmpty()) {
      generator.writeObjectFieldStart("byGrade");
      for (Map.Entry<Grade, Map<Integer, WorkingPoint.Recall>> grade :
          point.get().byGrade().entrySet()) {
        generator.writeObjectFieldStart(grade.getKey().id());
        for (Map.Entry<Integer, WorkingPoint.Recall> level : grade.getValue().entrySet()) {
          write(generator, level.getKey().toString(), level.getValue());
        }
        generator.writeEndObject();
      }
      generator.writeEndObject();
    }
    generator.writeEndObject();
  }

  private static void write(JsonGenerator generator, String name, WorkingPoint.Recall recall)
      throws IOException {
    generator.writeObjectFieldStart(name);
    generator.writeNumberField("boxes", recall.boxes());
    generator.writeNumberField("recall", recall.share());
    generator.writeEndObject();
  }

  /** The members that tell the coverage. */
  static void write(JsonGenerator generator, Outcome.Judged judged) throws IOException {
    Coverage coverage = judged.coverage();
    generator.writeNumberField("frames", coverage.frames());
    generator.writeNumberField("objects", coverage.all().objects());
    generator.writeNumberField("notJudged", coverage.notJudged());
    writeShare(generator, "frameRecall", coverage.all());
    writeShare(generator, "largeRecall", coverage.large());
    writeShare(generator, "smallRecall", coverage.small());
    generator.writeNumberField("tracks", coverage.tracks());
    generator.writeNumberField("exposedTracks", coverage.exposedTracks());
    generator.writeNumberField("exposedFrames", coverage.exposedFrames());
    generator.writeObjectFieldStart("exposed");
    for (Map.Entry<Integer, Integer> track : coverage.exposed().entrySet()) {
      generator.writeNumberField(track.getKey().toString(), track.getValue());
    }
    generator.writeEndObject();
    generator.writeNumberField("overRedaction", coverage.overRedaction());
  }
}
