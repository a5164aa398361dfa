package io.efface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.cli.RootCommand;
import io.efface.cli.Surroundings;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionPipeline;
import io.efface.testing.SyntheticVideo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code efface bench}: what it prints and that it leaves nothing; never how fast anything is. */
@Timeout(300)
class BenchIT {
  private final Surroundings surroundings =
      new Surroundings(new RedactionPipeline(), err -> Progress.NONE);
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Set<Path> before = Set.of();
  @TempDir Path folder;

  @BeforeEach
  void lookAtTheTemporaryFolder() throws IOException {
    before = benches();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(benches()).isEqualTo(before);
  }

  @Test
  void everyRunIsComparedWithTheTranscode() throws IOException {
    Path clip =
        SyntheticVideo.named("clip.mp4").size(640, 360).frames(60).audio("aac", 48000).in(folder);
    int exit =
        run(
            "bench",
            clip.toString(),
            "--rounds",
            "1",
            "--preset",
            "medium",
            "--runs",
            "decode,none,smart,checked",
            "--json");
    assertThat(exit).as(err.toString()).isZero();
    JsonNode figures = new ObjectMapper().readTree(out.toString());
    assertThat(out.toString().lines()).hasSize(1);
    assertThat(figures.get("unit").asText()).isEqualTo("transcode");
    assertThat(figures.get("preset").asText()).isEqualTo("medium");
    assertThat(figures.get("rounds").asInt()).isEqualTo(1);
    assertThat(figures.get("runs").findValuesAsText("name"))
        .containsExactly("transcode", "decode", "none", "smart", "checked");
    for (JsonNode one : figures.get("runs")) {
      assertThat(one.get("seconds").get("median").asDouble()).as("%s", one).isPositive();
      assertThat(one.get("speed").get("median").asDouble()).as("%s", one).isPositive();
      // A decoding as short as this may be over before anybody has looked at it.
      if (!one.get("name").asText().equals("decode")) {
        assertThat(one.get("cpu").get("median").asDouble()).as("%s", one).isPositive();
        assertThat(one.get("peakBytes").asLong()).as("%s", one).isGreaterThan(1 << 20);
      }
    }
    JsonNode first = figures.get("runs").get(0);
    assertThat(first.get("speed").get("median").asDouble()).isCloseTo(1, within(1e-9));
    assertThat(err.toString().lines())
        .startsWith("round 1 of 1: ffmpeg, transcode", "round 1 of 1: ffmpeg, decode alone");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).as("beside the clip").containsExactly(clip);
    }
  }

  @Test
  void theTableHasALineForEachRunAndNoMore() throws IOException {
    Path clip = SyntheticVideo.named("clip.webm").codec("libvpx-vp9").in(folder);
    int exit = run("bench", clip.toString(), "--rounds", "1", "--runs", "decode", "--quiet");
    assertThat(exit).as(err.toString()).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString().lines().map(line -> line.split(" {2,}", 2)[0]))
        .containsExactly("", "ffmpeg, transcode", "ffmpeg, decode alone");
  }

  @Test
  void whatIsNoVideoIsRefusedInOneLine() throws IOException {
    Path text = Files.writeString(folder.resolve("clip.mp4"), "no film at all");
    for (Path bad : new Path[] {folder.resolve("absent.mp4"), text, folder}) {
      err.getBuffer().setLength(0);
      assertThat(run("bench", bad.toString())).isEqualTo(3);
      assertThat(err.toString().lines()).hasSize(1).first().asString().contains(bad.toString());
    }
    assertThat(run("bench", text.toString(), "--rounds", "0")).isEqualTo(2);
    assertThat(run("bench", text.toString(), "--runs", "nonsense")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void stoppedInTheMiddleItEndsItsProcessAndRemovesAll() throws Exception {
    Path clip = SyntheticVideo.named("clip.mp4").size(640, 360).frames(1500).in(folder);
    AtomicInteger exit = new AtomicInteger();
    CountDownLatch over = new CountDownLatch(1);
    Thread bench =
        new Thread(
            () -> {
              exit.set(run("bench", clip.toString(), "--runs", "paranoid"));
              over.countDown();
            });
    bench.start();
    while (over.getCount() > 0 && !err.toString().contains("paranoid")) {
      Thread.sleep(20);
    }
    Thread.sleep(1000);
    surroundings.interruption().cancel();
    over.await();
    assertThat(exit.get()).isEqualTo(130);
    assertThat(err.toString()).endsWith("efface: interrupted\n");
    assertThat(out.toString()).isEmpty();
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }

  private int run(String... args) {
    CommandLine commandLine = RootCommand.commandLine(surroundings);
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(args);
  }

  private static Set<Path> benches() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("efface-bench"))
          .filter(Files::isReadable)
          .collect(Collectors.toSet());
    }
  }
}
