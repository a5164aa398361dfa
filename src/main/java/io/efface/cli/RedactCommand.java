package io.efface.cli;

import io.efface.batch.Claims;
import io.efface.batch.Forecast;
import io.efface.batch.Gathering;
import io.efface.batch.Item;
import io.efface.batch.JournalReader;
import io.efface.batch.PassedOver;
import io.efface.batch.Sources;
import io.efface.detect.DetectionException;
import io.efface.isolation.Limits;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.Editing;
import io.efface.pipeline.JobException;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RenderOptions;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code efface redact IN… [-o OUT | -d DIR]}: finds, follows and destroys, one file or many. */
@Command(
    name = "redact",
    mixinStandardHelpOptions = true,
    description = "Find faces and plates, follow them and destroy their pixels.")
final class RedactCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Spec private @Nullable CommandSpec spec;
  @ParentCommand private @Nullable RootCommand root;

  @Parameters(
      arity = "1..*",
      paramLabel = "IN",
      description =
          "Videos or stills; with -d also folders with all below them, patterns, @FILE for a list"
              + " (a path a line) and - for a list on standard input.")
  private List<String> inputs = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "The file to make; its name decides the container.")
  private @Nullable Path output;

  @Option(
      names = {"-d", "--output-dir"},
      paramLabel = "DIR",
      description =
          "Folder for the outputs, made if it is not there; what is finished in it is not done"
              + " again (default: NAME.redacted.EXT beside the input).")
  private @Nullable Path folder;

  @Option(
      names = "--dry-run",
      description =
          "Say what would be done with -d, how long the films are and about how long it takes.")
  private boolean dryRun;

  @Mixin private DetectionMixin detection = new DetectionMixin();
  @Mixin private EditingMixin editing = new EditingMixin();
  @Mixin private RenderMixin render = new RenderMixin();
  @Mixin private ReportMixin report = new ReportMixin();
  @Mixin private BatchMixin batch = new BatchMixin();
  @Mixin private IsolationMixin isolation = new IsolationMixin();
  @Mixin private ResultMixin result = new ResultMixin();

  RedactCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (output != null && folder != null) {
      throw Usage.error(spec, "--output and --output-dir exclude each other");
    }
    if (folder == null) {
      return single().code();
    }
    try {
      return many(folder).code();
    } catch (JobException | DetectionException | CancellationException e) {
      return Commands.failed(surroundings, spec, root, result, folder, e).code();
    }
  }

  private ExitCode single() {
    if (dryRun || batch.given() || isolation.given()) {
      throw Usage.error(
          spec,
          "--dry-run, --force, --rename, --log, --jobs, --isolate and limits go with a folder for"
              + " outputs; add -d DIR");
    }
    if (output != null && inputs.size() > 1) {
      throw Usage.error(
          spec, "--output names one file, but there are " + inputs.size() + " inputs; use -d DIR");
    }
    DetectionOptions detectionOptions = detection.options();
    RenderOptions renderOptions = render.options(detectionOptions.recall().margin());
    Editing editingOptions = editing.options(inputs.size());
    List<RedactionJob> jobs = new ArrayList<>();
    for (String word : inputs) {
      Path input = Path.of(word);
      Path to = output == null ? input.resolveSibling(OutputNames.redacted(input)) : output;
      jobs.add(
          Usage.checked(
              spec,
              () ->
                  new RedactionJob(
                      input,
                      to,
                      detectionOptions,
                      renderOptions,
                      result.overwrite(),
                      report.of(to, inputs.size()),
                      editingOptions)));
    }
    checkFiles(jobs);
    Batch one = Commands.batch(surroundings, spec, root, result);
    for (RedactionJob job : jobs) {
      one.run(
          job.input(),
          progress -> {
            refuseSeveral(job.input());
            return surroundings.runner().redact(job, progress);
          });
    }
    return one.exit();
  }

  /** Refuses an input that means several files, for which there must be a folder. */
  private void refuseSeveral(Path input) {
    String word = input.toString();
    boolean pattern = (word.contains("*") || word.contains("?")) && !Files.exists(input);
    if (pattern || Files.isDirectory(input)) {
      throw new JobException(
          word
              + (pattern ? ": is no file but a pattern" : ": is a folder")
              + "; add -d DIR for the outputs"
              + (output == null ? "" : " in place of -o"));
    }
  }

  private static boolean isFolder(String word) {
    try {
      return Files.isDirectory(Path.of(word));
    } catch (InvalidPathException e) {
      // Told when its turn comes, as what is not there is.
      return false;
    }
  }

  private ExitCode many(Path to) {
    DetectionOptions detectionOptions = detection.options();
    if (editing.given() || detectionOptions.classes().isEmpty()) {
      throw Usage.error(
          spec,
          "--edits, --save-manifest and --classes none do not go with a folder for outputs; use -o"
              + " FILE instead of -d DIR");
    }
    render.checkFolder(to);
    for (String word : inputs) {
      if (!word.equals("-") && isFolder(word)) {
        refuseSame(Path.of(word), to);
      }
    }
    Sources sources = surroundings.interruption().await(() -> gathered(to));
    if (sources.files().isEmpty()) {
      throw new JobException(
          String.join(", ", inputs)
              + ": holds no footage by its names"
              + (sources.passedOver().isEmpty()
                  ? ""
                  : " (left alone: " + sources.passedOver().size() + ")")
              + "; name the files themselves if they are some");
    }
    tellRedactions(sources.passedOver());
    FolderJobs jobs =
        new FolderJobs(
            to,
            detectionOptions,
            render.options(detectionOptions.recall().margin()),
            result.overwrite(),
            path -> report.of(path, sources.files().size()),
            batch.naming(to));
    List<Item> items = jobs.items(sources.files());
    List<RedactionJob> redactions = items.stream().map(Item::job).toList();
    checkFiles(redactions);
    List<String> models = jobs.models(surroundings.models());
    Set<Path> readable = new LinkedHashSet<>();
    items.forEach(item -> readable.add(item.input()));
    Path writable = dryRun ? Path.of(System.getProperty("java.io.tmpdir")) : to;
    String model = jobs.detection().model();
    Optional<Limits> limits = isolation.limits(items.size());
    Optional<Path> log = batch.log(to, read(redactions), written(redactions));
    if (!dryRun) {
      jobs.naming().keep();
    }
    try (JobSlots slots = JobSlots.open(surroundings, limits, readable, model, writable)) {
      return dryRun
          ? planned(sources, jobs, items, models, slots)
          : many(sources, jobs, items, models, slots, log);
    }
  }

  /** All inputs; lists may come through a pipe that nobody writes to. */
  private Sources gathered(Path to) {
    Gathering gathering =
        new Gathering(
            surroundings.input(),
            Stream.concat(Stream.of(to), render.quarantine().stream()).toList(),
            surroundings.interruption()::refuseStopped);
    inputs.forEach(gathering::add);
    return gathering.sources();
  }

  private void tellRedactions(List<PassedOver> passedOver) {
    List<Path> redactions =
        passedOver.stream()
            .filter(one -> one.why().equals(PassedOver.REDACTION))
            .map(PassedOver::file)
            .toList();
    if (!redactions.isEmpty() && !result.quiet()) {
      int others = redactions.size() - 1;
      String many = " and " + others + " more are left alone, since Efface made them of originals";
      Failures.print(
          err(),
          redactions.get(0)
              + (others == 0 ? " is left alone, since Efface made it of an original" : many)
              + " beside; to redact one again, name the file itself");
    }
  }

  private void refuseSame(Path input, Path to) {
    if (Folders.same(input, to)) {
      throw Usage.error(
          spec, "the folder for outputs, " + to + ", is the input; name another one with -d");
    }
  }

  private ExitCode planned(
      Sources sources, FolderJobs jobs, List<Item> items, List<String> models, JobSlots slots) {
    List<PassedOver> faults = sources.passedOver().stream().filter(PassedOver::fault).toList();
    faults.forEach(fault -> Failures.print(err(), fault.file() + ": " + fault.why()));
    if (!jobs.naming().lasts()) {
      Failures.print(err(), "the key is not there yet: a run makes it, and other names by it");
    }
    List<Forecast> forecasts = jobs.forecast(items, models, batch.force(), slots);
    new DryRun(out(), result.json())
        .print(forecasts, JournalReader.framesASecond(jobs.folder()), isolation.slots());
    boolean refused = forecasts.stream().anyMatch(f -> f.fate() == Forecast.Fate.REFUSE);
    return refused || !faults.isEmpty() ? ExitCode.FAILED : ExitCode.DONE;
  }

  private ExitCode many(
      Sources sources,
      FolderJobs jobs,
      List<Item> items,
      List<String> models,
      JobSlots slots,
      Optional<Path> logFile) {
    try (BatchLog log = BatchLog.open(logFile, Clock.systemUTC())) {
      BatchLines lines =
          Commands.batchLines(surroundings, spec, root, result, isolation.slots(), log);
      lines.expect(items);
      lines.passedOver(sources.passedOver());
      try {
        jobs.run(items, models, slots.redaction(), batch.force(), isolation.slots(), lines);
        lines.finish();
      } catch (JobException | DetectionException e) {
        lines.broken(surroundings.interruption().failure(jobs.folder(), e));
      }
      return lines.exit();
    }
  }

  private void checkFiles(List<RedactionJob> jobs) {
    jobs.forEach(job -> render.checkOutput(job.output()));
    Optional<String> collision = Claims.collision(jobs);
    if (collision.isPresent()) {
      throw Usage.error(spec, collision.get() + otherwise());
    }
    Commands.checkFiles(spec, read(jobs), written(jobs));
  }

  private String otherwise() {
    return folder == null
        ? "; redact one of them by itself and name its output with -o"
        : "; add --rename counter, or redact one of them into another folder";
  }

  private List<Path> read(List<RedactionJob> jobs) {
    return Stream.of(
            jobs.stream().map(RedactionJob::input),
            detection.inputs(),
            report.inputs(),
            editing.inputs())
        .flatMap(files -> files)
        .toList();
  }

  private List<Path> written(List<RedactionJob> jobs) {
    return Stream.concat(
            jobs.stream().flatMap(job -> Commands.outputs(job.output(), job.report())),
            editing.outputs())
        .toList();
  }

  private PrintWriter err() {
    return Commands.line(spec).getErr();
  }

  private PrintWriter out() {
    return Commands.line(spec).getOut();
  }
}
