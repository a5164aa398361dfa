package io.efface.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.efface.batch.Ending;
import io.efface.batch.Failure;
import io.efface.batch.Item;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.Editing;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RenderOptions;
import io.efface.pipeline.ReportRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchLinesTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<Item> items = new ArrayList<>();
  private long nanos;
  @TempDir Path folder;

  @Test
  void theTimeLeftGoesByWhatThisRunHasDone() throws IOException {
    BatchLines lines = lines(false, 1);
    lines.expect(make(999, 999, 999, 999, 1999));
    nanos += 500_000_000_000L;
    lines.ended(items.get(0), new Ending.Skipped(false));
    lines.ended(items.get(1), failed(items.get(1)));
    lines.ended(items.get(2), done(items.get(2), 10));
    lines.ended(items.get(3), done(items.get(3), 30));
    lines.ended(items.get(4), done(items.get(4), 40));
    assertThat(err.toString().lines().filter(line -> line.startsWith("[")))
        .containsExactly(
            "[1/5] 0 done, 1 finished before",
            "[2/5] 0 done, 1 finished before, 1 failed",
            "[3/5] 1 done, 1 finished before, 1 failed, 0:30 left",
            "[4/5] 2 done, 1 finished before, 1 failed, 0:40 left",
            "[5/5] 3 done, 1 finished before, 1 failed");
  }

  @Test
  void jobsSideBySideShareTheTimeLeft() throws IOException {
    BatchLines lines = lines(false, 4);
    lines.expect(make(999, 999, 999));
    lines.ended(items.get(0), done(items.get(0), 20));
    assertThat(err.toString()).contains("[1/3] 1 done, 0:20 left\n");
  }

  @Test
  void aPhotoIsNoBasisForHoursOfFilm() throws IOException {
    BatchLines lines = lines(false, 1);
    lines.expect(make(9, 99_999, 99_999, 99));
    lines.ended(items.get(0), done(items.get(0), 6));
    lines.ended(items.get(1), done(items.get(1), 100));
    assertThat(err.toString()).isEqualTo("[1/4] 1 done\n[2/4] 2 done, 1:46 left\n");
    err.getBuffer().setLength(0);
    BatchLines resumed = lines(false, 1);
    resumed.expect(items);
    resumed.ended(items.get(1), new Ending.Skipped(false));
    resumed.ended(items.get(2), new Ending.Skipped(false));
    resumed.ended(items.get(3), done(items.get(3), 10));
    assertThat(err.toString()).endsWith("[3/4] 1 done, 2 finished before, 0:01 left\n");
    err.getBuffer().setLength(0);
    BatchLines quick = lines(false, 1);
    quick.expect(items);
    quick.ended(items.get(1), done(items.get(1), 4));
    assertThat(err.toString()).isEqualTo("[1/4] 1 done\n");
  }

  @Test
  void whatWasFinishedBeforeAndWantsALookSaysSo() throws IOException {
    BatchLines lines = lines(false, 1);
    lines.expect(make(9, 9, 9));
    items.forEach(item -> lines.ended(item, new Ending.Skipped(item.number() > 1)));
    lines.finish();
    assertThat(lines.exit()).isEqualTo(ExitCode.ATTENTION);
    Path second = folder.resolve("out/2.mp4");
    assertThat(err.toString())
        .contains(
            "efface: "
                + second
                + ": finished before, wants a look (see "
                + second
                + ".report.json)\n")
        .doesNotContain("1.mp4: finished")
        .contains("\n0 done, 3 finished before (2 want a look) in ");
  }

  @Test
  void programsAreToldOfItToo() throws IOException {
    BatchLines lines = lines(true, 1);
    lines.expect(make(9, 9));
    items.forEach(item -> lines.ended(item, new Ending.Skipped(item.number() == 1)));
    lines.finish();
    List<JsonNode> told = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      told.add(new ObjectMapper().readTree(line));
    }
    assertThat(told).hasSize(3);
    assertThat(told.get(0).get("status").asText()).isEqualTo("skipped");
    assertThat(told.get(0).at("/attention/0").asText()).contains("wants a look");
    assertThat(told.get(0).get("report").asText()).endsWith("1.mp4.report.json");
    assertThat(told.get(1).get("attention")).isEmpty();
    assertThat(told.get(2).get("attention").asInt()).isEqualTo(1);
    assertThat(told.get(2).get("skipped").asInt()).isEqualTo(2);
  }

  private BatchLines lines(boolean json, int slots) {
    return new BatchLines(
        new PrintWriter(err),
        new Results(new PrintWriter(out), json, false),
        BatchLog.open(Optional.empty(), Clock.systemUTC()),
        () -> Progress.NONE,
        false,
        false,
        slots,
        () -> nanos);
  }

  private List<Item> make(int... sizes) throws IOException {
    for (int size : sizes) {
      int number = items.size() + 1;
      Path input = Files.write(folder.resolve(number + ".mp4"), new byte[size]);
      Path output = folder.resolve("out/" + number + ".mp4");
      items.add(
          new Item(
              number,
              number + ".mp4",
              new RedactionJob(
                  input,
                  Optional.empty(),
                  output,
                  DetectionOptions.defaults(),
                  RenderOptions.defaults(),
                  false,
                  Optional.of(ReportRequest.beside(output)),
                  Editing.NONE)));
    }
    return items;
  }

  private static Ending failed(Item item) {
    return new Ending.Failed(Failure.of(item.input(), new IllegalStateException("odd")));
  }

  private static Ending done(Item item, int seconds) {
    return new Ending.Done(
        new Outcome.Redacted(
            item.input(),
            item.job().output(),
            Optional.empty(),
            1,
            Map.of(),
            0,
            0,
            List.of(),
            List.of()),
        Duration.ofSeconds(seconds));
  }
}
