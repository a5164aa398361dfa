package io.efface.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.pipeline.JobException;
import io.efface.pipeline.PaperRedaction;
import io.efface.pipeline.RedactionJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeRunner runner = new FakeRunner();
  @TempDir Path folder;

  @Test
  void aFolderIsWorkedThroughAndItsTreeKept() throws IOException {
    make("in/a.avi", "in/sub dir/b.MOV", "in/notes.txt");
    Run run = run(folder.resolve("in"), "-d", out());
    assertThat(run.exit()).isZero();
    assertThat(runner.redacted)
        .extracting(RedactionJob::output)
        .containsExactly(out().resolve("a.mp4"), out().resolve("sub dir/b.mov"));
    assertThat(run.err())
        .contains("[2/2] 2 done\n")
        .contains("; left alone: no footage by its name (1)\n");
  }

  @Test
  void aListMayHoldThousandsOfPathsWithSpaces() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      lines.append("some where/film ").append(i).append(" --overwrite.mp4\n");
    }
    Path list = Files.writeString(folder.resolve("list.txt"), lines);
    Run planned = run("@" + list, "-d", out(), "--dry-run", "--json");
    assertThat(planned.out().lines()).hasSize(3001);
    // None of them is there.
    assertThat(planned.exit()).isEqualTo(3);
    assertThat(runner.redacted).isEmpty();
  }

  @Test
  void failuresStandInATableAtTheEnd() throws IOException {
    make("in/a.mp4", "in/b.mp4", "in/c.mp4");
    Path a = folder.resolve("in/a.mp4");
    runner.failures.put(a, new JobException(a + ": is odd; look at it"));
    Path log = folder.resolve("log.txt");
    Run run = run(folder.resolve("in"), "-d", out(), "--log", log);
    assertThat(run.exit()).isEqualTo(3);
    List<String> lines = run.err().lines().toList();
    assertThat(lines.subList(lines.size() - 2, lines.size()))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("  failed  " + a + "  is odd; look at it"),
            line -> assertThat(line).startsWith("2 done, 1 failed in 0:0"));
    assertThat(Files.readString(log)).contains("failed " + a).contains("done ");
  }

  @Test
  void aProgramIsToldTheSum() throws IOException {
    make("in/a.mp4", "in/b.mp4");
    Path b = folder.resolve("in/b.mp4");
    runner.failures.put(b, new JobException(b + ": is odd"));
    List<String> lines = run(folder.resolve("in"), "-d", out(), "--json").out().lines().toList();
    assertThat(lines).hasSize(3);
    JsonNode sum = JSON.readTree(lines.get(2));
    assertThat(sum.get("status").asText()).isEqualTo("summary");
    assertThat(sum.get("done").asInt()).isEqualTo(1);
    assertThat(sum.get("failures").get(0).get("input").asText()).isEqualTo(b.toString());
  }

  @Test
  void namesAreReplacedInOutputsAndReports() throws IOException {
    make("in/Jane Doe.mp4", "in/x/John Smith.jpg");
    assertThat(run(folder.resolve("in"), "-d", out(), "--rename", "counter").exit()).isZero();
    assertThat(runner.redacted)
        .extracting(RedactionJob::output)
        .containsExactly(out().resolve("000001.mp4"), out().resolve("000002.jpg"));
    assertThat(runner.redacted)
        .extracting(job -> job.recordedName().orElseThrow())
        .containsExactly("000001.mp4", "000002.jpg");
    Path key = folder.resolve("names.key");
    assertThat(run(folder.resolve("in"), "-d", out(), "--rename", "hash:" + key).exit()).isZero();
    assertThat(runner.redacted.get(2).output().getFileName().toString())
        .matches("[0-9a-f]{24}.mp4");
  }

  @Test
  void manyFilesGoToProcessesAndOneDoesNot() throws IOException {
    make("in/a.mp4", "in/b.mp4");
    Path in = folder.resolve("in");
    run(in, "-d", out(), "--jobs", "2", "--silence", "5", "--memory", "1000");
    assertThat(runner.limits)
        .singleElement()
        .satisfies(
            limits -> {
              assertThat(limits.silence()).hasSeconds(5);
              assertThat(limits.memoryBytes()).isEqualTo(1000L << 20);
            });
    assertThat(runner.redacted).hasSize(2);
    run(in, "-d", out(), "--isolate", "off", "--force");
    run(in.resolve("a.mp4"), "-d", out(), "--force");
    assertThat(runner.limits).hasSize(1);
    assertThat(runner.redacted).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--silence 5", "--memory 1000", "--max-megapixels 1"})
  void oneFileThatIsGivenABoundGoesToAProcessToo(String bound) throws IOException {
    make("in/a.mp4");
    String[] words = bound.split(" ", -1);
    run(folder.resolve("in"), "-d", out(), words[0], words[1]);
    assertThat(runner.limits).hasSize(1);
    assertThat(runner.redacted).hasSize(1);
  }

  @Test
  void aFolderWithoutFootageIsAFailure() throws IOException {
    make("in/notes.txt");
    Run run = run(folder.resolve("in"), "-d", out());
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("holds no footage").contains("left alone: 1");
  }

  @Test
  void aDryRunWritesNothing() throws IOException {
    make("in/a.mp4", "in/b.mp4");
    Run run = run(folder.resolve("in"), "-d", out(), "--dry-run");
    assertThat(run.out())
        .contains("do        " + folder.resolve("in/a.mp4") + " -> " + out().resolve("a.mp4"))
        .endsWith(
            "2 of 2 to do, 1000 frames, 0:40 of film; no estimate, since nothing was done in this"
                + " folder yet\n");
    assertThat(out()).doesNotExist();
  }

  @Test
  void aDryRunThatWouldRefuseAFileIsAFailure() throws IOException {
    make("in/a.mp4", "in/b.mp4", "out/b.mp4");
    Run run = run(folder.resolve("in"), "-d", out(), "--dry-run");
    assertThat(run.out()).contains("do        ").contains("refuse    ").contains("exists already");
    assertThat(run.exit()).isEqualTo(3);
    Files.delete(out().resolve("b.mp4"));
    assertThat(run(folder.resolve("in"), "-d", out(), "--dry-run").exit()).isZero();
  }

  @Test
  void whatIsFinishedIsToldByTheJsonReportOnly() throws IOException {
    make("in/a.mp4", "in/b.mp4", "out/b.mp4");
    Path in = folder.resolve("in");
    String hint = "add --overwrite, or leave the JSON report on";
    for (String option : List.of("--no-report", "--report-format=html")) {
      assertThat(run(in, "-d", out(), option, "--dry-run").out()).contains(hint);
      Run run = run(in, "-d", out(), option);
      assertThat(run.exit()).isEqualTo(3);
      assertThat(run.err()).contains(out().resolve("b.mp4") + ": exists already", hint);
      assertThat(run(in, "-d", out(), option, "--overwrite").exit()).isZero();
    }
  }

  @Test
  void onlyARunThatBeginsMakesTheKeyForNames() throws IOException {
    make("in/a.mp4", "in/b.mp4");
    Path key = folder.resolve("names.key");
    Path in = folder.resolve("in");
    Run dry = run(in, "-d", out(), "--dry-run", "--rename", "hash:" + key);
    assertThat(dry.exit()).isZero();
    assertThat(dry.err()).contains("the key is not there yet");
    assertThat(run(in, "-d", out(), "--rename", "hash:" + key, "--jobs", "0").exit()).isEqualTo(2);
    assertThat(
            run(in, "-d", out(), "--rename", "hash:" + key, "--log", out().resolve("log")).exit())
        .isEqualTo(2);
    assertThat(key).doesNotExist();
    assertThat(run(in, "-d", out(), "--rename", "hash:" + key).exit()).isZero();
    assertThat(key).exists();
    Run planned = run(in, "-d", out(), "--dry-run", "--rename", "hash:" + key);
    assertThat(planned.out()).contains(runner.redacted.get(0).output().toString());
    assertThat(planned.err()).doesNotContain("key");
  }

  @Test
  void whatFailedItsAuditIsNoInput() throws IOException {
    make("in/a.mp4", "in/bad/b.mp4");
    Path in = folder.resolve("in");
    assertThat(run(in, "-d", out(), "--quarantine", in.resolve("bad")).exit()).isZero();
    assertThat(runner.redacted).hasSize(1);
  }

  @ParameterizedTest
  @Timeout(20)
  @ValueSource(
      strings = {
        "redact in -d out --quarantine out",
        "redact in -d out --quarantine out/bad",
        "redact in -d out --quarantine link/bad",
        "redact in -d link --quarantine out/bad/../more",
        "redact in/a.mp4 -o out/a.mp4 --quarantine out",
        "redact in/a.mp4 --quarantine link/../in",
        "apply m.json in/a.mp4 -o link/a.mp4 --quarantine out",
        "watch in out --quarantine out/bad",
        "watch in out --quarantine in",
        "watch in out --original move --done out",
        "watch in out --original move --done link/done",
        "watch in out --original move --done in",
        "watch in in/out --original move --done in",
        "watch in out/sub --original move --done out",
        "watch out link",
        "watch link out --quarantine out",
        "watch in out --original delete --audit fast",
      })
  void foldersThatStandInEachOthersWayAreRefused(String words) throws IOException {
    make("in/a.mp4", "out/sub/b.mp4");
    Files.createSymbolicLink(folder.resolve("link"), out());
    Object[] args =
        Arrays.stream(words.split(" "))
            .map(word -> word.replaceFirst("^(in|out|link)\\b", folder + "/$1"))
            .toArray();
    Run run = Run.of(runner, args);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines().findFirst().orElse(""))
        .containsAnyOf(
            "would put what failed", "would put originals", "folder that is watched", "full audit");
    assertThat(runner.redacted).isEmpty();
    assertThat(runner.applied).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "in -d out --rename hash",
        "in -d out --rename hash:",
        "in -d out --rename hash:out/key",
        "in -d out --rename random",
        "in -d out --rename counter --log out/log",
        "in/a.mp4 --rename counter",
        "in/a.mp4 --force",
        "in/a.mp4 --jobs 2",
        "in -d out --jobs 0",
        "in -d out --isolate off --jobs 2",
        "in -d out --isolate off --memory 4096",
        "in -d out --memory 1",
        "in -d out --silence 0",
        "in -d out --memory 999999999999",
        "in -d out --max-megapixels 0",
        "in/a.mp4 -o x.mp4 --dry-run",
        "in twice -d out",
      })
  void whatMakesNoSenseIsRefused(String words) throws IOException {
    make("in/a.mp4", "twice/a.mp4");
    Object[] args =
        Arrays.stream(words.split(" "))
            .map(word -> word.replaceFirst("^(hash:)?(in|out|twice)\\b", "$1" + folder + "/$2"))
            .toArray();
    assertThat(run(args).exit()).isEqualTo(2);
    assertThat(runner.redacted).isEmpty();
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "in, 3, in: is a folder; add -d DIR for the outputs",
    "in -o o.mp4, 3, in: is a folder; add -d DIR for the outputs in place of -o",
    "in/*.mp4, 3, in/*.mp4: is no file but a pattern; add -d DIR for the outputs",
    "in -d in, 2, 'the folder for outputs, in, is the input; name another one with -d'",
    "out in -d in/../in, 2, 'the folder for outputs, in/../in, is the input; name another'",
  })
  void aFolderNeedsAnotherFolderForOutputs(String words, int exit, String message)
      throws IOException {
    make("in/a.mp4", "out/b.mp4");
    Object[] args =
        Arrays.stream(words.split(" "))
            .map(word -> word.replaceFirst("^(in|out)\\b", folder + "/$1"))
            .toArray();
    Run run = run(args);
    assertThat(run.exit()).isEqualTo(exit);
    assertThat(run.err().replace(folder + "/", "")).startsWith("efface: " + message);
    assertThat(runner.redacted).isEmpty();
  }

  @ParameterizedTest
  @Timeout(20)
  @ValueSource(
      strings = {
        "redact empty -d out",
        "redact @none.txt -d out",
        "redact in -d out --model none.onnx",
        "redact in -d in/a.mp4",
        "watch in in/a.mp4",
        "watch in out --model none.onnx",
      })
  void aProgramIsToldOfABatchThatCannotBegin(String words) throws IOException {
    make("in/a.mp4", "in/b.mp4", "empty/notes.txt");
    Object[] args =
        Arrays.stream((words + " --json").split(" "))
            .map(
                word ->
                    word.replaceFirst("^(@?)(in|out|empty|none.*)$", "$1" + folder + "/$2")
                        .replaceFirst("^in/", folder + "/in/"))
            .toArray();
    Run run = Run.of(runner, args);
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err().lines()).hasSize(1);
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode failed = JSON.readTree(lines.get(0));
    assertThat(failed.get("status").asText()).isEqualTo("failed");
    assertThat(run.err()).isEqualTo("efface: " + failed.get("error").asText() + "\n");
    JsonNode sum = JSON.readTree(lines.get(1));
    assertThat(sum.get("status").asText()).isEqualTo("summary");
    assertThat(sum.at("/failures/0/error")).isEqualTo(failed.get("error"));
  }

  @Test
  void inputsThatWouldGiveOneOutputAreNamed() throws IOException {
    make("in/a.avi", "in/a.mp4");
    Path in = folder.resolve("in");
    Run many = run(in, "-d", out());
    assertThat(many.exit()).isEqualTo(2);
    assertThat(many.err())
        .startsWith(
            "efface: "
                + in.resolve("a.avi")
                + " and "
                + in.resolve("a.mp4")
                + " would both become "
                + out().resolve("a.mp4")
                + "; add --rename counter, or redact one of them into another folder\n");
    assertThat(run(in, "-d", out(), "--rename", "counter").exit()).isZero();
    assertThat(run(in.resolve("a.avi"), in.resolve("a.mp4")).err())
        .contains("a.mp4 would both become ", "redact one of them by itself", " with -o\n");
    assertThat(run(in.resolve("a.mp4"), in.resolve("a.mp4")).err())
        .contains("a.mp4 is named twice; name it once");
  }

  @Test
  void anEarlierRedactionInAFolderIsLeftAloneAndToldOf() throws IOException {
    make("in/a.mp4", "in/b.mp4");
    Path redacted = redactBeside("a");
    for (String option : List.of("--dry-run", "--isolate=off")) {
      Run run = run(folder.resolve("in"), "-d", out(), option);
      assertThat(run.exit()).isZero();
      assertThat(run.err())
          .startsWith(
              "efface: "
                  + redacted
                  + " is left alone, since Efface made it of an original beside; to redact one"
                  + " again, name the file itself\n");
    }
    assertThat(runner.redacted)
        .extracting(RedactionJob::input)
        .containsExactly(folder.resolve("in/a.mp4"), folder.resolve("in/b.mp4"));
    run(redacted, "-d", out());
    assertThat(runner.redacted).last().extracting(RedactionJob::input).isEqualTo(redacted);
  }

  @Test
  void aPatternLeavesEarlierRedactionsAloneAndTellsOfThem() throws IOException {
    make("in/a.mp4", "in/b.mp4");
    redactBeside("a");
    redactBeside("b");
    Run run = run(folder.resolve("in") + "/*.mp4", "-d", out(), "--isolate=off");
    assertThat(run.exit()).isZero();
    assertThat(run.err())
        .startsWith("efface: " + folder.resolve("in/a.redacted.mp4") + " and 1 more are left alone")
        .contains("left alone: an earlier redaction beside its original (2)");
    assertThat(runner.redacted)
        .extracting(RedactionJob::input)
        .containsExactly(folder.resolve("in/a.mp4"), folder.resolve("in/b.mp4"));
  }

  @Test
  void aStopWhileEarlierRedactionsAreLookedAtIsToldAsThat() throws IOException {
    make("in/a.mp4");
    redactBeside("a");
    Interruption stopped = new Interruption();
    stopped.cancel();
    Run run = Run.of(stopped, runner, "redact", folder.resolve("in"), "-d", out(), "--json");
    assertThat(run.exit()).isEqualTo(130);
    assertThat(run.err()).isEqualTo("efface: interrupted\n");
    assertThat(run.out()).contains("\"status\":\"interrupted\"");
    assertThat(out()).doesNotExist();
  }

  private Path redactBeside(String name) {
    return new PaperRedaction().redactBeside(folder.resolve("in/" + name + ".mp4"));
  }

  @Test
  void aClassBehindAModelsNameIsToldToGoElsewhere() throws IOException {
    make("in/a.mp4");
    Run run = run(folder.resolve("in"), "-d", out(), "--model", "efface-n:face");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err())
        .isEqualTo(
            "efface: model 'efface-n:face': :face goes with files only; use --classes face\n");
  }

  @Test
  void aModelIsNoPlaceForAReport() throws IOException {
    make("in/a.mp4", "net.onnx");
    Path model = folder.resolve("net.onnx");
    for (String words : List.of("--model _", "--model efface-n,_:plate")) {
      Object[] named = words.replace("_", model.toString()).split(" ", -1);
      Object[] args = {folder.resolve("in/a.mp4"), "--report", model, named[0], named[1]};
      Run run = run(args);
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains("the output " + model + " is also an input");
    }
    Run detected =
        Run.of(runner, "detect", folder.resolve("in/a.mp4"), "--csv", model, "--model", model);
    assertThat(detected.exit()).isEqualTo(2);
    Run scored = Run.of(runner, "eval", folder, "--detections", model, "--model", model);
    assertThat(scored.exit()).isEqualTo(2);
    assertThat(runner.redacted).isEmpty();
    assertThat(runner.detected).isEmpty();
    assertThat(runner.evaluated).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "detect st --csv st/a.jpg --overwrite",
        "detect st --csv st/sub/../new.PNG",
        "eval st --detections st/sub/0.webp --overwrite",
        "eval st --detections st/gt.csv --overwrite",
      })
  void resultsAreNotWrittenOverPictures(String words) throws IOException {
    make("st/a.jpg", "st/sub/0.webp", "st/gt.csv");
    Object[] args =
        Arrays.stream(words.split(" "))
            .map(word -> word.replaceFirst("^st\\b", folder + "/st"))
            .toArray();
    Run run = Run.of(runner, args);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).containsAnyOf("would be one of the pictures in", "is also an input");
    assertThat(runner.detected).isEmpty();
    assertThat(runner.evaluated).isEmpty();
  }

  @Test
  @Timeout(60)
  void aWatchTellsThatItHasBegun() throws Exception {
    make("in/notes.txt");
    for (String option : List.of("--rest=1", "--quiet", "--json")) {
      Run run = watched(option);
      assertThat(run.err().contains("watching " + folder.resolve("in") + ", Ctrl-C stops\n"))
          .isEqualTo(option.equals("--rest=1"));
    }
  }

  /** A watch that ends since somebody holds what it would do next. */
  private Run watched(String option) throws InterruptedException {
    List<Run> runs = new ArrayList<>();
    Thread watch =
        new Thread(
            () -> runs.add(Run.of(runner, "watch", folder.resolve("in"), out(), option)), "watch");
    watch.start();
    Thread.sleep(1500);
    watch.interrupt();
    watch.join();
    return runs.get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "--memory 9223372036854775807, --memory is 256 to",
    "--memory 1, --memory is 256 to",
    "--max-megapixels 0, '--max-megapixels is at least 1, not 0'",
    "--silence 0, '--silence is at least 1 second, not 0'",
  })
  void aBoundIsToldWithItsOption(String option, String message) throws IOException {
    make("in/a.mp4", "in/b.mp4");
    String[] words = option.split(" ", -1);
    assertThat(run(folder.resolve("in"), "-d", out(), words[0], words[1]).err())
        .startsWith("efface: " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redact in -d out --log in/a.mp4",
        "redact in -d out --log in/notes.txt",
        "redact in -d out --log in/sub/../A.mp4",
        "redact in -d out --log out/a.mp4",
        "redact in -d out --log out/a.mp4.report.html",
        "redact in -d out --log out/other.webm",
        "redact in -d out --log out/batch.ndjson",
        "redact in -d out --log link",
        "redact in -d out --log out/sub",
        "redact in -d out --rename hash:names.key --log names.key",
        "redact in -d out --sign press.key --log press.key",
        "watch in out --log in/a.mp4",
        "watch in out --log out/batch.ndjson",
        "watch in out --log out/late.mp4",
        "watch in out --log out/late.mp4.report.json",
      })
  @Timeout(20)
  void aLogIsNotWrittenOverAnythingElse(String words) throws IOException {
    make("in/a.mp4", "in/sub/b.mp4", "in/notes.txt");
    Run.of(runner, "keys", "new", folder.resolve("press.key"));
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("in/a.mp4"));
    Object[] args =
        Arrays.stream(words.split(" "))
            .map(
                word -> word.replaceFirst("^(hash:)?(in|out|link|.*key)\\b", "$1" + folder + "/$2"))
            .toArray();
    Run run = Run.of(runner, args);
    assertThat(run.err()).startsWith("efface: ").contains("name another file");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(2);
    assertThat(runner.redacted).isEmpty();
    assertThat(folder.resolve("in/a.mp4")).hasContent("in/a.mp4");
    assertThat(folder.resolve("in/notes.txt")).hasContent("in/notes.txt");
    assertThat(folder.resolve("names.key")).doesNotExist();
    assertThat(out()).doesNotExist();
  }

  @Test
  void aLogIsGoneOnWith() throws IOException {
    make("in/a.mp4", "in/b.mp4");
    Path log = Files.createFile(folder.resolve("log.txt"));
    for (int run = 1; run <= 2; run++) {
      assertThat(run(folder.resolve("in"), "-d", out(), "--log", log, "--force").exit()).isZero();
      assertThat(Files.readString(log).split(" ended after ", -1)).hasSize(run + 1);
    }
  }

  @Test
  void aLogThatCannotBeWrittenToIsAFailure() throws IOException {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    make("in/a.mp4");
    Run run = run(folder.resolve("in"), "-d", out(), "--log", full);
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("efface: /dev/full: not all could be written");
    assertThat(runner.redacted).hasSize(1);
  }

  private Path out() {
    return folder.resolve("out");
  }

  private Run run(Object... args) {
    Object[] all = new Object[args.length + 1];
    all[0] = "redact";
    System.arraycopy(args, 0, all, 1, args.length);
    return Run.of(runner, all);
  }

  private void make(String... files) throws IOException {
    for (String file : files) {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, file);
    }
  }
}
