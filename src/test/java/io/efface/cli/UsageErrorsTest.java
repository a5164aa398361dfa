package io.efface.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class UsageErrorsTest {
  private final FakeRunner runner = new FakeRunner();
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redact _",
        "redact a.mp4 _ -d out",
        "redact a.mp4 -o _",
        "redact a.mp4 -d _",
        "redact a.mp4 --report _",
        "watch _ out",
        "watch in _",
        "detect _",
        "detect a.mp4 -o _",
        "apply _ -o out.mp4",
        "apply m.json _ -o out.mp4",
        "verify _",
        "verify a.mp4 --against _",
        "eval _",
        "bench _",
        "keys new _",
        "models verify _"
      })
  void anEmptyWordIsNoFolder(String line) {
    Run run = run(line.replace("_", "\0"));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("is empty; name a file or folder");
    assertThat(run.err().lines()).hasSize(2);
    assertThat(runner.redacted).isEmpty();
    assertThat(runner.detected).isEmpty();
    assertThat(runner.applied).isEmpty();
    assertThat(runner.verified).isEmpty();
    assertThat(runner.evaluated).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "redac a.mp4, did you mean redact",
    "redact -dash.mp4, if -dash.mp4 is a file write ./-dash.mp4",
    "verify -video.mkv, if -video.mkv is a file write ./-video.mkv",
    "verify a.mp4 --overwrit, Unknown option: '--overwrit'",
    "apply a.mp4 m.json -o o.mp4, a.mp4 is no manifest by its name and m.json is; MANIFEST comes first",
  })
  void anErrorTellsWhatMayBeMeant(String line, String message) {
    Run run = run(line);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().replace(",", "")).contains(message);
    assertThat(run.err().lines()).hasSize(2);
  }

  @Test
  void aWordThatIsNoNameGetsNoHint() {
    assertThat(run("redact -o out.mp4").err()).doesNotContain("write ./");
  }

  @Test
  void textOfAnotherLocaleIsNotReported() {
    assertThat(run("redact a.mp4 --operator J\ufffdrg").err())
        .startsWith("efface: --operator: this locale lacks letters of this text; set the variable");
    assertThat(runner.redacted).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "redact", "watch", "models", "models list", "keys", "keys new", "bench"})
  void everyCommandTellsTheVersion(String command) {
    Run run = run((command + " --version").strip());
    assertThat(run.exit()).isZero();
    assertThat(run.out()).matches("efface \\S+\\R");
    assertThat(run((command + " -V").strip()).out()).isEqualTo(run.out());
  }

  @Test
  void shellsCanCompleteWords() {
    Run run = run("generate-completion");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .startsWith("#!/usr/bin/env bash")
        .contains("complete -F _complete_efface", "--detect-size", "--accept-licence")
        .contains(
            "(\"fast\" \"balanced\" \"thorough\" \"paranoid\")", "(\"keep\" \"move\" \"delete\")")
        .doesNotContain("\"FAST\"", "\"FACE\"", "\"KEEP\"");
  }

  @ParameterizedTest
  @CsvSource({
    "redact a.mp4 --min-score abc, '--min-score'",
    "redact a.mp4 --margin 0.x, '--margin'",
    "redact a.mp4 --quality high, '--quality'",
    "redact a.mp4 --detect-size 99999999999, '--detect-size'",
    "watch in out --rest soon, '--rest'",
    "eval set --min-height tall, '--min-height'",
  })
  void aNumberIsAskedForInWords(String line, String option) {
    Run run = run(line);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains(option)
        .containsPattern("is no (whole )?number")
        .doesNotContainPattern("a (double|int|long)\\b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "detect", "apply", "verify", "eval", "doctor", "bench", "models"})
  void helpIsWrittenInLettersThatEveryLocaleHas(String command) {
    assertThat(run((command + " --help").strip()).out()).matches("[ -~\\r\\n]+");
  }

  @Test
  void aFolderIsNoClipForABenchmark() {
    Run run = Run.of(runner, "bench", folder);
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).isEqualTo("efface: " + folder + ": is a folder; name a video in it\n");
  }

  @Test
  void resultsThatCannotBeWrittenAreAFailure() {
    StringWriter err = new StringWriter();
    CommandLine line =
        RootCommand.commandLine(
            new Surroundings(runner, writer -> new LineProgress(writer, () -> 0)));
    line.setOut(new PrintWriter(new FullDisk()));
    line.setErr(new PrintWriter(err));
    assertThat(line.execute("redact", "a.mp4", "--json")).isEqualTo(3);
    assertThat(err.toString())
        .startsWith("efface: standard output: not all could be written")
        .containsOnlyOnce("\n");
  }

  private static final class FullDisk extends Writer {
    @Override
    public void write(char[] text, int from, int length) throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public void flush() throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public void close() {}
  }

  /** A word that is a zero stands for an empty one. */
  private Run run(String line) {
    return Run.of(
        runner,
        Arrays.stream(line.split(" "))
            .filter(word -> !word.isEmpty())
            .map(word -> word.equals("\0") ? "" : word)
            .toArray());
  }
}
