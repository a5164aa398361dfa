package io.efface.cli;

import io.efface.pipeline.DetectJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/** {@code efface detect IN [-o MANIFEST] [--csv FILE]}: finds and follows, destroys nothing. */
@Command(
    name = "detect",
    mixinStandardHelpOptions = true,
    description = "Find faces and plates and write what was found, without rendering.")
final class DetectCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Spec private @Nullable CommandSpec spec;
  @ParentCommand private @Nullable RootCommand root;

  @Parameters(
      paramLabel = "IN",
      description = "A video, a still, or with --csv a folder of stills.")
  private @Nullable Path input;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "MANIFEST",
      description = "The manifest to write (default without --csv: NAME.EXT.manifest.json).")
  private @Nullable Path output;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Raw detections to write: image,x,y,w,h,score,class.")
  private @Nullable Path csv;

  @Option(
      names = "--allow-truncated",
      description = "Take a file that ends in the middle as far as it goes.")
  private boolean allowTruncated;

  @Mixin private DetectionMixin detection = new DetectionMixin();
  @Mixin private ResultMixin result = new ResultMixin();

  DetectCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    DetectJob job = job();
    List<Path> outputs = Stream.concat(job.manifest().stream(), job.csv().stream()).toList();
    Commands.checkFiles(
        spec, Stream.concat(Stream.of(job.input()), detection.inputs()).toList(), outputs);
    if (Files.isDirectory(job.input())) {
      Commands.checkPictures(spec, job.input(), outputs);
    }
    Batch batch = Commands.batch(surroundings, spec, root, result);
    batch.run(job.input(), progress -> surroundings.runner().detect(job, progress));
    return batch.exit().code();
  }

  private DetectJob job() {
    Path in = Objects.requireNonNull(input, "picocli demands the parameter");
    if (Files.isDirectory(in) && (csv == null || output != null)) {
      throw Usage.error(spec, in + " is a folder: give --csv FILE and no manifest");
    }
    Optional<Path> manifest =
        output == null && csv == null
            ? Optional.of(in.resolveSibling(OutputNames.manifest(in)))
            : Optional.ofNullable(output);
    return Usage.checked(
        spec,
        () ->
            new DetectJob(
                in,
                detection.options(),
                allowTruncated,
                manifest,
                Optional.ofNullable(csv),
                result.overwrite()));
  }
}
