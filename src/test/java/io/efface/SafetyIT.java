package io.efface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.pipeline.FfmpegPrograms;
import io.efface.pipeline.Jobs;
import io.efface.testing.Program;
import io.efface.testing.RealFootage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The built program, as a process of its own, when things go wrong around it. */
@Timeout(120)
class SafetyIT {
  private static final Path JAR =
      Path.of(System.getProperty("efface.jar", "target/efface.jar")).toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path footage;
  @TempDir Path folder;
  private Path output = Path.of("");

  /** How the program ended. */
  /** Work that may fail to read or write. */
  private interface Body {
    void run(Path mounted) throws IOException, InterruptedException;
  }

  @BeforeAll
  static void makeFootage() {
    assertThat(JAR).as("the built program; 'mvn verify' builds it first").exists();
    // Nothing is found in plain colours, whatever the model.
    make("short.mp4", "gradients=s=320x240:r=25:d=2:seed=1", "-g", "10");
    make("long.mp4", "testsrc2=s=640x360:r=25:d=80");
  }

  @BeforeEach
  void name() {
    output = folder.resolve("out.mp4");
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalInTheMiddleLeavesNothing(String signal, int exit)
      throws IOException, InterruptedException {
    Process process = startLong();
    signal(process, signal);
    assertThat(end(process).exit()).isEqualTo(exit);
    assertThat(Jobs.names(folder)).isEmpty();
  }

  @Test
  void aSignalInTheMiddleLeavesTheOldOutput() throws IOException, InterruptedException {
    Files.writeString(output, "old");
    Process process = startLong("--overwrite");
    assertThat(output).hasContent("old");
    signal(process, "TERM");
    assertThat(end(process).exit()).isEqualTo(143);
    assertThat(Jobs.names(folder)).containsExactly("out.mp4");
    assertThat(output).hasContent("old");
  }

  @Test
  void whatAKilledProcessLeftGoesWithTheNextRun() throws IOException, InterruptedException {
    Process process = startLong();
    signal(process, "KILL");
    end(process);
    assertThat(Jobs.names(folder)).hasSize(1).allMatch(name -> name.endsWith(".part"));
    assertThat(redact(clip("short.mp4"), output).exit()).isEqualTo(5);
    assertThat(Jobs.names(folder)).containsExactly(Jobs.named(output));
  }

  @Test
  void aFullDiskIsOneLineAndLeavesNothing() throws IOException, InterruptedException {
    onMounted(
        "size=200k",
        mounted -> {
          Program.Run run =
              run(
                  "redact",
                  clip("long.mp4"),
                  "-o",
                  mounted.resolve("out.mp4"),
                  "--detect-size",
                  "320",
                  "--quiet");
          assertOneLine(run);
          assertThat(run.err().get(0)).startsWith("efface: " + mounted.resolve("out.mp4") + ": ");
          assertThat(Jobs.names(mounted)).isEmpty();
        });
  }

  @Test
  void aReportThatCannotBeWrittenLeavesNoOutput() throws IOException, InterruptedException {
    Path tooLong = folder.resolve("r".repeat(300));
    assertOneLine(redact(clip("short.mp4"), output, "--report", tooLong.toString()));
    assertThat(Jobs.names(folder)).isEmpty();
  }

  @Test
  void aFolderThatCannotBeWrittenToIsOneLine() throws IOException, InterruptedException {
    onMounted(
        "ro", mounted -> assertOneLine(redact(clip("short.mp4"), mounted.resolve("out.mp4"))));
  }

  @Test
  void anOutputBelowAFileIsOneLine() throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertOneLine(redact(clip("short.mp4"), file.resolve("out.mp4")));
    assertThat(Jobs.names(folder)).containsExactly("file");
  }

  @Test
  void anOutputThatExistsIsRefusedAndReplacedOnlyWhenAsked()
      throws IOException, InterruptedException {
    Files.writeString(output, "old");
    assertOneLine(redact(clip("short.mp4"), output));
    assertThat(Jobs.names(folder)).containsExactly("out.mp4");
    assertThat(output).hasContent("old");
    assertThat(redact(clip("short.mp4"), output, "--overwrite").exit()).isEqualTo(5);
    assertThat(FfmpegPrograms.frameTimes(output, 0)).hasSize(50);
  }

  @Test
  void aFailureWithOverwriteKeepsTheOldOutput() throws IOException, InterruptedException {
    Files.writeString(output, "old");
    Path text = Files.writeString(folder.resolve("text.mp4"), "no film");
    assertOneLine(redact(text, output, "--overwrite"));
    assertThat(output).hasContent("old");
  }

  @Test
  void theInputIsNeverTheOutput() throws IOException, InterruptedException {
    Path input = Files.copy(clip("short.mp4"), folder.resolve("in.mp4"));
    Path link = Files.createSymbolicLink(folder.resolve("link.mp4"), input);
    assertThat(redact(input, input, "--overwrite").exit()).isEqualTo(2);
    assertOneLine(redact(input, link, "--overwrite"));
    assertThat(input).hasSameBinaryContentAs(clip("short.mp4"));
    assertThat(Jobs.names(folder)).containsExactly("in.mp4", "link.mp4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text",
        "empty",
        "missing",
        "folder",
        "pipe",
        "link to nothing",
        "cut mp4",
        "cut avi",
        "cut mkv",
        "audio",
        "encrypted",
        "no frames",
        "absurd size"
      })
  void aBadInputIsOneLineAndNoOutput(String kind) throws IOException, InterruptedException {
    Path input = bad(kind);
    Program.Run run = redact(input, output);
    assertOneLine(run);
    assertThat(run.err().get(0)).startsWith("efface: " + input + ": ");
    assertThat(Jobs.names(folder)).doesNotContain("out.mp4").noneMatch(n -> n.endsWith(".part"));
  }

  /** The first run of all on a machine; sandboxed children cannot unpack anything for good. */
  @Test
  void aBatchWorksWhereNoLibraryWasUnpackedBefore() throws IOException, InterruptedException {
    Program fresh =
        new Program(
            List.of(
                Program.java(),
                "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("cache"),
                "-jar",
                JAR.toString()),
            folder);
    Path to = folder.resolve("to");
    Process process =
        fresh.start(
            "redact",
            clip("short.mp4"),
            folder.resolve("missing.mp4"),
            "-d",
            to,
            "--audit",
            "off",
            "--quiet");
    Program.Run run = fresh.end(process, 120);
    assertThat(run.err()).noneMatch(line -> line.contains("its process ended"));
    assertThat(run.exit()).isEqualTo(3);
    assertThat(to.resolve("short.mp4")).exists();
  }

  /** A user of a container may be a mere number without a home. */
  @Test
  void nothingIsLeftInTheWorkingOrTheTemporaryFolder() throws IOException, InterruptedException {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Path work = Files.createDirectory(folder.resolve("work"));
    for (String home : List.of("", " '-Duser.home=?'")) {
      Program.Run run =
          redactIn(
              work,
              "",
              "-Djava.io.tmpdir=" + temporary + home,
              "\"$@\"",
              clip("short.mp4"),
              "-o",
              folder.resolve("out" + home.length() + ".mp4"),
              "--audit",
              "off",
              "--quiet");
      assertThat(run.exit()).isIn(0, 5);
      assertThat(work).isEmptyDirectory();
    }
    assertThat(Jobs.names(temporary)).singleElement().asString().startsWith("efface-natives-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"$name\" -o out.mp4", "in.mp4 -o \"$name\"", ". -d out"})
  void aNameThatTheLocaleHasNoLettersForIsOneLine(String words)
      throws IOException, InterruptedException {
    Program.Run run = redactNamed("stra\\303\\237e.mp4", "C", words);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().get(0)).contains("set the variable LC_ALL to C.UTF-8");
    assertThat(run.err()).noneMatch(line -> line.contains("internal"));
    assertThat(folder.resolve("work/out")).doesNotExist();
  }

  @Test
  void aNameInOtherLettersThanTheLocalesIsOneLine() throws IOException, InterruptedException {
    Program.Run run = redactNamed("stra\\337e.mp4", "C.UTF-8", ". -d out");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).singleElement().asString().endsWith("as others are here; rename it");
  }

  /**
   * Redacts in a locale and a folder of its own, {@code work}, to which a film was copied.
   *
   * @param name the copy's, as {@code printf} takes it; {@code $name} in the words
   */
  private Program.Run redactNamed(String name, String locale, String words)
      throws IOException, InterruptedException {
    String copied = "name=$(printf '" + name + "') && cp \"$1\" \"$name\" && LC_ALL=" + locale;
    Path work = Files.createDirectory(folder.resolve("work"));
    return redactIn(work, copied, "", "--quiet " + words, clip("short.mp4"));
  }

  /** Redacts by a shell in a folder, with something done before and options for Java. */
  private Program.Run redactIn(
      Path work, String before, String options, String words, Object... args)
      throws IOException, InterruptedException {
    String java = String.join(" ", "exec", Program.java(), options, "-jar", JAR.toString());
    String script = String.join(" ", "cd", work.toString(), "&&", before, java, "redact", words);
    Program sh = new Program(List.of("sh", "-c", script, "sh"), folder);
    return sh.end(sh.start(args), 120);
  }

  /** As with a disk that is full at the first run of all. */
  @Test
  void librariesThatCannotBeUnpackedAreOneLine() throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    Program.Run run =
        redactIn(folder, "", "-Djava.io.tmpdir=" + file, "\"$@\"", clip("short.mp4"), "-o", output);
    assertOneLine(run);
    assertThat(run.err().get(0)).contains(file + " can be written to");
  }

  @Test
  void resultsAreOneJsonObjectALine() throws IOException, InterruptedException {
    Path missing = folder.resolve("missing.mp4");
    Path to = folder.resolve("to");
    Program.Run run = run("redact", clip("short.mp4"), missing, "-d", to, "--json", "--quiet");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out()).hasSize(3);
    JsonNode good = JSON.readTree(run.out().get(0));
    assertThat(good.get("status").asText()).isEqualTo("attention");
    assertThat(good.get("frames").asInt()).isEqualTo(50);
    assertThat(Path.of(good.get("output").asText())).exists();
    JsonNode bad = JSON.readTree(run.out().get(1));
    assertThat(bad.get("status").asText()).isEqualTo("failed");
    assertThat(bad.get("input").asText()).isEqualTo(missing.toString());
    assertThat(bad.get("error").asText()).contains(missing.toString());
    JsonNode failures = JSON.readTree(run.out().get(2)).get("failures");
    assertThat(failures).hasSize(1);
  }

  @Test
  void nothingFoundWantsALookAndKeepsTheOutput() throws IOException, InterruptedException {
    Program.Run run = redact(clip("short.mp4"), output);
    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.err())
        .filteredOn(line -> line.startsWith("efface: "))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("nothing was found"));
    assertThat(FfmpegPrograms.frameTimes(output, 0))
        .isEqualTo(FfmpegPrograms.frameTimes(clip("short.mp4"), 0))
        .hasSize(50);
  }

  private Path bad(String kind) throws IOException, InterruptedException {
    Path file = folder.resolve("in.mp4");
    return switch (kind) {
      case "text" -> Files.writeString(file, "This is no film.\n".repeat(1000));
      case "empty" -> Files.createFile(file);
      case "missing" -> file;
      case "folder" -> Files.createDirectory(file);
      case "pipe" -> {
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
        yield file;
      }
      case "link to nothing" -> Files.createSymbolicLink(file, folder.resolve("nothing"));
      case "cut mp4" -> half(RealFootage.path("clips/lebanon_bmw.mp4"), file);
      case "cut avi" ->
          half(RealFootage.path("clips/dutch_Video10_2.avi"), folder.resolve("in.avi"));
      case "cut mkv" -> {
        Path whole =
            FfmpegPrograms.make("-i", clip("short.mp4"), "-c", "copy", folder.resolve("whole.mkv"));
        yield half(whole, folder.resolve("in.mkv"));
      }
      case "audio" -> FfmpegPrograms.make("-f", "lavfi", "-i", "sine=d=1", file);
      case "encrypted" ->
          FfmpegPrograms.make(
              "-i",
              clip("short.mp4"),
              "-c",
              "copy",
              "-encryption_scheme",
              "cenc-aes-ctr",
              "-encryption_key",
              "76a6c65c5ea762046bd749a2e632ccbb",
              "-encryption_kid",
              "a7e61c373e219033c21091fa607bf3b8",
              file);
      case "no frames" -> {
        FfmpegPrograms.ffmpeg(
            "-v", "quiet", "-f", "lavfi", "-i", "testsrc2=d=1", "-frames:v", "0", file);
        yield file;
      }
      case "absurd size" -> absurd(folder.resolve("in.bmp"));
      default -> throw new IllegalArgumentException(kind);
    };
  }

  /** A bitmap whose header promises four million million pixels. */
  private static Path absurd(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(200).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 'B').put((byte) 'M').putInt(200).putInt(0).putInt(54);
    bytes.putInt(40).putInt(2_000_000).putInt(2_000_000).putShort((short) 1).putShort((short) 24);
    return Files.write(file, bytes.array());
  }

  private static Path half(Path whole, Path to) throws IOException {
    byte[] bytes = Files.readAllBytes(whole);
    return Files.write(to, Arrays.copyOf(bytes, bytes.length / 2));
  }

  private static void assertOneLine(Program.Run run) {
    assertThat(run.err()).hasSize(1).allMatch(line -> line.startsWith("efface: "));
    assertThat(run.out()).isEmpty();
    assertThat(run.exit()).isEqualTo(3);
  }

  /** Runs with a small file system in memory, which only the superuser can make. */
  private void onMounted(String options, Body body) throws IOException, InterruptedException {
    Path mounted = Files.createDirectory(folder.resolve("mounted"));
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", options, "tmpfs", mounted.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(mount.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(mount.waitFor() == 0, "a file system can be mounted by the superuser only: " + said);
    try {
      body.run(mounted);
    } finally {
      new ProcessBuilder("umount", mounted.toString()).start().waitFor();
    }
  }

  /** Starts a job of some length and returns once its temporary file grows. */
  private Process startLong(String... more) throws IOException, InterruptedException {
    List<Object> args = new ArrayList<>(List.of("redact", clip("long.mp4"), "-o", output));
    args.addAll(List.of("--detect-size", "320", "--quiet"));
    args.addAll(List.of(more));
    Process process = start(args.toArray());
    while (!isGrowing()) {
      assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).as("ended early").isFalse();
    }
    return process;
  }

  private boolean isGrowing() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(
          file -> file.toString().endsWith(".part") && file.toFile().length() > 0);
    }
  }

  private static void signal(Process process, String name)
      throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  private Program.Run redact(Path in, Path out, String... more)
      throws IOException, InterruptedException {
    List<Object> args = new ArrayList<>(List.of("redact", in, "-o", out, "--detect-size", "320"));
    args.addAll(List.of("--quiet"));
    args.addAll(List.of(more));
    return run(args.toArray());
  }

  private Program.Run run(Object... args) throws IOException, InterruptedException {
    return end(start(args));
  }

  /** Starts through env, since a build run in the background may ignore SIGINT. */
  private static Program program() {
    return new Program(
        List.of("env", "--default-signal=INT", Program.java(), "-jar", JAR.toString()), footage);
  }

  private Process start(Object... args) throws IOException {
    return program().start(args);
  }

  private static Program.Run end(Process process) throws IOException, InterruptedException {
    return program().end(process, 60);
  }

  private static Path clip(String name) {
    return footage.resolve(name);
  }

  private static void make(String name, String source, String... more) {
    List<Object> args = new ArrayList<>(List.of("-f", "lavfi", "-i", source));
    args.addAll(List.of("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"));
    args.addAll(List.of(more));
    args.add(footage.resolve(name));
    FfmpegPrograms.make(args.toArray());
  }
}
