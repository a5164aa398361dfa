package io.efface.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.detect.Label;
import io.efface.eval.ClassFigures;
import io.efface.eval.Coverage;
import io.efface.eval.Grade;
import io.efface.eval.HeightRange;
import io.efface.eval.TruthException;
import io.efface.eval.WorkingPoint;
import io.efface.eval.WorkingPoint.Recall;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.EvalJob;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.RecallPreset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvalCommandTest {
  private static final WorkingPoint POINT =
      new WorkingPoint(
          0.625,
          0.5,
          new Recall(4, 3),
          Map.of(HeightRange.FROM_10, new Recall(3, 2), HeightRange.FROM_80, new Recall(1, 1)),
          Map.of(Grade.POSE, Map.of(0, new Recall(3, 3), 1, new Recall(1, 0))));
  private static final Outcome SCORED =
      new Outcome.Scored(
          Path.of("set"),
          3,
          Map.of(
              Label.FACE,
              new ClassFigures(2, 4, 0.5, 0.6875, Optional.empty(), Optional.of(POINT), POINT)),
          Optional.of(Path.of("d.csv")));
  private static final Outcome JUDGED =
      new Outcome.Judged(
          Path.of("in.mp4"),
          Optional.of(Path.of("out.mp4")),
          new Coverage(
              60,
              new Coverage.Count(80, 76),
              new Coverage.Count(20, 10),
              7,
              5,
              Map.of(3, 9, 1, 5),
              0.0125));

  private final FakeRunner runner = new FakeRunner();

  @Test
  void stillsAreLookedAtInTheirOwnSize() {
    assertThat(run("eval set").exit()).isZero();
    assertThat(runner.evaluated)
        .containsExactly(
            new EvalJob.Stills(
                Path.of("set"),
                DetectionOptions.DEFAULT_MODEL,
                OptionalInt.empty(),
                Set.of(),
                OptionalDouble.empty(),
                0,
                EvalJob.Stills.Look.CAREFULLY,
                Optional.empty(),
                false));
    assertThat(EvalJob.Stills.defaultIou(Label.FACE)).isEqualTo(0.5);
    assertThat(EvalJob.Stills.defaultIou(Label.PLATE)).isEqualTo(0.4);
  }

  @Test
  void everyOptionForStillsReachesTheJob() {
    run(
        "eval set --classes plate --model net.onnx --detect-size 640 --iou 0.3 --min-height 10.5"
            + " --look once --detections d.csv --overwrite");
    assertThat(runner.evaluated)
        .containsExactly(
            new EvalJob.Stills(
                Path.of("set"),
                "net.onnx",
                OptionalInt.of(640),
                Set.of(Label.PLATE),
                OptionalDouble.of(0.3),
                10.5,
                EvalJob.Stills.Look.ONCE,
                Optional.of(Path.of("d.csv")),
                true));
  }

  @Test
  void aClipIsRedactedAsRedactDoesUnlessARedactionIsGiven() {
    run("eval --video in.mp4 --truth in.csv");
    run("eval --video in.mp4 --truth in.csv --redacted out.mp4 --classes face --model m.onnx");
    run("eval --video in.mp4 --truth in.csv --detect-size own");
    assertThat(runner.evaluated)
        .containsExactly(
            clip(Optional.empty(), DetectionOptions.DEFAULT_MODEL, 1280, Set.of()),
            clip(Optional.of(Path.of("out.mp4")), "m.onnx", 1280, Set.of(Label.FACE)),
            clip(Optional.empty(), DetectionOptions.DEFAULT_MODEL, 8192, Set.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eval",
        "eval a b",
        "eval set --video in.mp4 --truth in.csv",
        "eval set --truth in.csv",
        "eval set --redacted out.mp4",
        "eval --video in.mp4",
        "eval --truth in.csv",
        "eval --video in.mp4 --truth in.csv --iou 0.5",
        "eval --video in.mp4 --truth in.csv --min-height 5",
        "eval --video in.mp4 --truth in.csv --look carefully",
        "eval set --look twice",
        "eval --video in.mp4 --truth in.csv --detections d.csv",
        "eval --video in.mp4 --truth in.csv --detect-size 33",
        "eval set --iou 0",
        "eval set --iou 1.1",
        "eval set --iou x",
        "eval set --min-height -1",
        "eval set --min-height NaN",
        "eval set --detect-size big",
        "eval set --detect-size 100",
        "eval set --detect-size 9999999999",
        "eval set --classes head",
      })
  void aWrongCommandLineIsRefusedWithALineAndAHint(String line) {
    Run run = run(line);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(2);
    assertThat(run.err()).startsWith("efface: ").endsWith("\nTry 'efface eval --help'.\n");
    assertThat(runner.evaluated).isEmpty();
  }

  @Test
  void figuresOfStillsAreATable() {
    runner.measured = SCORED;
    assertThat(run("eval set").out())
        .isEqualTo(
            """
            set: 3 images; detections d.csv
            face: 2 images, 4 boxes, AP 0.688 at IoU 0.5
              false positives an image   score  recall    10-20      80+ px
                                                 boxes        3        1
              at most 0.1               no score keeps to that
              at most 1.0                0.625   0.750    0.667    1.000
              0.50 (score in use)        0.625   0.750    0.667    1.000
              recall at 1.0 by pose (0 none):  0: 1.000 of 3  1: 0.000 of 1
            """);
    assertThat(run("eval set --quiet").out()).isEmpty();
  }

  @Test
  void figuresOfStillsInJson() throws IOException {
    runner.measured = SCORED;
    Run run = run("eval set --json");
    assertThat(run.out().lines()).hasSize(1);
    JsonNode line = new ObjectMapper().readTree(run.out());
    assertThat(line.get("status").asText()).isEqualTo("done");
    assertThat(line.get("input").asText()).isEqualTo("set");
    assertThat(line.get("detections").asText()).isEqualTo("d.csv");
    assertThat(line.get("images").asInt()).isEqualTo(3);
    JsonNode face = line.get("classes").get("face");
    assertThat(face.get("images").asInt()).isEqualTo(2);
    assertThat(face.get("boxes").asInt()).isEqualTo(4);
    assertThat(face.get("iou").asDouble()).isEqualTo(0.5);
    assertThat(face.get("averagePrecision").asDouble()).isEqualTo(0.6875);
    assertThat(face.get("atTenthFalsePositive").isNull()).isTrue();
    assertThat(face.get("atOneFalsePositive")).isEqualTo(face.get("atModelScore"));
    JsonNode point = face.get("atModelScore");
    assertThat(point.get("score").asDouble()).isEqualTo(0.625);
    assertThat(point.get("falsePositivesPerImage").asDouble()).isEqualTo(0.5);
    assertThat(point.get("recall").asDouble()).isEqualTo(0.75);
    assertThat(point.at("/byHeight/80+/recall").asDouble()).isEqualTo(1);
    assertThat(point.at("/byHeight/10-20/boxes").asInt()).isEqualTo(3);
    assertThat(point.at("/byGrade/pose/1/recall").asDouble(-1)).isZero();
  }

  @Test
  void figuresOfAClipAreALine() {
    runner.measured = JUDGED;
    assertThat(run("eval --video in.mp4 --truth in.csv").out())
        .isEqualTo(
            "out.mp4: 60 frames; 86 of 100 objects covered, counted once a frame (0.8600; 24 px and"
                + " more 0.9500, lower 0.5000); 7 not judged; 2 of 5 tracks exposed, in 14 frames;"
                + " over-redaction 0.0125\n");
  }

  @Test
  void figuresOfAClipInJson() {
    runner.measured = JUDGED;
    assertThat(run("eval --video in.mp4 --truth in.csv --json").out())
        .isEqualTo(
            "{\"status\":\"done\",\"input\":\"in.mp4\",\"redacted\":\"out.mp4\",\"frames\":60,"
                + "\"objects\":100,\"notJudged\":7,\"frameRecall\":0.86,\"largeRecall\":0.95,\"smallRecall\":0.5,"
                + "\"tracks\":5,\"exposedTracks\":2,\"exposedFrames\":14,"
                + "\"exposed\":{\"1\":5,\"3\":9},\"overRedaction\":0.0125}\n");
  }

  @Test
  void ofNothingThereIsNoShare() throws IOException {
    Coverage.Count none = new Coverage.Count(0, 0);
    runner.measured =
        new Outcome.Judged(
            Path.of("in.mp4"), Optional.empty(), new Coverage(9, none, none, 0, 0, Map.of(), 0));
    assertThat(run("eval --video in.mp4 --truth in.csv").out())
        .startsWith(
            "in.mp4: 9 frames; 0 of 0 objects covered, counted once a frame (none; 24 px and more"
                + " none, lower none); 0 of 0 tracks");
    JsonNode line =
        new ObjectMapper().readTree(run("eval --video in.mp4 --truth in.csv --json").out());
    assertThat(line.get("frameRecall").isNull()).isTrue();
    assertThat(line.get("largeRecall").isNull()).isTrue();
    assertThat(line.get("smallRecall").isNull()).isTrue();
  }

  @Test
  void aListThatCannotBeUsedIsOneLine() {
    runner.failures.put(Path.of("set"), new TruthException("set/gt.csv: line 3: x is no number"));
    Run run = run("eval set --json");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).isEqualTo("efface: set/gt.csv: line 3: x is no number\n");
    assertThat(run.out()).contains("\"status\":\"failed\"", "\"input\":\"set\"");
  }

  private static EvalJob clip(
      Optional<Path> redacted, String model, int detectSize, Set<Label> classes) {
    return new EvalJob.Clip(
        Path.of("in.mp4"),
        Path.of("in.csv"),
        redacted,
        model,
        detectSize,
        classes,
        RecallPreset.BALANCED);
  }

  private Run run(String line) {
    return Run.of(runner, Arrays.stream(line.split(" ")).toArray());
  }
}
