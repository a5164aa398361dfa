package io.efface.cli;

import io.efface.audit.OutputAudit;
import io.efface.batch.Arrivals;
import io.efface.batch.BatchRun;
import io.efface.batch.Item;
import io.efface.batch.Journal;
import io.efface.batch.Naming;
import io.efface.batch.Originals;
import io.efface.batch.Source;
import io.efface.batch.Watch;
import io.efface.detect.DetectionException;
import io.efface.isolation.Limits;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.JobException;
import io.efface.pipeline.Leftovers;
import io.efface.pipeline.ReportRequest;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code efface watch IN OUT}: redacts what arrives in a folder, until it is stopped. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = "Redact footage that arrives in a folder and below it, until stopped.")
final class WatchCommand implements Callable<Integer> {
  private static final long MOST_SECONDS = 86_400;

  /** What becomes of originals. */
  enum Fate {
    KEEP,
    MOVE,
    DELETE
  }

  private final Surroundings surroundings;
  @Spec private @Nullable CommandSpec spec;
  @ParentCommand private @Nullable RootCommand root;

  @Parameters(index = "0", paramLabel = "IN", description = "The folder that footage arrives in.")
  private Path in = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description = "The folder for outputs, made if it is not there.")
  private Path out = Path.of("");

  @Option(
      names = "--original",
      paramLabel = "keep|move|delete",
      description =
          "What becomes of an original whose output is whole: it stays, is moved to --done, or is"
              + " deleted if every check of a full audit passed (default: ${DEFAULT-VALUE}).",
      defaultValue = "keep")
  private Fate original = Fate.KEEP;

  @Option(names = "--done", paramLabel = "DIR", description = "Where originals are moved to.")
  private @Nullable Path done;

  @Option(
      names = "--rest",
      paramLabel = "SECONDS",
      description =
          "How long a file must not have grown to count as complete (default: ${DEFAULT-VALUE}).",
      defaultValue = "10")
  private long rest;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      description = "Time between two looks (default: ${DEFAULT-VALUE}).",
      defaultValue = "2")
  private long interval;

  @Mixin private DetectionMixin detection = new DetectionMixin();
  @Mixin private RenderMixin render = new RenderMixin();
  @Mixin private ReportMixin report = new ReportMixin();
  @Mixin private BatchMixin batch = new BatchMixin();
  @Mixin private IsolationMixin isolation = new IsolationMixin();
  @Mixin private ResultMixin result = new ResultMixin();

  WatchCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    check();
    try {
      return watch().code();
    } catch (JobException | DetectionException e) {
      return Commands.failed(surroundings, spec, root, result, in, e).code();
    }
  }

  private void check() {
    if ((original == Fate.MOVE) != (done != null)) {
      throw Usage.error(spec, "--original move and --done DIR go together");
    }
    if (original == Fate.DELETE && render.options().audit().level() != OutputAudit.Level.FULL) {
      throw Usage.error(spec, "originals are deleted after a full audit only; leave --audit full");
    }
    if (rest < 0 || rest > MOST_SECONDS || interval < 1 || interval > MOST_SECONDS) {
      throw Usage.error(spec, "--rest is 0 to 86400 seconds, and --interval at least 1");
    }
    checkFolders();
    if (batch.naming(out) instanceof Naming.Counted) {
      throw Usage.error(spec, "what arrives cannot be counted ahead; use --rename hash:KEYFILE");
    }
    if (detection.options().classes().isEmpty()) {
      throw Usage.error(spec, "with --classes none there is nothing to look for in what arrives");
    }
    if (!report.of(out, 2).map(request -> request.format().json()).orElse(false)) {
      throw Usage.error(spec, "watch tells by the JSON reports what it has done; leave them on");
    }
  }

  /** What goes to one of the folders must not count as what another is for. */
  private void checkFolders() {
    if (!Files.isDirectory(in)) {
      throw Usage.error(spec, in + " is no folder");
    }
    if (Folders.same(out, in)) {
      throw Usage.error(spec, "outputs cannot go to the folder that is watched");
    }
    render.checkFolder(out);
    if (render.quarantine().filter(folder -> Folders.same(folder, in)).isPresent()) {
      throw Usage.error(spec, "what fails its audit cannot go to the folder that is watched");
    }
    if (done != null
        && (Folders.isWithin(done, out)
            || Folders.isWithin(out, done)
            || Folders.isWithin(in, done))) {
      throw Usage.error(
          spec,
          "--done "
              + done
              + " would put originals among outputs or arrivals; name a folder that does not lie in"
              + " the one for outputs and holds neither of the two");
    }
  }

  // What listens is closed, never called.
  @SuppressWarnings("try")
  private ExitCode watch() {
    DetectionOptions detectionOptions = detection.options();
    FolderJobs jobs =
        new FolderJobs(
            out,
            detectionOptions,
            render.options(detectionOptions.recall().margin()),
            result.overwrite(),
            path -> Optional.of(request(path)),
            batch.naming(out));
    List<String> models = jobs.models(surroundings.models());
    Optional<Limits> limits = isolation.limits(2);
    Optional<Path> logFile =
        batch.log(out, Stream.concat(detection.inputs(), report.inputs()).toList(), List.of());
    jobs.naming().keep();
    CountDownLatch stop = new CountDownLatch(1);
    try (Journal journal = Journal.open(out, Clock.systemUTC());
        BatchLog log = BatchLog.open(logFile, Clock.systemUTC());
        Interruption.Listening listening = surroundings.interruption().listen(stop::countDown);
        JobSlots slots =
            JobSlots.open(surroundings, limits, List.of(in), jobs.detection().model(), out)) {
      Leftovers.removeBelow(out);
      BatchLines lines =
          Commands.batchLines(surroundings, spec, root, result, isolation.slots(), log);
      BatchRun run =
          new BatchRun(
              out,
              journal,
              slots.redaction(),
              models,
              batch.force(),
              /* replaceable= */ output -> false,
              isolation.slots(),
              lines);
      Watch watch =
          new Watch(
              arrivals(), (sources, first) -> items(jobs, lines, sources, first), run, originals());
      if (!result.quiet() && !result.json()) {
        err().print(SafeText.of("watching " + in + ", Ctrl-C stops") + "\n");
        err().flush();
      }
      try {
        boolean stopped = false;
        while (!stopped) {
          stopped = watch.round() || stop.await(interval, TimeUnit.SECONDS);
        }
        lines.finish();
      } catch (JobException | DetectionException e) {
        lines.broken(surroundings.interruption().failure(in, e));
      }
      return lines.exit();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private ReportRequest request(Path output) {
    return report.of(output, 2).orElseThrow();
  }

  private static List<Item> items(
      FolderJobs jobs, BatchLines lines, List<Source> sources, int first) {
    List<Item> items = jobs.items(sources, first);
    lines.expect(items);
    return items;
  }

  private Arrivals arrivals() {
    List<Path> leftOut = new ArrayList<>(List.of(out));
    if (done != null) {
      leftOut.add(done);
    }
    render.quarantine().ifPresent(leftOut::add);
    return new Arrivals(
        in,
        leftOut,
        Duration.ofSeconds(rest),
        System::nanoTime,
        surroundings.interruption()::refuseStopped);
  }

  private Originals originals() {
    return switch (original) {
      case KEEP -> new Originals.Keep();
      case MOVE -> new Originals.Move(Objects.requireNonNull(done, "checked before"));
      case DELETE -> new Originals.Delete();
    };
  }

  private PrintWriter err() {
    return Commands.line(spec).getErr();
  }
}
