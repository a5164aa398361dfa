package io.efface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.efface.detect.Label;
import io.efface.eval.ClassFigures;
import io.efface.eval.Grade;
import io.efface.eval.HeightRange;
import io.efface.eval.WorkingPoint;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.EvalJob;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionPipeline;
import io.efface.testing.Python;
import io.efface.testing.RealFootage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures of stills beside those of {@code score.py} on the very detections. */
class EvalStillsIT {
  /** {@code score.py} prints three digits, and two of false positives an image. */
  private static final double HALF_A_DIGIT = 0.000501;

  private static final int IMAGES = 8;
  private static final double MIN_HEIGHT = 12;
  private static final Pattern HEAD = Pattern.compile("images (\\d+) boxes (\\d+) AP ([0-9.]+)");
  private static final Pattern POINT =
      Pattern.compile("@(.*): thr ([0-9.]+) recall ([0-9.]+) fppi ([0-9.]+) \\|(.*)");
  private static final Pattern HEIGHT = Pattern.compile("(\\d+)-(\\d*)px ([0-9.]+) \\(n=(\\d+)\\)");

  @TempDir static Path folder;
  private static Path detections = Path.of("");
  private static Outcome.Scored scored =
      new Outcome.Scored(Path.of(""), 0, Map.of(), Optional.empty());

  @BeforeAll
  static void score() throws IOException {
    Path set = Files.createDirectory(folder.resolve("set"));
    List<String> rows = new ArrayList<>();
    rows.add("image,x,y,w,h,class,ignore,source,occlusion,pose,blur");
    copy("dev/wider_val", "", set, rows);
    copy("dev/plates_world", ",,,", set, rows);
    Files.write(set.resolve("gt.csv"), rows);
    detections = folder.resolve("detections.csv");
    scored =
        (Outcome.Scored)
            new RedactionPipeline()
                .evaluate(
                    new EvalJob.Stills(
                        set,
                        DetectionOptions.DEFAULT_MODEL,
                        OptionalInt.empty(),
                        Set.of(),
                        OptionalDouble.empty(),
                        MIN_HEIGHT,
                        EvalJob.Stills.Look.CAREFULLY,
                        Optional.of(detections),
                        false),
                    Progress.NONE);
  }

  @Test
  void facesAreScoredAsScorePyDoes() {
    assertThat(scored.images()).isEqualTo(2 * IMAGES);
    ClassFigures figures = figures(Label.FACE);
    assertThat(figures.boxes()).isGreaterThan(20);
    assertThat(figures.averagePrecision()).isBetween(0.68, 0.99);
    compare(figures, Label.FACE, "0.5");
  }

  @Test
  void platesAreScoredAsScorePyDoes() {
    ClassFigures figures = figures(Label.PLATE);
    assertThat(figures.averagePrecision()).isBetween(0.97, 1.0);
    compare(figures, Label.PLATE, "0.4");
  }

  @Test
  void gradesCoverTheGradedBoxes() {
    WorkingPoint point = figures(Label.FACE).one().orElseThrow();
    assertThat(point.byGrade()).containsOnlyKeys(Grade.values());
    point
        .byGrade()
        .forEach(
            (grade, levels) -> {
              assertThat(levels.values().stream().mapToInt(WorkingPoint.Recall::boxes).sum())
                  .isBetween(1, point.recall().boxes());
              assertThat(levels.values().stream().mapToInt(WorkingPoint.Recall::found).sum())
                  .isBetween(1, point.recall().found());
            });
    assertThat(figures(Label.PLATE).start().byGrade()).isEmpty();
  }

  private static ClassFigures figures(Label label) {
    return Optional.ofNullable(scored.figures().get(label)).orElseThrow();
  }

  private static void compare(ClassFigures figures, Label label, String iou) {
    String out =
        Python.bench(
            "score.py",
            folder.resolve("set/gt.csv"),
            detections,
            "--class",
            label.id(),
            "--iou",
            iou,
            "--minside",
            MIN_HEIGHT,
            "--thr",
            figures.start().score());
    Matcher head = HEAD.matcher(out);
    assertThat(head.find()).as(out).isTrue();
    assertThat(figures.images()).isEqualTo(Integer.parseInt(head.group(1)));
    assertThat(figures.boxes()).isEqualTo(Integer.parseInt(head.group(2)));
    same(figures.averagePrecision(), head.group(3), HALF_A_DIGIT);
    List<WorkingPoint> points = new ArrayList<>();
    figures.few().ifPresent(points::add);
    figures.one().ifPresent(points::add);
    points.add(figures.start());
    Matcher point = POINT.matcher(out);
    for (WorkingPoint mine : points) {
      assertThat(point.find()).as(out).isTrue();
      same(mine.score(), point.group(2), HALF_A_DIGIT);
      same(mine.recall().share(), point.group(3), HALF_A_DIGIT);
      same(mine.falsePositives(), point.group(4), 10 * HALF_A_DIGIT);
      Matcher height = HEIGHT.matcher(point.group(5));
      for (var range : mine.byHeight().entrySet()) {
        assertThat(height.find()).as(out).isTrue();
        assertThat(range.getKey().id()).startsWith(height.group(1));
        assertThat(range.getValue().boxes()).isEqualTo(Integer.parseInt(height.group(4)));
        same(range.getValue().share(), height.group(3), HALF_A_DIGIT);
      }
      assertThat(height.find()).as("another range than of " + HeightRange.class).isFalse();
    }
    assertThat(point.find()).as(out).isFalse();
  }

  private static void same(double mine, String theirs, double tolerance) {
    assertThat(mine).isCloseTo(Double.parseDouble(theirs), within(tolerance));
  }

  /** Takes pictures and their rows over, every tenth, under names that tell the sets apart. */
  private static void copy(String from, String missingGrades, Path set, List<String> rows)
      throws IOException {
    Path source = RealFootage.path(from);
    for (int i = 0; i < IMAGES; i++) {
      String name = String.format("%04d.webp", 10 * i);
      String unique = source.getFileName() + "-" + name;
      Files.copy(source.resolve(name), set.resolve(unique));
      for (String row : Files.readAllLines(source.resolve("gt.csv"))) {
        if (row.startsWith(name + ",")) {
          rows.add(unique + row.substring(name.length()) + missingGrades);
        }
      }
    }
  }
}
