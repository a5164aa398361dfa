package io.efface.cli;

import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.Editing;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RenderOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code efface redact IN… [-o OUT | -d DIR]}: finds, follows and destroys. */
@Command(
    name = "redact",
    mixinStandardHelpOptions = true,
    description = "Find faces and plates, follow them and destroy their pixels.")
final class RedactCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Spec private @Nullable CommandSpec spec;
  @ParentCommand private @Nullable RootCommand root;

  @Parameters(arity = "1..*", paramLabel = "IN", description = "Videos or stills.")
  private List<Path> inputs = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "The file to make; its name decides the container.")
  private @Nullable Path output;

  @Option(
      names = {"-d", "--output-dir"},
      paramLabel = "DIR",
      description =
          "Folder for the outputs, made if it is not there (default: NAME.redacted.EXT beside the"
              + " input).")
  private @Nullable Path folder;

  @Mixin private DetectionMixin detection = new DetectionMixin();
  @Mixin private EditingMixin editing = new EditingMixin();
  @Mixin private RenderMixin render = new RenderMixin();
  @Mixin private ReportMixin report = new ReportMixin();
  @Mixin private ResultMixin result = new ResultMixin();

  RedactCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    List<RedactionJob> jobs = jobs();
    Commands.checkFiles(
        spec,
        Stream.of(jobs.stream().map(RedactionJob::input), report.inputs(), editing.inputs())
            .flatMap(files -> files)
            .toList(),
        Stream.concat(
                jobs.stream().flatMap(job -> Commands.outputs(job.output(), job.report())),
                editing.outputs())
            .toList());
    Batch batch = Commands.batch(surroundings, spec, root, result);
    for (RedactionJob job : jobs) {
      batch.run(
          job.input(),
          progress -> {
            if (folder != null) {
              Commands.makeFolder(folder);
            }
            return surroundings.runner().redact(job, progress);
          });
    }
    return batch.exit().code();
  }

  private List<RedactionJob> jobs() {
    if (output != null && folder != null) {
      throw Usage.error(spec, "--output and --output-dir exclude each other");
    }
    if (output != null && inputs.size() > 1) {
      throw Usage.error(
          spec, "--output names one file, but there are " + inputs.size() + " inputs; use -d DIR");
    }
    DetectionOptions detectionOptions = detection.options();
    RenderOptions renderOptions = render.options(detectionOptions.recall().margin());
    Editing editingOptions = editing.options(inputs.size());
    List<RedactionJob> jobs = new ArrayList<>();
    for (Path input : inputs) {
      Path to = output(input);
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
    return jobs;
  }

  private Path output(Path input) {
    if (output != null) {
      return output;
    }
    return folder == null
        ? input.resolveSibling(OutputNames.redacted(input))
        : Objects.requireNonNull(folder).resolve(OutputNames.inFolder(input));
  }
}
