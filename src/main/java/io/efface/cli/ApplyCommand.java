package io.efface.cli;

import io.efface.manifest.ManifestCodec;
import io.efface.pipeline.ApplyJob;
import io.efface.pipeline.JobException;
import io.efface.pipeline.RenderOptions;
import io.efface.pipeline.ReportRequest;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
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

/** {@code efface apply MANIFEST [IN] -o OUT}: destroys what a manifest says. */
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description = "Destroy what a manifest says, in the footage that it was made from.")
final class ApplyCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Spec private @Nullable CommandSpec spec;
  @ParentCommand private @Nullable RootCommand root;

  @Parameters(index = "0", paramLabel = "MANIFEST", description = "What 'detect' has written.")
  private @Nullable Path manifest;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "IN",
      description = "The footage (default: the manifest's, looked for beside the manifest).")
  private @Nullable Path input;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT",
      description = "The file to make; its name decides the container.")
  private @Nullable Path output;

  @Option(
      names = "--any-input",
      description = "Take footage with another SHA-256 than the manifest's.")
  private boolean anyInput;

  @Mixin private EditingMixin editing = new EditingMixin();
  @Mixin private RenderMixin render = new RenderMixin();
  @Mixin private ReportMixin report = new ReportMixin();
  @Mixin private ResultMixin result = new ResultMixin();

  ApplyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Path from = Objects.requireNonNull(manifest, "picocli demands the parameter");
    Path to = Objects.requireNonNull(output, "picocli demands the option");
    refuseSwapped(from);
    RenderOptions options = render.options();
    render.checkOutput(to);
    Optional<ReportRequest> reports = report.of(to, 1);
    List<Path> read = new ArrayList<>(List.of(from));
    if (input != null) {
      read.add(input);
    }
    report.inputs().forEach(read::add);
    editing.inputs().forEach(read::add);
    Commands.checkFiles(
        spec, read, Stream.concat(Commands.outputs(to, reports), editing.outputs()).toList());
    Batch batch = Commands.batch(surroundings, spec, root, result);
    batch.run(
        input == null ? from : input,
        progress ->
            surroundings
                .runner()
                .apply(
                    new ApplyJob(
                        from,
                        input == null ? recordedInput(from) : input,
                        anyInput,
                        to,
                        options,
                        result.overwrite(),
                        reports,
                        editing.options(1),
                        render.usualMargin()),
                    progress));
    return batch.exit().code();
  }

  private void refuseSwapped(Path from) {
    if (input != null && isNamedJson(input) && !isNamedJson(from)) {
      throw Usage.error(
          spec, from + " is no manifest by its name, and " + input + " is; MANIFEST comes first");
    }
  }

  private static boolean isNamedJson(Path file) {
    return OutputNames.fileName(file).toLowerCase(Locale.ROOT).endsWith(".json");
  }

  /** The file beside the manifest that has the name of the manifest's input. */
  private static Path recordedInput(Path manifest) {
    String name = ManifestCodec.read(manifest).input().file().name();
    try {
      Path path = Path.of(name);
      // On some systems more than the slash parts folders; a manifest must not lead elsewhere.
      if (path.getNameCount() == 1 && !path.isAbsolute()) {
        return manifest.resolveSibling(path);
      }
    } catch (InvalidPathException e) {
      // Falls through: the name is none here, so a person has to say which file is meant.
    }
    throw new JobException(
        manifest + ": its input's name is no file's name here; name the input yourself");
  }
}
