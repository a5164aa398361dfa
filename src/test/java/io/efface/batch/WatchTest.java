package io.efface.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.JobException;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.PaperRedaction;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RenderOptions;
import io.efface.pipeline.ReportRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
  private final PaperRedaction paper = new PaperRedaction();
  private final List<String> heard = new ArrayList<>();
  private long seconds;
  @TempDir Path folder;
  private Path in;
  private Path out;
  private Journal journal;

  @BeforeEach
  void open() throws IOException {
    in = folder.resolve("in");
    Files.createDirectories(in.resolve("sub"));
    out = folder.resolve("out");
    journal = Journal.open(out, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void aFileThatGrowsIsWaitedFor() throws IOException {
    Watch watch = watch(new Originals.Keep());
    write("a.mp4", "one");
    watch.round();
    seconds += 9;
    Files.writeString(in.resolve("a.mp4"), "two", StandardOpenOption.APPEND);
    watch.round();
    seconds += 9;
    watch.round();
    assertThat(heard).isEmpty();
    seconds += 1;
    watch.round();
    assertThat(out.resolve("a.mp4")).hasContent("onetwo!");
    watch.round();
    assertThat(heard).containsExactly("done a.mp4");
  }

  @Test
  void whereNothingArrivesNoJobsAreMade() throws IOException {
    List<Integer> asked = new ArrayList<>();
    Watch watch =
        new Watch(
            arrivals(),
            (sources, first) -> {
              asked.add(sources.size());
              return items(sources, first);
            },
            run(paper::redact),
            new Originals.Keep());
    write("a.mp4", "one");
    rounds(watch);
    rounds(watch);
    assertThat(asked).containsExactly(1);
  }

  @Test
  void anEmptyFileHasNotArrived() throws IOException {
    write("a.mp4", "");
    rounds(watch(new Originals.Keep()));
    assertThat(heard).isEmpty();
  }

  @Test
  void aFileThatChangesLaterIsDoneAgain() throws IOException {
    Watch watch = watch(new Originals.Keep());
    write("a.mp4", "one");
    rounds(watch);
    write("a.mp4", "another");
    rounds(watch);
    assertThat(out.resolve("a.mp4")).hasContent("another!");
  }

  @Test
  void whatEarlierRunsMadeOfAnotherFileOfTheNameStays() throws IOException {
    write("a.mp4", "one");
    rounds(watch(new Originals.Keep()));
    write("a.mp4", "another");
    rounds(watch(new Originals.Keep()));
    assertThat(out.resolve("a.mp4")).hasContent("one!");
    assertThat(heard).hasSize(2).last().asString().contains("another file of this name");
  }

  @Test
  void aRestartDoesNothingAgain() throws IOException {
    write("a.mp4", "one");
    rounds(watch(new Originals.Keep()));
    rounds(watch(new Originals.Keep()));
    assertThat(heard).containsExactly("done a.mp4", "skipped a.mp4");
  }

  @Test
  void anOriginalIsMovedWithItsTree() throws IOException {
    Path done = folder.resolve("done");
    Files.createDirectories(done.resolve("sub"));
    Files.writeString(done.resolve("sub/a.mp4"), "another");
    write("sub/a.mp4", "one");
    rounds(watch(new Originals.Move(done)));
    assertThat(in.resolve("sub/a.mp4")).doesNotExist();
    assertThat(done.resolve("sub/a.mp4")).hasContent("another");
    assertThat(done.resolve("sub/a-2.mp4")).hasContent("one");
  }

  @Test
  void anOriginalIsNotDeletedWithoutEveryCheckOfAFullAudit() throws IOException {
    write("a.mp4", "one");
    rounds(watch(new Originals.Delete()));
    assertThat(in.resolve("a.mp4")).exists();
    assertThat(heard).hasSize(2).last().asString().contains("stays").contains("full audit");
  }

  @Test
  void anOriginalIsDeletedAfterEveryCheckOfAFullAudit() throws IOException {
    paper.fullAudit = true;
    write("a.mp4", "one");
    rounds(watch(new Originals.Delete()));
    assertThat(in.resolve("a.mp4")).doesNotExist();
    assertThat(heard).containsExactly("done a.mp4");
  }

  @Test
  void anOutputWhoseOriginalIsGoneIsNotReplacedByThatOfAnotherOfItsName() throws IOException {
    paper.fullAudit = true;
    write("a.mp4", "one");
    Watch watch = watch(new Originals.Delete());
    rounds(watch);
    write("a.mp4", "another");
    rounds(watch);
    assertThat(out.resolve("a.mp4")).hasContent("one!");
    assertThat(in.resolve("a.mp4")).hasContent("another");
    assertThat(heard).hasSize(2).last().asString().contains("another file of this name");
  }

  @Test
  void anOriginalWhoseOutputWantsALookIsNotDeleted() throws IOException {
    paper.fullAudit = true;
    paper.attention = List.of("nothing was found");
    write("a.mp4", "one");
    rounds(watch(new Originals.Delete()));
    assertThat(in.resolve("a.mp4")).exists();
    assertThat(heard).hasSize(2).last().asString().contains("stays").contains("look");
  }

  @Test
  void anOriginalThatChangedMeanwhileIsNotMoved() throws IOException {
    Path done = folder.resolve("done");
    write("a.mp4", "one");
    rounds(new Watch(arrivals(), this::items, changingInputs(), new Originals.Move(done)));
    assertThat(in.resolve("a.mp4")).hasContent("other");
    assertThat(done.resolve("a.mp4")).doesNotExist();
  }

  @Test
  void anOriginalThatChangedMeanwhileIsNotDeleted() throws IOException {
    paper.fullAudit = true;
    write("a.mp4", "one");
    rounds(new Watch(arrivals(), this::items, changingInputs(), new Originals.Delete()));
    assertThat(in.resolve("a.mp4")).hasContent("other");
  }

  @Test
  void anOriginalThatAnEarlierRunLeftAsideIsDealtWith() throws IOException {
    paper.fullAudit = true;
    write(".a.mp4.efface-original", "one");
    Watch watch = watch(new Originals.Delete());
    rounds(watch);
    assertThat(heard.get(0)).contains("a.mp4: an earlier run ended");
    rounds(watch);
    assertThat(heard).hasSize(2).last().isEqualTo("done a.mp4");
    assertThat(in.resolve("a.mp4")).doesNotExist();
    assertThat(out.resolve("a.mp4")).hasContent("one!");
  }

  @Test
  void aFolderThatCannotBeReadIsToldOnce() throws IOException {
    Path closed = in.resolve("sub");
    Files.setPosixFilePermissions(closed, Set.of());
    assumeFalse(Files.isReadable(closed), "nobody can close a folder to this user");
    try {
      rounds(watch(new Originals.Keep()));
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
    assertThat(heard).singleElement().asString().startsWith(closed + ": cannot be read");
  }

  @Test
  void aFolderThatIsGoneIsToldOnceUntilItIsBack() throws IOException {
    Files.delete(in.resolve("sub"));
    Files.delete(in);
    Watch watch = watch(new Originals.Keep());
    assertThat(watch.round()).isFalse();
    assertThat(watch.round()).isFalse();
    assertThat(heard).hasSize(1);
    Files.createDirectory(in);
    assertThat(watch.round()).isFalse();
    Files.delete(in);
    assertThat(watch.round()).isFalse();
    assertThat(heard).hasSize(2);
  }

  @Test
  void aFailureIsNotTriedAgainUntilTheFileChanges() throws IOException {
    write("a.mp4", "one");
    int[] tries = new int[1];
    BatchRun run =
        run(
            (job, progress) -> {
              tries[0]++;
              throw new JobException(job.input() + ": is odd");
            });
    Watch watch = new Watch(arrivals(), this::items, run, new Originals.Delete());
    rounds(watch);
    rounds(watch);
    assertThat(tries[0]).isEqualTo(1);
    assertThat(in.resolve("a.mp4")).exists();
    write("a.mp4", "mended");
    rounds(watch);
    assertThat(tries[0]).isEqualTo(2);
  }

  @Test
  void twoInputsDoNotShareAnOutput() throws IOException {
    write("a.avi", "one");
    write("a.mp4", "two");
    rounds(watch(new Originals.Keep()));
    assertThat(out.resolve("a.mp4")).hasContent("one!");
    assertThat(heard).hasSize(2).last().asString().contains("exists already");
  }

  @Test
  void whatWasMadeBesideItsOriginalIsLeftAloneAndToldOfOnce() throws IOException {
    write("a.mp4", "one");
    Path redacted = paper.redactBeside(in.resolve("a.mp4"));
    Watch watch = watch(new Originals.Keep());
    rounds(watch);
    rounds(watch);
    assertThat(heard).hasSize(2).last().isEqualTo("done a.mp4");
    assertThat(heard.get(0)).startsWith(redacted + " is left alone, since Efface made it");
    write("a.redacted.mp4", "other footage of this name");
    rounds(watch);
    assertThat(heard).hasSize(3).last().isEqualTo("done a.redacted.mp4");
  }

  @Test
  void whereTheOriginalIsGoneItsRedactionIsFootage() throws IOException {
    write("a.mp4", "one");
    paper.redactBeside(in.resolve("a.mp4"));
    Files.delete(in.resolve("a.mp4"));
    rounds(watch(new Originals.Keep()));
    assertThat(heard).containsExactly("done a.redacted.mp4");
  }

  @Test
  void aStopEndsTheLookAtEarlierRedactions() throws IOException {
    write("a.mp4", "one");
    paper.redactBeside(in.resolve("a.mp4"));
    Arrivals stopped =
        arrivals(
            () -> {
              throw new CancellationException();
            });
    Watch watch = new Watch(stopped, this::items, run(paper::redact), new Originals.Keep());
    assertThat(watch.round()).isFalse();
    seconds += 10;
    assertThat(watch.round()).isTrue();
    assertThat(heard).isEmpty();
  }

  @Test
  void beingCancelledStopsTheWatch() throws IOException {
    write("a.mp4", "one");
    BatchRun run =
        run(
            (job, progress) -> {
              throw new CancellationException();
            });
    Watch watch = new Watch(arrivals(), this::items, run, new Originals.Delete());
    watch.round();
    seconds += 10;
    assertThat(watch.round()).isTrue();
    assertThat(in.resolve("a.mp4")).exists();
  }

  /** A run during which each input becomes another. */
  private BatchRun changingInputs() {
    return run(
        (job, progress) -> {
          Outcome.Redacted outcome = paper.redact(job, progress);
          write(job.input());
          return outcome;
        });
  }

  private static void write(Path file) {
    try {
      Files.writeString(file, "other");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void rounds(Watch watch) {
    watch.round();
    seconds += 10;
    watch.round();
    seconds += 10;
    watch.round();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(in.resolve(name), text);
  }

  private Watch watch(Originals originals) {
    return new Watch(arrivals(), this::items, run(paper::redact), originals);
  }

  private Arrivals arrivals() {
    return arrivals(() -> {});
  }

  private Arrivals arrivals(Runnable everyBlock) {
    return new Arrivals(
        in, List.of(out), Duration.ofSeconds(10), () -> seconds * 1_000_000_000L, everyBlock);
  }

  private BatchRun run(Redaction redaction) {
    return new BatchRun(
        out,
        journal,
        redaction,
        List.of(PaperRedaction.MODEL),
        /* force= */ false,
        /* replaceable= */ output -> false,
        1,
        new Hearing());
  }

  private List<Item> items(List<Source> sources, int first) {
    List<Item> items = new ArrayList<>();
    for (Source source : sources) {
      String name = source.place().toString().replaceAll("\\.\\w+$", ".mp4");
      Path output = out.resolve(name);
      items.add(
          new Item(
              first + items.size(),
              name,
              new RedactionJob(
                  source.file(),
                  output,
                  DetectionOptions.defaults(),
                  RenderOptions.defaults(),
                  false,
                  Optional.of(ReportRequest.beside(output)))));
    }
    return items;
  }

  private final class Hearing implements BatchListener {
    @Override
    public Progress started(Item item) {
      return Progress.NONE;
    }

    @Override
    public void remark(String line) {
      heard.add(line);
    }

    @Override
    public void ended(Item item, Ending ending) {
      if (ending instanceof Ending.Done) {
        heard.add("done " + item.label());
      } else if (ending instanceof Ending.Skipped) {
        heard.add("skipped " + item.label());
      } else if (ending instanceof Ending.Failed failed) {
        heard.add(failed.failure().message());
      }
    }
  }
}
