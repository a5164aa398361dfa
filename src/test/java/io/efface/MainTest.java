package io.efface;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs programs of their own, which start slowly where the machine is busy. */
@Timeout(60)
class MainTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void aSignalCancelsTheJobAndWaitsUntilItIsTidy(String signal, int exit)
      throws IOException, InterruptedException {
    Path output = folder.resolve("out.mp4");
    Process process = start("redact", "in.mp4", "-o", output.toString());
    while (!Files.exists(output)) {
      assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
    }
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor()).isEqualTo(exit);
    assertThat(output).doesNotExist();
    assertThat(err(process)).isEqualTo("efface: interrupted\n");
  }

  @Test
  void theExitCodeIsTheCommandLines() throws IOException, InterruptedException {
    Process process = start("redact");
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(err(process)).startsWith("efface: Missing required parameter");
  }

  @Test
  void whoIsLateDoesNotEndTheMachineWithItsOwnExitCode() throws IOException, InterruptedException {
    Process process = start(LateMain.class);
    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(err(process)).isEqualTo("waits\n");
  }

  private Process start(String... args) throws IOException {
    return start(InterruptedMain.class, args);
  }

  /** Starts a program; through env, since a test run in the background may ignore SIGINT. */
  private Process start(Class<?> program, String... args) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "env",
            "--default-signal=INT",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName());
    builder.command().addAll(java.util.List.of(args));
    builder.redirectError(folder.resolve("err").toFile());
    return builder.start();
  }

  private String err(Process process) throws IOException {
    assertThat(process.isAlive()).isFalse();
    return Files.readString(folder.resolve("err"), StandardCharsets.UTF_8);
  }
}
