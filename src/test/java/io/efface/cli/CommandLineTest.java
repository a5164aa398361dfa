package io.efface.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.audit.AuditException;
import io.efface.audit.Finding;
import io.efface.audit.OutputAudit;
import io.efface.detect.DetectionException;
import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.manifest.ManifestCodec;
import io.efface.manifest.Manifests;
import io.efface.media.EncoderSettings.Preset;
import io.efface.media.MediaException;
import io.efface.media.VideoCodec;
import io.efface.pipeline.ApplyJob;
import io.efface.pipeline.AuditOptions;
import io.efface.pipeline.DetectJob;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.Editing;
import io.efface.pipeline.JobException;
import io.efface.pipeline.RecallPreset;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RenderOptions;
import io.efface.pipeline.RenderOptions.Audio;
import io.efface.pipeline.RenderOptions.OnCorrupt;
import io.efface.pipeline.RenderOptions.Smart;
import io.efface.pipeline.ReportRequest;
import io.efface.pipeline.VerifyJob;
import io.efface.redact.Cover;
import io.efface.redact.Style;
import io.efface.report.Check;
import io.efface.report.Filing;
import io.efface.report.KeyFile;
import io.efface.report.ReportFiles;
import io.efface.report.ReportFormat;
import io.efface.report.Residual;
import io.efface.report.SignatureCheck;
import io.efface.report.SignatureFinding;
import io.efface.report.SignatureFinding.Part;
import io.efface.report.SignatureFinding.State;
import io.efface.report.SigningKey;
import io.efface.report.VerificationKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  private final FakeRunner runner = new FakeRunner();
  @TempDir Path folder;

  @Test
  void redactsWithTheDefaults() {
    Run run = run("redact", "a/in.MOV");
    assertThat(run.exit()).isZero();
    assertThat(runner.redacted)
        .containsExactly(
            new RedactionJob(
                Path.of("a/in.MOV"),
                Path.of("a/in.redacted.mov"),
                DetectionOptions.defaults(),
                RenderOptions.defaults(),
                false,
                Optional.of(ReportRequest.beside(Path.of("a/in.redacted.mov")))));
    assertThat(run.out())
        .isEqualTo(
            "a/in.redacted.mov: 500 frames, 3 faces, 1 plate redacted, 2 corrupt frames filled;"
                + " report a/in.redacted.mov.report.json\n");
  }

  @Test
  void everyOptionReachesTheJob() {
    String options =
        "redact in.avi -o out.mkv --classes plate --min-score 0.3 --model net.onnx"
            + " --detect-size 640 --style solid:#0080FF --margin 0.5 --codec hevc --quality 40"
            + " --preset veryslow --audio drop --on-corrupt fail --allow-truncated --overwrite"
            + " --smart auto"
            + " --report r.json --report-format json --case 7 --operator me --reason asked --quiet";
    assertThat(run((Object[]) options.split(" ")).exit()).isZero();
    RedactionJob job = runner.redacted.get(0);
    assertThat(job.output()).isEqualTo(Path.of("out.mkv"));
    assertThat(job.report())
        .contains(
            new ReportRequest(
                ReportFiles.named(Path.of("r.json")),
                ReportFormat.JSON,
                new Filing(Optional.of("7"), Optional.of("me"), Optional.of("asked")),
                Optional.empty()));
    assertThat(job.overwrite()).isTrue();
    assertThat(job.detection().classes()).containsExactly(Label.PLATE);
    assertThat(job.detection().minScore()).hasValue(0.3);
    assertThat(job.detection().model()).isEqualTo("net.onnx");
    assertThat(job.detection().detectSize()).isEqualTo(640);
    assertThat(job.render().styles())
        .isEqualTo(RenderOptions.everywhere(new Style.Solid(0, 128, 255)));
    assertThat(job.render().margin()).isEqualTo(0.5);
    assertThat(job.render().encoder().codec()).contains(VideoCodec.HEVC);
    assertThat(job.render().encoder().quality()).isEqualTo(40);
    assertThat(job.render().encoder().preset()).isEqualTo(Preset.VERYSLOW);
    assertThat(job.render().audio()).isEqualTo(Audio.DROP);
    assertThat(job.render().smart()).isEqualTo(Smart.AUTO);
    assertThat(job.render().onCorrupt()).isEqualTo(OnCorrupt.FAIL);
    assertThat(job.render().allowTruncated()).isTrue();
  }

  @Test
  void editsReachTheJob() {
    assertThat(run("redact", "in.mp4", "--edits", "e.json", "--save-manifest", "m.json").exit())
        .isZero();
    assertThat(run("apply", "in.json", "in.mp4", "-o", "o.mp4", "--edits", "e.json").exit())
        .isZero();
    assertThat(runner.redacted.get(0).editing())
        .isEqualTo(new Editing(Optional.of(Path.of("e.json")), Optional.of(Path.of("m.json"))));
    assertThat(runner.applied.get(0).editing())
        .isEqualTo(new Editing(Optional.of(Path.of("e.json")), Optional.empty()));
  }

  @Test
  void withEditsNothingNeedBeLookedFor() {
    runner.zones = 2;
    Run run = run("redact", "in.mp4", "--classes", "none", "--edits", "e.json");
    assertThat(run.exit()).isZero();
    assertThat(runner.redacted.get(0).detection().classes()).isEmpty();
    assertThat(run.out()).contains("3 faces, 1 plate, 2 zones redacted");
  }

  @Test
  void whatIsKeptVisibleIsCounted() throws IOException {
    runner.kept = Map.of(Label.FACE, 1, Label.PLATE, 2);
    assertThat(run("redact", "in.mp4", "--edits", "e.json").out())
        .contains("3 faces, 1 plate redacted, 1 face, 2 plates kept visible, 2 corrupt frames");
    JsonNode json =
        new ObjectMapper().readTree(run("redact", "in.mp4", "--edits", "e.json", "--json").out());
    assertThat(json.at("/kept/plate").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "redact in.mp4 --classes none, a file of edits must say what to destroy",
    "redact in.mp4 --classes none --classes face --edits e.json, leaves no other class",
    "redact a.mp4 b.mp4 --edits e.json --save-manifest m.json, --save-manifest names one file",
    "redact in.mp4 --edits in.redacted.mp4, is also an input",
    "detect in.mp4 --classes none, there is no class to look for",
    "redact in.mp4 --cover hat, is none of",
  })
  void refusesEditsThatCannotBe(String line, String message) {
    Run run = run((Object[]) line.split(" "));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(runner.redacted).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"face,FACE", "HEAD,HEAD"})
  void coversFacesOrHeads(String word, Cover cover) {
    run("redact", "in.mp4", "--cover", word);
    run("apply", "in.json", "in.mp4", "-o", "o.mp4", "--cover", word);
    run("verify", "o.mp4", "--cover", word);
    assertThat(runner.redacted.get(0).render().cover()).isEqualTo(cover);
    assertThat(runner.applied.get(0).render().cover()).isEqualTo(cover);
    assertThat(runner.verified.get(0).cover()).contains(cover);
  }

  @ParameterizedTest
  @CsvSource({
    "blur,Blur[]",
    "solid,'Solid[red=0, green=0, blue=0]'",
    "mosaic,Mosaic[cells=6]",
    "Mosaic:3,Mosaic[cells=3]"
  })
  void understandsStyles(String word, String style) {
    run("redact", "in.mp4", "--style", word);
    assertThat(runner.redacted.get(0).render().styles().get(Label.FACE)).hasToString(style);
  }

  @ParameterizedTest
  @CsvSource({
    "clip.mp4,clip.redacted.mp4",
    "clip.m4v,clip.redacted.mp4",
    "clip.MKV,clip.redacted.mkv",
    "clip.webm,clip.redacted.webm",
    "clip.avi,clip.redacted.mp4",
    "a.b.ts,a.b.redacted.mp4",
    "clip,clip.redacted.mp4",
    ".hidden,.hidden.redacted.mp4",
    "still.JPEG,still.redacted.jpeg",
    "still.tif,still.redacted.tif",
    "still.heic,still.redacted.jpg"
  })
  void namesOutputsAfterTheirInputs(String input, String output) {
    run("redact", input);
    assertThat(runner.redacted.get(0).output()).isEqualTo(Path.of(output));
  }

  @Test
  void makesTheOutputFolder() {
    Path target = folder.resolve("x/y");
    assertThat(run("redact", "a.mp4", "b.jpg", "-d", target, "--no-report").exit()).isZero();
    assertThat(target).isDirectory();
    assertThat(runner.redacted)
        .extracting(RedactionJob::output)
        .containsExactly(target.resolve("a.mp4"), target.resolve("b.jpg"));
    assertThat(runner.redacted).allMatch(job -> job.report().isEmpty());
  }

  @Test
  void whatIsAskedForReachesEveryFileOfAFolder() {
    String[] options = {"--recall", "paranoid", "--cover", "head", "--min-score", "0.3"};
    List<Object> words = new ArrayList<>(List.of("redact", "a.mp4", "-o", "a.out.mp4"));
    words.addAll(List.of(options));
    run(words.toArray());
    words.set(2, "b.mp4");
    words.set(3, "-d");
    words.add(4, folder.resolve("to"));
    assertThat(run(words.toArray()).exit()).isZero();
    assertThat(runner.redacted).hasSize(3);
    RedactionJob single = runner.redacted.get(0);
    assertThat(single.render().cover()).isEqualTo(Cover.HEAD);
    assertThat(single.render().margin()).isEqualTo(RecallPreset.PARANOID.margin());
    assertThat(runner.redacted)
        .allMatch(job -> job.render().equals(single.render()))
        .allMatch(job -> job.detection().equals(single.detection()));
  }

  @Test
  void anOutputFolderThatCannotBeMadeIsOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Run run = run("redact", "a.mp4", "b.mp4", "-d", file);
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err().lines()).hasSize(1).allMatch(l -> l.startsWith("efface: " + file));
    assertThat(runner.redacted).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "redact",
        "nonsense",
        "redact a.mp4 --nonsense",
        "redact a.mp4 b.mp4 -o out.mp4",
        "redact a.mp4 -o out.mp4 -d dir",
        "redact a.mp4 -d dir --edits e.json",
        "redact a.mp4 b.mp4 -d dir --save-manifest m.json",
        "redact a.mp4 -d dir --classes none",
        "redact x/a.mp4 y/a.mp4 -d dir",
        "redact x/a.mp4 y/A.avi -d dir",
        "redact a.avi a.ts",
        "redact a.mp4 -o a.mp4",
        "redact a.mp4 -o ./x/../A.mp4",
        "redact a.mp4 a.redacted.mp4 --overwrite",
        "redact a.mp4 --report a.mp4",
        "redact a.mp4 -o out.mp4 --report out.mp4",
        "redact a.mp4 --report r.json --no-report",
        "redact a.mp4 b.mp4 --report r.json",
        "redact a.mp4 -o r.html --report r.json",
        "redact a.mp4 --no-report --report-format html",
        "redact a.mp4 --no-report --case 7",
        "redact a.mp4 --no-report --operator me",
        "redact a.mp4 --no-report --reason asked",
        "redact a.mp4 --no-report --sign key",
        "redact a.mp4 --report-format pdf",
        "redact a.mp4 --case \u202e",
        "redact a.mp4 --case \u0085",
        "redact a.mp4 --operator \u001b[31m",
        "redact a.mp4 --operator \ufffd",
        "redact a.mp4 --case 7\ufffd",
        "redact a.mp4 --sign no-such-key",
        "redact a.mp4 --sign .",
        "keys",
        "keys new",
        "keys new a b",
        "redact a.mp4 --classes cat",
        "redact a.mp4 --classes face,,plate",
        "redact a.mp4 --min-score 0",
        "redact a.mp4 --min-score 1.01",
        "redact a.mp4 --min-score NaN",
        "redact a.mp4 --min-score x",
        "redact a.mp4 --detect-size 100",
        "redact a.mp4 --detect-size 0",
        "redact a.mp4 --detect-size 9999999999",
        "redact a.mp4 --style gaussian",
        "redact a.mp4 --style face=blur,solid",
        "redact a.mp4 --style person=blur",
        "redact a.mp4 --style face=blur,face=solid",
        "redact a.mp4 --audit some",
        "verify a.mp4 --original in.mp4",
        "verify a.mp4 --style solid",
        "verify a.mp4 --against m.json --style solid",
        "verify a.mp4 --overwrite",
        "redact a.mp4 --style mosaic:7",
        "redact a.mp4 --style mosaic:0",
        "redact a.mp4 --style solid:#12345",
        "redact a.mp4 --margin -0.1",
        "redact a.mp4 --margin 2.1",
        "redact a.mp4 --margin NaN",
        "redact a.mp4 --codec mpeg2",
        "redact a.mp4 --quality 101",
        "redact a.mp4 --quality -1",
        "redact a.mp4 --preset slowest",
        "redact a.mp4 --audio mute",
        "redact a.mp4 --smart on",
        "redact a.mp4 --on-corrupt ignore",
        "redact a.mp4 -o",
        "detect",
        "detect a.mp4 b.mp4",
        "detect a.mp4 -o a.mp4",
        "detect a.mp4 -o m.json --csv m.json",
        "detect .",
        "detect . --csv d.csv -o m.json",
        "detect a.mp4 --style blur",
        "apply",
        "apply m.json",
        "apply m.json a.mp4",
        "apply m.json a.mp4 b.mp4 -o out.mp4",
        "apply a.mp4 m.json -o out.mp4",
        "apply m.json a.mp4 -o a.mp4",
        "apply m.json -o m.json",
        "apply m.json a.mp4 -o out.mp4 --min-score 0.5",
      })
  void aWrongCommandLineIsRefusedWithALineAndAHint(String line) {
    Run run = run(Arrays.stream(line.split(" ")).filter(word -> !word.isEmpty()).toArray());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(2);
    assertThat(run.err()).startsWith("efface: ").containsPattern("\nTry 'efface.* --help'\\.\n");
    assertThat(runner.redacted).isEmpty();
    assertThat(runner.applied).isEmpty();
    assertThat(runner.detected).isEmpty();
  }

  @Test
  void aBatchGoesOnAfterFailures() {
    runner.failures.put(Path.of("a.mp4"), new MediaException(Path.of("a.mp4"), "open", "is empty"));
    runner.failures.put(Path.of("b.mp4"), new JobException("b.mp4: exists"));
    runner.failures.put(Path.of("c.mp4"), new DetectionException("no such model"));
    Run run = run("redact", "a.mp4", "b.mp4", "c.mp4", "d.mp4");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err())
        .startsWith("efface: a.mp4: is empty\nefface: b.mp4: exists\nefface: no such model\n");
    assertThat(run.out()).startsWith("d.redacted.mp4: ");
    assertThat(runner.redacted).hasSize(4);
  }

  @Test
  void attentionIsShownAndGivesItsOwnExitCode() {
    runner.attention = List.of("a.mp4: nothing found", "look at frame 3");
    Run run = run("redact", "a.mp4", "--quiet");
    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.err()).isEqualTo("efface: a.mp4: nothing found\nefface: look at frame 3\n");
    runner.failures.put(Path.of("b.mp4"), new JobException("b.mp4: exists"));
    assertThat(run("redact", "a.mp4", "b.mp4").exit()).isEqualTo(3);
    assertThat(run("redact", "b.mp4", "a.mp4").exit()).isEqualTo(3);
  }

  @Test
  void aFailedAuditOutweighsFailedInputs() {
    runner.failures.put(Path.of("a.mp4"), new AuditException("out.mp4: shows frame 3"));
    runner.failures.put(Path.of("b.mp4"), new JobException("b.mp4: exists"));
    Run run = run("redact", "a.mp4", "b.mp4", "--quiet");
    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).startsWith("efface: out.mp4: shows frame 3\n");
  }

  @Test
  void aFaultOfTheProgramIsOneLineUnlessTheStackIsAskedFor() {
    runner.failures.put(Path.of("a.mp4"), new IllegalStateException("plane\n7"));
    Run run = run("redact", "a.mp4", "b.mp4", "--quiet");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "efface: a.mp4: internal error: IllegalStateException: plane\\u000a7"
                + " (--stacktrace shows where)\n");
    assertThat(runner.redacted).hasSize(2);
    assertThat(run("redact", "a.mp4", "--stacktrace").err()).contains("\tat io.efface.cli");
    assertThat(run("--stacktrace", "redact", "a.mp4").err()).contains("\tat io.efface.cli");
  }

  @Test
  void beingCancelledEndsTheBatch() {
    runner.failures.put(Path.of("b.mp4"), new CancellationException());
    Run run = run("redact", "a.mp4", "b.mp4", "c.mp4", "--quiet", "--stacktrace");
    assertThat(run.exit()).isEqualTo(130);
    assertThat(run.err()).isEqualTo("efface: interrupted\n");
    assertThat(runner.redacted).hasSize(2);
  }

  @Test
  void jsonGivesOneObjectAJobFailuresIncluded() throws IOException {
    runner.failures.put(Path.of("b.mp4"), new JobException("b.mp4: \u001b[2J exists"));
    runner.attention = List.of("nothing found");
    Run run = run("redact", "a\u001b\u009b.mp4", "b.mp4", "--json");
    assertThat(run.exit()).isEqualTo(3);
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(2).allMatch(line -> line.matches("[ -~]+"));
    JsonNode done = new ObjectMapper().readTree(lines.get(0));
    assertThat(done.get("status").asText()).isEqualTo("attention");
    assertThat(done.get("input").asText()).isEqualTo("a\u001b\u009b.mp4");
    assertThat(done.get("output").asText()).isEqualTo("a\u001b\u009b.redacted.mp4");
    assertThat(done.get("report").asText()).endsWith(".report.json");
    assertThat(done.get("frames").asLong()).isEqualTo(500);
    assertThat(done.get("objects").get("face").asInt()).isEqualTo(3);
    assertThat(done.get("corruptFrames").asInt()).isEqualTo(2);
    assertThat(done.get("attention").get(0).asText()).isEqualTo("nothing found");
    JsonNode failed = new ObjectMapper().readTree(lines.get(1));
    assertThat(failed.get("status").asText()).isEqualTo("failed");
    assertThat(failed.get("input").asText()).isEqualTo("b.mp4");
    assertThat(failed.get("error").asText()).isEqualTo("b.mp4: \u001b[2J exists");
  }

  @Test
  void namesCannotSteerTheTerminal() {
    String name = "a\u001b[31m\r\n\u202e\u009b.mp4";
    runner.failures.put(Path.of("x" + name), new JobException("x" + name + ": exists"));
    runner.attention = List.of(name);
    Run run = run("redact", name, "x" + name);
    assertThat(run.out() + run.err()).doesNotContainPattern("[\\p{Cntrl}\\u202e\\u009b&&[^\n]]");
    assertThat(run.out()).contains("a\\u001b[31m\\u000d\\u000a\\u202e\\u009b.redacted.mp4");
    assertThat(run("redact", "a.mp4", "--no\u001bsuch").err()).doesNotContain("\u001b");
  }

  @Test
  void quietPrintsNothingWhenAllIsWell() {
    assertThat(run("redact", "a.mp4", "--quiet")).isEqualTo(new Run(0, "", ""));
  }

  @Test
  void detectWritesAManifestBesideTheInput() {
    Run run = run("detect", "x/a.mp4", "--allow-truncated", "--overwrite");
    assertThat(run.exit()).isZero();
    assertThat(runner.detected)
        .containsExactly(
            new DetectJob(
                Path.of("x/a.mp4"),
                DetectionOptions.defaults(),
                true,
                Optional.of(Path.of("x/a.mp4.manifest.json")),
                Optional.empty(),
                true));
    assertThat(run.out())
        .isEqualTo("x/a.mp4: 500 frames, 3 faces, 1 plate found; manifest x/a.mp4.manifest.json\n");
  }

  @Test
  void detectTellsWhatWantsALook() throws IOException {
    runner.attention = List.of("a.mp4: nothing was found");
    Run run = run("detect", "a.mp4", "--json");
    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.err()).isEqualTo("efface: a.mp4: nothing was found\n");
    JsonNode line = new ObjectMapper().readTree(run.out());
    assertThat(line.get("status").asText()).isEqualTo("attention");
    assertThat(line.at("/attention/0").asText()).isEqualTo("a.mp4: nothing was found");
  }

  @Test
  void aRecallPresetSetsWhatIsNotSaidByName() throws IOException {
    run("redact", "in.mp4", "-o", "a.mp4", "--recall", "paranoid");
    run("redact", "in.mp4", "-o", "b.mp4", "--recall", "paranoid", "--detect-size", "640");
    run("redact", "in.mp4", "-o", "c.mp4", "--recall", "paranoid", "--margin", "0.1");
    run("redact", "in.mp4", "-o", "d.mp4");
    assertThat(runner.redacted)
        .extracting(job -> job.detection().recall())
        .containsExactly(
            RecallPreset.PARANOID,
            RecallPreset.PARANOID,
            RecallPreset.PARANOID,
            RecallPreset.BALANCED);
    assertThat(runner.redacted)
        .extracting(job -> job.detection().detectSize())
        .containsExactly(1920, 640, 1920, 1280);
    assertThat(runner.redacted)
        .extracting(job -> job.render().margin())
        .containsExactly(0.5, 0.5, 0.1, 0.35);
  }

  @Test
  void detectWritesRawDetectionsOfAFolderAtAnyScore() throws IOException {
    Run run = run("detect", folder, "--csv", "d.csv", "--min-score", "0.02", "--json");
    assertThat(run.exit()).isZero();
    DetectJob job = runner.detected.get(0);
    assertThat(job.manifest()).isEmpty();
    assertThat(job.csv()).contains(Path.of("d.csv"));
    assertThat(job.detection().minScore()).hasValue(0.02);
    JsonNode line = new ObjectMapper().readTree(run.out());
    assertThat(line.get("csv").asText()).isEqualTo("d.csv");
    assertThat(line.has("manifest")).isFalse();
  }

  @Test
  void applyLooksForTheManifestsInputBesideIt() throws IOException {
    Path manifest = folder.resolve("m.json");
    try (OutputStream out = Files.newOutputStream(manifest)) {
      ManifestCodec.write(Manifests.small(), out);
    }
    assertThat(run("apply", manifest, "-o", "out.mp4").exit()).isZero();
    assertThat(runner.applied)
        .containsExactly(
            new ApplyJob(
                manifest,
                folder.resolve("clip é.mp4"),
                false,
                Path.of("out.mp4"),
                RenderOptions.defaults(),
                false,
                Optional.of(ReportRequest.beside(Path.of("out.mp4"))),
                Editing.NONE,
                /* usualMargin= */ true));
    assertThat(run("apply", manifest, "-o", "out.mp4", "--margin", "0.35").exit()).isZero();
    assertThat(runner.applied.get(1).usualMargin()).isFalse();
  }

  @Test
  void applyTakesAnotherInput() {
    assertThat(run("apply", "m.json", "b.mp4", "--any-input", "-o", "o.mp4").exit()).isZero();
    assertThat(runner.applied.get(0).input()).isEqualTo(Path.of("b.mp4"));
    assertThat(runner.applied.get(0).anyInput()).isTrue();
  }

  @Test
  void aBrokenManifestIsOneLine() throws IOException {
    Path manifest = Files.writeString(folder.resolve("m.json"), "{}");
    Run run = run("apply", manifest, "-o", "out.mp4");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("efface: " + manifest + ": line 1");
    assertThat(run("apply", folder.resolve("none"), "-o", "out.mp4").err()).contains("no such");
  }

  @Test
  void aCaseIsBoundedInLength() {
    assertThat(run("redact", "a.mp4", "--case", "x".repeat(200)).exit()).isZero();
    assertThat(run("redact", "a.mp4", "--case", "x".repeat(201)).exit()).isEqualTo(2);
    assertThat(run("redact", "a.mp4", "--operator", " ").err())
        .startsWith("efface: the operator must be text of 1 to 200 characters\n");
    assertThat(run("redact", "a.mp4", "--reason", "two\nlines").err())
        .startsWith("efface: the reason must be one line without control characters\n");
  }

  @Test
  void aNewKeySignsEveryOutputOfABatch() throws IOException {
    Path key = folder.resolve("press.key");
    Run made = run("keys", "new", key);
    assertThat(made.exit()).isZero();
    String fingerprint = VerificationKey.read(KeyFile.publicOf(key)).fingerprint();
    assertThat(made.out())
        .contains(fingerprint)
        .doesNotContain(Files.readString(key).split("\n", -1)[1]);
    assertThat(run("redact", "a.mp4", "b.mp4", "--sign", key).exit()).isZero();
    assertThat(runner.redacted)
        .hasSize(2)
        .allMatch(
            job ->
                job.report()
                    .orElseThrow()
                    .key()
                    .orElseThrow()
                    .publicKey()
                    .fingerprint()
                    .equals(fingerprint));
    assertThat(run("redact", key, "--sign", key, "-o", key, "--overwrite").exit()).isEqualTo(2);
    assertThat(run("redact", "a.mp4", "-o", key, "--sign", key, "--overwrite").exit()).isEqualTo(2);
    Run again = run("keys", "new", key);
    assertThat(again.exit()).isEqualTo(3);
    assertThat(again.err()).startsWith("efface: " + key + ".pub: exists already");
    Run wrong = run("redact", "a.mp4", "--sign", KeyFile.publicOf(key));
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("is a public key");
  }

  @Test
  void whereOnlyThePageIsWrittenItIsTheOneThatIsNamed() {
    Run run = run("redact", "a.mp4", "--report-format", "html");
    assertThat(run.out()).endsWith("; report a.redacted.mp4.report.html\n");
  }

  @Test
  void helpAndVersion() {
    Run help = run("--help");
    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("redact", "detect", "apply", "--stacktrace", "130", "Exit");
    assertThat(run("redact", "--help").out()).contains("--detect-size", "1280", "--on-corrupt");
    assertThat(run("--version").out()).matches("efface \\S+\\R");
  }

  @Test
  void verifyPrintsALineAFindingAndWhatRan() {
    runner.findings = List.of(new Finding(Finding.Kind.REGION, "track 1 leaks", "frame 7"));
    runner.checks =
        List.of(
            Check.ran(Check.REGIONS, false, "9 regions judged"),
            Check.skipped(Check.RESIDUE, "the model is not at hand"));
    Run run =
        run("verify", "out.mp4", "--against", "m.json", "--original", "in.mp4", "--style", "solid");
    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.out())
        .isEqualTo(
            """
            out.mp4: regions: track 1 leaks (frame 7)
            out.mp4: regions FAILED (9 regions judged)
            out.mp4: residue did not run (the model is not at hand)
            """);
    VerifyJob job = runner.verified.get(0);
    assertThat(job.manifest()).contains(Path.of("m.json"));
    assertThat(job.original()).contains(Path.of("in.mp4"));
    assertThat(job.styles()).contains(RenderOptions.everywhere(new Style.Solid(0, 0, 0)));
  }

  @Test
  void whatIsLeftWantsALookAndNothingMore() {
    assertThat(run("verify", "out.mp4").exit()).isZero();
    runner.residuals = List.of(new Residual(Label.FACE, 1, 2, new Box(1, 2, 3, 4), 0.5));
    Run run = run("verify", "out.mp4", "--json");
    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.out()).contains("\"status\":\"attention\"").contains("a face seems to be left");
  }

  @Test
  void verifyExpectsTheKeyThatIsNamed() throws IOException {
    Path key = folder.resolve("press.key");
    run("keys", "new", key);
    Path pub = KeyFile.publicOf(key);
    assertThat(run("verify", "out.mp4", "--key", pub).exit()).isZero();
    assertThat(runner.verified.get(0).signer()).contains(VerificationKey.read(pub));
    assertThat(run("verify", "out.mp4").exit()).isZero();
    assertThat(runner.verified.get(1).signer()).isEmpty();
    Run secret = run("verify", "out.mp4", "--key", key);
    assertThat(secret.exit()).isEqualTo(2);
    assertThat(secret.err()).startsWith("efface: " + key + ": is a private key");
    assertThat(run("verify", "out.mp4", "--key", folder.resolve("none")).exit()).isEqualTo(2);
    assertThat(runner.verified).hasSize(2);
  }

  @Test
  void aSignatureIsTakenApartInJson() throws IOException {
    VerificationKey signer = SigningKey.generate().publicKey();
    runner.signature =
        Optional.of(
            new SignatureCheck(
                List.of(
                    new SignatureFinding(Part.KEY, State.NOT_CHECKED, "whose it is"),
                    new SignatureFinding(Part.JSON, State.FAILS, "it was changed")),
                Optional.of(signer)));
    runner.findings =
        List.of(new Finding(Finding.Kind.SIGNATURE, "it was changed", "the JSON report"));
    Run run = run("verify", "out.mp4", "--json");
    assertThat(run.exit()).isEqualTo(4);
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.at("/findings/0/check").asText()).isEqualTo("signature");
    assertThat(json.at("/signature/signer").asText()).isEqualTo(signer.fingerprint());
    assertThat(json.at("/signature/parts/0/part").asText()).isEqualTo("key");
    assertThat(json.at("/signature/parts/0/state").asText()).isEqualTo("not-checked");
    assertThat(json.at("/signature/parts/1/state").asText()).isEqualTo("fails");
    runner.signature = Optional.empty();
    assertThat(run("verify", "out.mp4", "--json").out()).doesNotContain("\"parts\"");
  }

  @Test
  void stylesGoByClass() {
    run("redact", "in.mp4", "--style", "face=mosaic:3,plate=solid:#102030");
    assertThat(runner.redacted.get(0).render().styles())
        .containsEntry(Label.FACE, new Style.Mosaic(3))
        .containsEntry(Label.PLATE, new Style.Solid(16, 32, 48));
    run("redact", "in.mp4", "--style", "plate=solid");
    assertThat(runner.redacted.get(1).render().styles())
        .containsEntry(Label.FACE, new Style.Blur());
  }

  @Test
  void theAuditsOptionsReachTheJob() {
    run("redact", "in.mp4", "--audit", "fast", "--quarantine", "bad");
    assertThat(runner.redacted.get(0).render().audit())
        .isEqualTo(new AuditOptions(OutputAudit.Level.FAST, Optional.of(Path.of("bad"))));
  }

  private Run run(Object... args) {
    return Run.of(runner, args);
  }
}
