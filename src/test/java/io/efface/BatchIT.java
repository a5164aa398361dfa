package io.efface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.batch.Journal;
import io.efface.pipeline.Jobs;
import io.efface.testing.Program;
import io.efface.testing.SyntheticVideo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the program over folders, and disturbs it. */
@Timeout(5400)
class BatchIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * How often a batch is killed, and of how many files it is: {@code -Defface.kills=25
   * -Defface.killFiles=20 -Dit.test=BatchIT#whatIsKilledIsFinishedByAnotherRun}.
   */
  private static final int KILLS = Integer.getInteger("efface.kills", 2);

  private static final int FILES = Integer.getInteger("efface.killFiles", 6);

  private static final List<String> COMMAND =
      List.of(Program.java(), "-cp", System.getProperty("java.class.path"), Main.class.getName());

  @TempDir static Path footage;
  @TempDir Path folder;

  /** What a run said. */
  @BeforeAll
  static void make() throws IOException {
    Path in = footage.resolve("in");
    Files.createDirectories(in.resolve("sub dir"));
    for (int i = 1; i <= FILES; i++) {
      Path film =
          SyntheticVideo.named("film" + i + ".mp4").size(160, 120).frames(5 + i).in(footage);
      Files.move(film, in.resolve((i % 2 == 0 ? "sub dir/" : "") + "film " + i + ".mp4"));
    }
  }

  @Test
  void aBatchIsWorkedThroughAndASecondRunDoesNothing() throws IOException, InterruptedException {
    Path in = copy();
    Files.writeString(in.resolve("odd.mp4"), "no film");
    Program.Run run = batch(in, "--json", "--jobs", "2");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out()).hasSize(FILES + 2);
    JsonNode sum = JSON.readTree(run.out().get(FILES + 1));
    assertThat(sum.get("done").asInt()).isEqualTo(FILES);
    assertThat(sum.get("failures")).hasSize(1);
    assertOnlyWholeOutputs();
    List<Path> before = outputs();
    byte[] first = Files.readAllBytes(before.get(0));
    Program.Run again = batch(in, "--json");
    assertThat(JSON.readTree(again.out().get(FILES + 1)).get("skipped").asInt()).isEqualTo(FILES);
    assertThat(before.get(0)).hasBinaryContent(first);
    Program.Run dry = batch(in, "--dry-run");
    assertThat(dry.out()).hasSize(FILES + 2).last().asString().startsWith("0 of " + (FILES + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"parent", "child"})
  void whatIsKilledIsFinishedByAnotherRun(String victim) throws IOException, InterruptedException {
    Path in = copy();
    Path undisturbed = folder.resolve("undisturbed");
    assertThat(run(args(in, undisturbed)).exit()).isEqualTo(5);
    delete(undisturbed);
    long start = System.nanoTime();
    assertThat(run(args(in, undisturbed, "--jobs", "2")).exit()).isEqualTo(5);
    int millis = (int) Duration.ofNanos(System.nanoTime() - start).toMillis();
    Random random = new Random(victim.hashCode());
    for (int i = 0; i < KILLS; i++) {
      delete(out());
      Process process = start(args(in, out(), "--jobs", "2"));
      Thread.sleep(random.nextInt(millis));
      if (victim.equals("parent")) {
        process.destroyForcibly();
      } else {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
      }
      end(process);
      int exit = batch(in).exit();
      assertThat(exit).as("kill %d", i).isEqualTo(5);
      assertOnlyWholeOutputs();
      for (Path output : outputs()) {
        assertThat(output)
            .as("kill %d", i)
            .hasSameBinaryContentAs(undisturbed.resolve(out().relativize(output)));
      }
      assertThat(outputs()).hasSize(FILES);
    }
  }

  @Test
  void childrenEndWithTheirParent() throws IOException, InterruptedException {
    Process process = start(args(copy(), out(), "--jobs", "2"));
    List<ProcessHandle> children = List.of();
    while (children.size() < 2) {
      assertThat(process.waitFor(100, TimeUnit.MILLISECONDS)).isFalse();
      children = process.descendants().toList();
    }
    process.destroyForcibly().waitFor();
    for (ProcessHandle child : children) {
      for (int i = 0; child.isAlive() && i < 100; i++) {
        Thread.sleep(100);
      }
      assertThat(child.isAlive()).isFalse();
    }
  }

  @Test
  void aSignalEndsABatchAndLeavesWholeOutputsOnly() throws IOException, InterruptedException {
    Process process = start(args(copy(), out(), "--jobs", "2"));
    while (!Files.isDirectory(out()) || outputs().isEmpty()) {
      assertThat(process.waitFor(50, TimeUnit.MILLISECONDS)).isFalse();
    }
    process.destroy();
    assertThat(end(process).exit()).isEqualTo(143);
    assertOnlyWholeOutputs();
  }

  @ParameterizedTest
  @ValueSource(strings = {"size=60k", "size=150k", "ro"})
  void aDiskThatIsFullOrReadOnlyLeavesNothingHalfWritten(String options)
      throws IOException, InterruptedException {
    Path mounted = Files.createDirectory(folder.resolve("out"));
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", options, "tmpfs", mounted.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assumeTrue(mount.waitFor() == 0, "a file system can be mounted by the superuser only");
    try {
      Program.Run run = batch(copy());
      assertThat(run.exit()).isEqualTo(3);
      assertThat(run.err()).isNotEmpty().allMatch(line -> line.length() < 1000);
      assertThat(run.err().get(0)).startsWith("efface: ");
      assertOnlyWholeOutputs();
    } finally {
      new ProcessBuilder("umount", mounted.toString()).start().waitFor();
    }
  }

  @Test
  void aWatchEndsCleanlyAndGoesOnAfterARestart() throws IOException, InterruptedException {
    Path in = Files.createDirectory(folder.resolve("watched"));
    Object[] args = {
      "watch",
      in,
      out(),
      "--rest",
      "1",
      "--interval",
      "1",
      "--detect-size",
      "64",
      "--preset",
      "ultrafast",
      "--quiet",
      "--original",
      "move",
      "--done",
      folder.resolve("done")
    };
    List<Path> films = films();
    Process process = start(args);
    Files.copy(films.get(0), in.resolve("a.mp4"));
    Files.copy(films.get(1), in.resolve("b.mp4"));
    while (!Files.exists(folder.resolve("done/a.mp4"))) {
      assertThat(process.waitFor(50, TimeUnit.MILLISECONDS)).isFalse();
    }
    process.destroy();
    assertThat(end(process).exit()).isEqualTo(143);
    assertOnlyWholeOutputs();
    Process again = start(args);
    while (!Files.exists(folder.resolve("done/b.mp4"))) {
      assertThat(again.waitFor(50, TimeUnit.MILLISECONDS)).isFalse();
    }
    again.destroy();
    end(again);
    assertOnlyWholeOutputs();
    assertThat(outputs()).hasSize(2);
    assertThat(Jobs.names(in)).isEmpty();
  }

  @Test
  void theDoctorSaysWhetherTheMainJobWorks() throws IOException, InterruptedException {
    Program.Run run = run("doctor", "--json");
    JsonNode findings = JSON.readTree(run.out().get(0));
    assertThat(findings.get("status").asText()).as(run.out().get(0)).isEqualTo("well");
    assertThat(run.exit()).isZero();
    assertThat(findings.get("findings").findValuesAsText("name"))
        .contains(
            "Java",
            "FFmpeg",
            "h264",
            "hardware encoders",
            "detector devices",
            "model efface-n",
            "isolation",
            "space",
            "redaction");
  }

  @Test
  void theDoctorSaysWhereNothingShutsChildrenIn() throws IOException, InterruptedException {
    List<String> bare = new ArrayList<>(List.of("/usr/bin/env", "PATH=/nowhere"));
    bare.addAll(COMMAND);
    Program without = new Program(bare, footage);
    Program.Run run = without.end(without.start("doctor", "--json"), 400);
    List<String> details = new ArrayList<>();
    for (JsonNode finding : JSON.readTree(run.out().get(0)).get("findings")) {
      if (finding.get("name").asText().equals("isolation")) {
        details.add(finding.get("state").asText() + ": " + finding.get("detail").asText());
      }
    }
    assertThat(details)
        .singleElement()
        .asString()
        .startsWith("note: ")
        .contains("the network is IN REACH", "other files are IN REACH");
  }

  private static List<Path> films() throws IOException {
    try (Stream<Path> files = Files.walk(footage.resolve("in"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private Path copy() throws IOException {
    Path in = folder.resolve("in");
    for (Path film : films()) {
      Path to = in.resolve(footage.resolve("in").relativize(film));
      Files.createDirectories(to.getParent());
      Files.copy(film, to);
    }
    return in;
  }

  private Path out() {
    return folder.resolve("out");
  }

  private List<Path> outputs() throws IOException {
    try (Stream<Path> files = Files.walk(out())) {
      return files.filter(file -> file.toString().endsWith(".mp4")).sorted().toList();
    }
  }

  /** Beside whole outputs with their reports, and the journal, nothing lies in the tree. */
  private void assertOnlyWholeOutputs() throws IOException {
    List<String> expected = new ArrayList<>();
    for (Path output : outputs()) {
      String name = out().relativize(output).toString();
      expected.addAll(List.of(name, name + ".report.html", name + ".report.json"));
    }
    try (Stream<Path> files = Files.walk(out())) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> out().relativize(file).toString())
                  .filter(name -> !name.equals(Journal.NAME)))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
    try (Stream<Path> folders = Files.walk(out())) {
      assertThat(folders.filter(Files::isDirectory).map(Path::getFileName))
          .noneMatch(name -> name.toString().startsWith("."));
    }
  }

  private Program.Run batch(Path in, Object... more) throws IOException, InterruptedException {
    return run(args(in, out(), more));
  }

  private static Object[] args(Path in, Path out, Object... more) {
    List<Object> args = new ArrayList<>(List.of("redact", in, "-d", out, "--detect-size", "64"));
    args.addAll(List.of("--preset", "ultrafast", "--quiet"));
    args.addAll(List.of(more));
    return args.toArray();
  }

  private Program.Run run(Object... args) throws IOException, InterruptedException {
    return end(start(args));
  }

  private static Program program() {
    return new Program(COMMAND, footage);
  }

  private Process start(Object... args) throws IOException {
    return program().start(args);
  }

  private static Program.Run end(Process process) throws IOException, InterruptedException {
    return program().end(process, 400);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> below = Files.walk(folder)) {
      all = below.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path one : all) {
      Files.delete(one);
    }
  }
}
