package io.efface.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.manifest.Tool;
import io.efface.media.EncoderSettings;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.Editing;
import io.efface.pipeline.JobException;
import io.efface.pipeline.Length;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.PaperRedaction;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RecallPreset;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RenderOptions;
import io.efface.pipeline.ReportRequest;
import io.efface.redact.Cover;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchRunTest {
  private final PaperRedaction paper = new PaperRedaction();
  private final List<String> heard = new ArrayList<>();
  @TempDir Path folder;
  private Path out;
  private Clock clock = Clock.systemUTC();
  private DetectionOptions detection = DetectionOptions.defaults();
  private RenderOptions render = RenderOptions.defaults();
  private String model = PaperRedaction.MODEL;

  /** How many endings the listener cannot take before it can. */
  private int deaf;

  @BeforeEach
  void makeFootage() throws IOException {
    out = folder.resolve("out");
    for (String name : List.of("a.mp4", "b.mp4", "c.mp4")) {
      Files.writeString(folder.resolve(name), "film " + name);
    }
  }

  @Test
  void whatIsFinishedIsSkipped() throws IOException {
    run();
    assertThat(heard).containsExactly("done a.mp4", "done b.mp4", "done c.mp4");
    byte[] before = Files.readAllBytes(out.resolve("a.mp4"));
    paper.worked.clear();
    run();
    assertThat(heard).containsExactly("skipped a.mp4", "skipped b.mp4", "skipped c.mp4");
    assertThat(paper.worked).isEmpty();
    assertThat(out.resolve("a.mp4")).hasBinaryContent(before);
    assertThat(journal()).endsWith("skipped a.mp4", "skipped b.mp4", "skipped c.mp4");
  }

  @Test
  void aClockThatWasSetBackMakesNoDifference() throws IOException {
    run();
    FileTime future = FileTime.from(Instant.now().plus(Duration.ofDays(3650)));
    for (Path file : List.of(folder.resolve("a.mp4"), out.resolve("a.mp4"), out.resolve("b.mp4"))) {
      Files.setLastModifiedTime(file, future);
    }
    Files.writeString(out.resolve("c.mp4"), "film c.mp4?");
    Files.setLastModifiedTime(out.resolve("c.mp4"), FileTime.fromMillis(0));
    clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    run();
    assertThat(heard).containsExactly("skipped a.mp4", "skipped b.mp4", "done c.mp4");
    assertThat(out.resolve("c.mp4")).hasContent("film c.mp4!");
    assertThat(journal()).endsWith("skipped a.mp4", "skipped b.mp4", "started c.mp4", "done c.mp4");
  }

  @Test
  void aStopEndsTheLookAtWhatIsFinished() {
    run();
    Redaction stopped =
        new Redaction() {
          @Override
          public Outcome.Redacted redact(RedactionJob job, Progress progress) {
            return paper.redact(job, progress);
          }

          @Override
          public void refuseStopped() {
            throw new CancellationException();
          }
        };
    assertThat(run(stopped, /* force= */ false, 1, items())).hasSize(1);
    assertThat(heard).containsExactly("interrupted");
  }

  @Test
  void whatChangedIsDoneAgain() throws IOException {
    run();
    Files.writeString(out.resolve("b.mp4"), "film b.mp4?");
    run();
    assertThat(heard).containsExactly("skipped a.mp4", "done b.mp4", "skipped c.mp4");
    assertThat(out.resolve("b.mp4")).hasContent("film b.mp4!");
  }

  @Test
  void theOutputOfAnotherFileOfTheNameStaysUnlessItMayBeReplaced() throws IOException {
    run();
    Files.writeString(folder.resolve("a.mp4"), "another day's");
    run();
    assertThat(heard).hasSize(3).endsWith("skipped b.mp4", "skipped c.mp4");
    assertThat(heard.get(0))
        .startsWith(folder.resolve("a.mp4") + ": " + out.resolve("a.mp4") + " is the redaction of")
        .contains("another file of this name", "--overwrite");
    assertThat(out.resolve("a.mp4")).hasContent("film a.mp4!");
    Item item = item(1, "a.mp4");
    assertThat(Forecast.of(item, List.of(model), false, BatchRunTest::length, () -> {}).problem())
        .contains(heard.get(0));
    Item replacing = new Item(1, "a.mp4", item.job().overwriting(true));
    assertThat(Forecast.of(replacing, List.of(model), false, BatchRunTest::length, () -> {}).fate())
        .isEqualTo(Forecast.Fate.REDO);
    run(paper::redact, false, 1, List.of(replacing));
    assertThat(out.resolve("a.mp4")).hasContent("another day's!");
  }

  @Test
  void aCountedNameDoesNotGiveAwayTheOutputOfAFileThatIsGone() throws IOException {
    run(paper::redact, false, 1, List.of(counted("a.mp4")));
    Files.delete(folder.resolve("a.mp4"));
    run(paper::redact, false, 1, List.of(counted("b.mp4")));
    assertThat(heard.get(0)).contains("another file of this name", "--overwrite");
    assertThat(out.resolve("000001.mp4")).hasContent("film a.mp4!");
  }

  private Item counted(String name) {
    Path to = out.resolve("000001.mp4");
    return new Item(
        1,
        "000001.mp4",
        new RedactionJob(
            folder.resolve(name),
            Optional.of("000001.mp4"),
            to,
            detection,
            render,
            false,
            Optional.of(ReportRequest.beside(to)),
            Editing.NONE));
  }

  private static Length length(Path file) {
    return new Length(OptionalLong.of(10), OptionalDouble.of(1));
  }

  @Test
  void aMissingLibraryOrMemoryFailsAFileAndNotTheBatch() {
    run(
        (job, progress) -> {
          if (job.input().endsWith("a.mp4")) {
            throw new UnsatisfiedLinkError("no libavcodec");
          }
          if (job.input().endsWith("b.mp4")) {
            throw new OutOfMemoryError("native");
          }
          return paper.redact(job, progress);
        },
        false,
        1,
        items());
    assertThat(heard).hasSize(3).last().isEqualTo("done c.mp4");
    assertThat(heard.get(0)).contains("no libavcodec");
    assertThat(heard.get(1)).contains("more memory");
  }

  @Test
  void whatIsHalfThereIsDoneAgain() throws IOException {
    run();
    Files.delete(out.resolve("a.mp4"));
    Files.delete(out.resolve("b.mp4.report.html"));
    run();
    assertThat(heard).startsWith("done a.mp4", "done b.mp4");
  }

  @Test
  void otherOptionsOrModelsDoItAgain() {
    run();
    render = with(0.5, Cover.FACE);
    run();
    assertThat(heard).containsExactly("done a.mp4", "done b.mp4", "done c.mp4");
    render = with(0.5, Cover.HEAD);
    run();
    assertThat(heard).containsExactly("done a.mp4", "done b.mp4", "done c.mp4");
    DetectionOptions usual = DetectionOptions.defaults();
    detection =
        new DetectionOptions(
            usual.model(),
            usual.detectSize(),
            usual.classes(),
            usual.minScore(),
            RecallPreset.THOROUGH);
    run();
    assertThat(heard).containsExactly("done a.mp4", "done b.mp4", "done c.mp4");
    model = "cd".repeat(32);
    run();
    assertThat(heard).containsExactly("done a.mp4", "done b.mp4", "done c.mp4");
  }

  @Test
  void whatAnotherVersionMadeIsDoneAgain() {
    paper.tool = new Tool("efface", "0.0.1");
    run();
    paper.tool = Tool.current();
    run();
    assertThat(heard).containsExactly("done a.mp4", "done b.mp4", "done c.mp4");
    run();
    assertThat(heard).containsExactly("skipped a.mp4", "skipped b.mp4", "skipped c.mp4");
  }

  @Test
  void anOutputWithSomebodysDecisionsIsNotReplaced() throws IOException {
    paper.edited = true;
    run();
    Files.writeString(folder.resolve("a.mp4"), "film A.mp4");
    run();
    assertThat(heard).hasSize(3).allMatch(line -> line.contains("exists already"));
    assertThat(out.resolve("a.mp4")).hasContent("film a.mp4!");
  }

  @Test
  void forceDoesItAgain() {
    run();
    run(paper::redact, true, 1, items());
    assertThat(heard).containsExactly("done a.mp4", "done b.mp4", "done c.mp4");
  }

  @Test
  void aFileThatNoReportSpeaksOfIsNotReplaced() throws IOException {
    Files.createDirectories(out);
    Files.writeString(out.resolve("a.mp4"), "somebody's");
    run();
    assertThat(heard).hasSize(3);
    assertThat(heard.get(0)).contains("exists already");
    assertThat(out.resolve("a.mp4")).hasContent("somebody's");
  }

  @Test
  void aReportOfAnotherOutputDoesNotGiveLeave() throws IOException {
    run();
    Files.copy(out.resolve("b.mp4.report.json"), out.resolve("d.mp4.report.json"));
    Files.writeString(out.resolve("d.mp4"), "somebody's");
    Files.writeString(folder.resolve("d.mp4"), "film");
    run(paper::redact, false, 1, List.of(item(1, "d.mp4")));
    assertThat(heard.get(0)).contains("exists already");
  }

  @Test
  void aFailureStopsNothingElse() throws IOException {
    Files.delete(folder.resolve("b.mp4"));
    run(
        (job, progress) -> {
          if (job.input().endsWith("a.mp4")) {
            throw new IllegalStateException("bug");
          }
          return paper.redact(job, progress);
        },
        false,
        1,
        items());
    assertThat(heard).hasSize(3).last().isEqualTo("done c.mp4");
    assertThat(heard.get(0)).contains("internal error");
    assertThat(heard.get(1)).contains("no such file");
    assertThat(journal()).contains("internal a.mp4", "failed b.mp4", "done c.mp4");
  }

  @Test
  void aJournalThatCannotBeWrittenIsToldOnceAFile() {
    List<Journal> others = new ArrayList<>();
    run(
        (job, progress) -> {
          Outcome.Redacted made = paper.redact(job, progress);
          // The folder is made anew, and another run works in that.
          move(out, folder.resolve("removed"));
          others.add(Journal.open(out, clock));
          return made;
        },
        false,
        1,
        items());
    others.forEach(Journal::close);
    String fault = out + ": another run of Efface is working in this folder; wait for its end";
    assertThat(heard).containsExactly("remark " + fault, "done a.mp4", fault, fault);
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void beingCancelledStopsWhatWouldFollow() {
    run(
        (job, progress) -> {
          throw new CancellationException();
        },
        false,
        1,
        items());
    assertThat(heard).containsExactly("interrupted");
  }

  @Test
  void anyErrorFailsAFileAndNotTheBatch() {
    run(
        (job, progress) -> {
          if (job.input().endsWith("a.mp4")) {
            throw new StackOverflowError();
          }
          return paper.redact(job, progress);
        },
        false,
        1,
        items());
    assertThat(heard).hasSize(3).endsWith("done b.mp4", "done c.mp4");
    assertThat(heard.get(0)).contains("internal error: StackOverflowError");
  }

  @Test
  void jobsOfASlotThatEndedAreFailures() {
    deaf = 1;
    Map<Integer, Ending> endings = run(paper::redact, false, 1, items());
    assertThat(endings.values())
        .hasSize(3)
        .allMatch(
            ending ->
                ending instanceof Ending.Failed failed
                    && failed.failure().kind() == Failure.Kind.INTERNAL);
    assertThat(heard).hasSize(3).allMatch(line -> line.contains("its job slot ended"));
  }

  @Test
  void jobsRunSideBySide() {
    CyclicBarrier both = new CyclicBarrier(2);
    run(
        (job, progress) -> {
          meet(both);
          return paper.redact(job, progress);
        },
        false,
        2,
        items().subList(0, 2));
    assertThat(heard).containsExactlyInAnyOrder("done a.mp4", "done b.mp4");
  }

  @Test
  void aLinkOutOfTheOutputFolderIsRefused() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.createDirectories(out);
    Files.createSymbolicLink(out.resolve("sub"), elsewhere);
    RedactionJob job = job(folder.resolve("a.mp4"), out.resolve("sub/a.mp4"));
    run(paper::redact, false, 1, List.of(new Item(1, "sub/a.mp4", job)));
    assertThat(heard.get(0)).contains("leads out of the output folder");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void theJournalDoesNotTellNamesThatOutputsHide() throws IOException {
    Path secret = folder.resolve("Jane Doe.mp4");
    RedactionJob job =
        new RedactionJob(
            secret,
            Optional.of("000001.mp4"),
            out.resolve("000001.mp4"),
            DetectionOptions.defaults(),
            render,
            false,
            Optional.empty(),
            Editing.NONE);
    run(
        (j, progress) -> {
          throw new JobException("Jane Doe.mp4 is odd");
        },
        false,
        1,
        List.of(new Item(1, "000001.mp4", job)));
    Files.writeString(secret, "film");
    run(
        (j, progress) -> {
          throw new JobException(secret + ": is odd");
        },
        false,
        1,
        List.of(new Item(1, "000001.mp4", job)));
    assertThat(Files.readString(out.resolve(Journal.NAME)))
        .contains("000001.mp4: is odd")
        .doesNotContain("Jane");
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private RenderOptions with(double margin, Cover cover) {
    return new RenderOptions(
        render.styles(),
        margin,
        cover,
        EncoderSettings.defaults(),
        render.audio(),
        render.onCorrupt(),
        false,
        render.smart(),
        render.audit());
  }

  private List<Item> items() {
    return List.of(item(1, "a.mp4"), item(2, "b.mp4"), item(3, "c.mp4"));
  }

  private Item item(int number, String name) {
    return new Item(number, name, job(folder.resolve(name), out.resolve(name)));
  }

  private RedactionJob job(Path input, Path output) {
    return new RedactionJob(
        input, output, detection, render, false, Optional.of(ReportRequest.beside(output)));
  }

  private void run() {
    run(paper::redact, false, 1, items());
  }

  private Map<Integer, Ending> run(
      Redaction redaction, boolean force, int slots, List<Item> items) {
    heard.clear();
    try (Journal journal = Journal.open(out, clock)) {
      return new BatchRun(
              out,
              journal,
              redaction,
              List.of(model),
              force,
              /* replaceable= */ output -> false,
              slots,
              new Hearing())
          .run(items);
    }
  }

  private List<String> journal() throws IOException {
    return Files.readAllLines(out.resolve(Journal.NAME)).stream()
        .map(line -> line.replaceAll(".*\"event\":\"(\\w+)\",\"output\":\"([^\"]*)\".*", "$1 $2"))
        .toList();
  }

  private final class Hearing implements BatchListener {
    @Override
    public Progress started(Item item) {
      return Progress.NONE;
    }

    @Override
    public void remark(String line) {
      heard.add("remark " + line);
    }

    @Override
    public void ended(Item item, Ending ending) {
      if (deaf-- > 0) {
        throw new IllegalStateException("deaf");
      }
      if (ending instanceof Ending.Done done) {
        Outcome.Redacted outcome = done.outcome();
        heard.add("done " + outcome.output().getFileName());
      } else if (ending instanceof Ending.Skipped) {
        heard.add("skipped " + item.label());
      } else if (ending instanceof Ending.Failed failed) {
        heard.add(failed.failure().message());
      }
    }
  }
}
