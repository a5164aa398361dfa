package io.efface.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.pipeline.JobException;
import io.efface.pipeline.RedactionJob;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a job throws once the program is stopped, it was interrupted. */
class InterruptionTest {
  private final FakeRunner runner = new FakeRunner();
  private final Interruption stopped = new Interruption();
  @TempDir Path folder;

  @BeforeEach
  void stop() {
    stopped.cancel();
  }

  @Test
  void aJobThatFailsWhileTheProgramEndsWasInterrupted() {
    runner.failures.put(Path.of("a.mp4"), new IllegalStateException("Shutdown in progress"));
    Run run = Run.of(stopped, runner, "redact", "a.mp4", "b.mp4", "--json", "--quiet");
    assertThat(run.exit()).isEqualTo(130);
    assertThat(run.err()).isEqualTo("efface: interrupted\n");
    assertThat(run.out())
        .contains("\"status\":\"interrupted\"", "\"error\":\"interrupted\"")
        .doesNotContain("Shutdown");
    assertThat(runner.redacted).hasSize(1);
    assertThat(Run.of(runner, "redact", "a.mp4", "--quiet").exit()).isEqualTo(1);
  }

  @Test
  void soWasAJobOfAFolder() throws IOException {
    Path a = Files.writeString(folder.resolve("a.mp4"), "a");
    Path b = Files.writeString(folder.resolve("b.mp4"), "b");
    runner.failures.put(a, new IllegalStateException("Shutdown in progress"));
    for (List<Object> words :
        List.<List<Object>>of(List.of(a, b), List.of(a, b, "--isolate", "off"))) {
      Object[] all = new Object[words.size() + 4];
      all[0] = "redact";
      all[1] = "--json";
      all[2] = "-d";
      all[3] = folder.resolve("out");
      System.arraycopy(words.toArray(), 0, all, 4, words.size());
      Run run = Run.of(stopped, runner, all);
      assertThat(run.exit()).isEqualTo(130);
      assertThat(run.out()).contains("\"status\":\"interrupted\"").doesNotContain("Shutdown");
      assertThat(run.err()).doesNotContain("internal error");
    }
  }

  @Test
  @Timeout(20)
  void aListThatNobodyWritesDoesNotHoldAStop() throws IOException, InterruptedException {
    Interruption later = new Interruption();
    List<Run> runs = new ArrayList<>();
    try (PipedInputStream silent = new PipedInputStream(new PipedOutputStream())) {
      Thread command =
          new Thread(
              () ->
                  runs.add(
                      Run.of(later, silent, runner, "redact", "-", "-d", folder.resolve("out"))));
      command.start();
      while (command.getState() != Thread.State.WAITING) {
        Thread.sleep(5);
      }
      later.cancel();
      command.join();
    }
    assertThat(runs)
        .singleElement()
        .extracting(Run::exit, Run::err)
        .containsExactly(130, "efface: interrupted\n");
  }

  @Test
  void whatIsAwaitedFailsAsItIs() {
    JobException odd = new JobException("is odd");
    Error grave = new OutOfMemoryError();
    Interruption never = new Interruption();
    assertThat(never.await(() -> "done")).isEqualTo("done");
    assertThatThrownBy(
            () ->
                never.await(
                    () -> {
                      throw odd;
                    }))
        .isSameAs(odd);
    assertThatThrownBy(
            () ->
                never.await(
                    () -> {
                      throw grave;
                    }))
        .isSameAs(grave);
  }

  @Test
  void theSumTellsWhatWasStoppedAndWhatNeverBegan() throws IOException {
    for (String name : List.of("a", "b", "c", "d")) {
      Files.writeString(folder.resolve(name + ".mp4"), name);
    }
    Path b = folder.resolve("b.mp4");
    runner.failures.put(folder.resolve("a.mp4"), new JobException("is odd"));
    runner.failures.put(folder.resolve("c.mp4"), new CancellationException());
    Path log = folder.resolve("log");
    Run run = Run.of(runner, "redact", folder, "-d", folder.resolve("out"), "--log", log);
    assertThat(run.exit()).isEqualTo(130);
    String sum = "1 done, 1 failed, 1 interrupted, 1 not begun";
    assertThat(run.err())
        .contains("[2/4] 1 done, 1 failed\n", "\n" + sum + " in ")
        .doesNotContain("[3/4]");
    assertThat(Files.readString(log)).contains(": " + sum);
    assertThat(runner.redacted).extracting(RedactionJob::input).hasSize(3).contains(b);
    String json = Run.of(runner, "redact", folder, "-d", folder.resolve("out2"), "--json").out();
    assertThat(json).contains("\"done\":1,", "\"failed\":1,\"interrupted\":1,\"notBegun\":1,");
  }

  @Test
  void aCommandThatFailsBeforeItsJobWasInterruptedToo() {
    Run run = Run.of(stopped, runner, "bench", folder.resolve("none.mp4"));
    assertThat(run.exit()).isEqualTo(130);
    assertThat(run.err()).isEqualTo("efface: interrupted\n");
  }
}
