package io.efface.cli;

import io.efface.detect.Label;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.EvalJob;
import io.efface.pipeline.RecallPreset;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code efface eval SET | --video CLIP --truth CSV}: measures against truth. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    description = "Measure the detector on annotated stills, or a redaction on an annotated clip.")
final class EvalCommand implements Callable<Integer> {
  private static final String OWN_SIZE = "own";

  private final Surroundings surroundings;
  @Spec private @Nullable CommandSpec spec;
  @ParentCommand private @Nullable RootCommand root;

  @Parameters(
      arity = "0..1",
      paramLabel = "SET",
      description = "A folder of stills with their gt.csv: image,x,y,w,h,class,ignore.")
  private @Nullable Path set;

  @Option(
      names = "--classes",
      split = ",",
      paramLabel = "CLASS",
      description = "What to look for: face, plate (default: what the truth has).")
  private List<Label> classes = List.of();

  @Option(
      names = "--model",
      paramLabel = "NAME|FILE",
      description = "A shipped model or an ONNX file (default: ${DEFAULT-VALUE}).",
      defaultValue = DetectionOptions.DEFAULT_MODEL)
  private String model = DetectionOptions.DEFAULT_MODEL;

  @Option(
      names = "--detect-size",
      paramLabel = "own|PX",
      description =
          "Longest side of the detector's input: each picture's own, or a multiple of 32 (default:"
              + " own for stills, what 'redact' takes for a clip).")
  private @Nullable String detectSize;

  @Option(
      names = "--recall",
      paramLabel = "fast|balanced|thorough|paranoid",
      description = "How hard to look, with --video (default: balanced).")
  private @Nullable RecallPreset recall;

  @Option(
      names = "--iou",
      paramLabel = "SHARE",
      description =
          "Overlap (intersection over union) from which a box counts as found (default: 0.5 for"
              + " faces, 0.4 for plates).")
  private @Nullable Double leastIou;

  @Option(
      names = "--min-height",
      paramLabel = "PX",
      description = "Ignore boxes that are lower (default: ${DEFAULT-VALUE}).",
      defaultValue = "0")
  private double minHeight;

  @Option(
      names = "--look",
      paramLabel = "carefully|once",
      description =
          "How stills are looked at: as photos are, also mirrored and turned, or as a film's frame"
              + " is (default: carefully).")
  private EvalJob.Stills.@Nullable Look look;

  @Option(
      names = "--detections",
      paramLabel = "FILE",
      description = "Raw detections to write: image,x,y,w,h,score,class.")
  private @Nullable Path detections;

  @Option(
      names = "--video",
      paramLabel = "CLIP",
      description = "A clip to measure a redaction of, instead of SET.")
  private @Nullable Path clip;

  @Option(
      names = "--truth",
      paramLabel = "CSV",
      description = "What stands in the clip: frame,track,x,y,w,h,class,ignore.")
  private @Nullable Path truth;

  @Option(
      names = "--redacted",
      paramLabel = "FILE",
      description = "The redacted clip, by whatever program (default: redacted on the spot).")
  private @Nullable Path redacted;

  @Mixin private ResultMixin result = new ResultMixin();

  EvalCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    EvalJob job = job();
    if (job instanceof EvalJob.Stills stills) {
      List<Path> outputs = stills.detections().stream().toList();
      Path list = stills.input().resolve(EvalJob.Stills.TRUTH);
      Commands.checkFiles(
          spec, Stream.concat(Stream.of(list), DetectionMixin.modelFiles(model)).toList(), outputs);
      Commands.checkPictures(spec, stills.input(), outputs);
    }
    Batch batch = Commands.batch(surroundings, spec, root, result);
    batch.run(job.input(), progress -> surroundings.runner().evaluate(job, progress));
    return batch.exit().code();
  }

  private EvalJob job() {
    if (set != null && clip == null) {
      return stills(set);
    }
    if (set == null && clip != null) {
      return video(clip);
    }
    throw Usage.error(spec, "name either a folder of stills or --video CLIP");
  }

  private EvalJob stills(Path folder) {
    if (truth != null || redacted != null || recall != null) {
      throw Usage.error(spec, "--truth, --redacted and --recall go with --video");
    }
    return Usage.checked(
        spec,
        () ->
            new EvalJob.Stills(
                folder,
                model,
                size(OptionalInt.empty()),
                wanted(),
                leastIou == null ? OptionalDouble.empty() : OptionalDouble.of(leastIou),
                minHeight,
                look == null ? EvalJob.Stills.Look.CAREFULLY : look,
                Optional.ofNullable(detections),
                result.overwrite()));
  }

  private EvalJob video(Path footage) {
    if (truth == null) {
      throw Usage.error(spec, "--video needs --truth CSV, the list of what stands in the clip");
    }
    if (leastIou != null || minHeight != 0 || look != null || detections != null) {
      throw Usage.error(spec, "--iou, --min-height, --look and --detections go with stills");
    }
    Path list = truth;
    RecallPreset hard = recall == null ? RecallPreset.BALANCED : recall;
    OptionalInt usual = OptionalInt.of(hard.detectSize());
    return Usage.checked(
        spec,
        () ->
            new EvalJob.Clip(
                footage,
                list,
                Optional.ofNullable(redacted),
                model,
                size(usual).orElse(DetectionOptions.MOST_DETECT_SIZE),
                wanted(),
                hard));
  }

  private Set<Label> wanted() {
    Set<Label> wanted = EnumSet.noneOf(Label.class);
    wanted.addAll(classes);
    return wanted;
  }

  /**
   * The detector's longest side; empty for the picture's own.
   *
   * @param usual where none is asked for
   * @throws ParameterException if it is neither a number nor {@value #OWN_SIZE}
   */
  private OptionalInt size(OptionalInt usual) {
    if (detectSize == null) {
      return usual;
    }
    if (detectSize.equals(OWN_SIZE)) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(detectSize));
    } catch (NumberFormatException e) {
      throw Usage.error(
          spec, "--detect-size is '" + OWN_SIZE + "' or a multiple of 32, not " + detectSize);
    }
  }
}
