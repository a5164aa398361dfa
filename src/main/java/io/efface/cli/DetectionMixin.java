package io.efface.cli;

import io.efface.detect.Device;
import io.efface.detect.Label;
import io.efface.detect.ModelSource;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.RecallPreset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what is looked for. */
final class DetectionMixin {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--classes",
      split = ",",
      paramLabel = "CLASS",
      description = "What to look for: face, plate (default: both), or none but what --edits says.")
  private List<ClassChoice> classes = List.of(ClassChoice.FACE, ClassChoice.PLATE);

  @Option(
      names = "--min-score",
      paramLabel = "SCORE",
      description =
          "The score a track needs to count, above 0 to 1 (default: the model's, lowered by"
              + " --recall).")
  private @Nullable Double minScore;

  @Option(
      names = "--model",
      paramLabel = "NAME|FILE",
      description =
          "A model of 'efface models list' or an ONNX file, with :face or :plate behind it where"
              + " it does not tell what it finds (default: ${DEFAULT-VALUE}).",
      defaultValue = DetectionOptions.DEFAULT_MODEL)
  private String model = DetectionOptions.DEFAULT_MODEL;

  @Option(
      names = "--detect-size",
      paramLabel = "PX",
      description =
          "Longest side of the detector's input, a multiple of 32 (default: by --recall, 1280).")
  private @Nullable Integer detectSize;

  @Option(
      names = "--recall",
      paramLabel = "fast|balanced|thorough|paranoid",
      description =
          "How hard to look: the more is found, the longer it takes and the more is covered for"
              + " nothing (default: balanced).",
      defaultValue = "balanced")
  private RecallPreset recall = RecallPreset.BALANCED;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|cuda|...",
      description =
          "What networks run on: cuda, rocm or directml where ONNX Runtime has them and they work,"
              + " else the processor (auto); cpu; or by name also tensorrt, coreml, openvino"
              + " (default: ${DEFAULT-VALUE}).",
      defaultValue = "auto")
  private Device device = Device.AUTO;

  /**
   * The options as given.
   *
   * @throws ParameterException if one is out of range
   */
  DetectionOptions options() {
    OptionalDouble score =
        minScore == null ? OptionalDouble.empty() : OptionalDouble.of(minScore.doubleValue());
    Set<Label> wanted = ClassChoice.labels(spec, classes);
    int size = detectSize == null ? recall.detectSize() : detectSize;
    return Usage.checked(
        spec, () -> new DetectionOptions(model, size, wanted, score, recall, device));
  }

  /** The files that must stay as they are. */
  Stream<Path> inputs() {
    return modelFiles(model);
  }

  /** The files among some models, as {@code --model} names them. */
  static Stream<Path> modelFiles(String models) {
    return Stream.of(models.split(",", -1))
        .map(word -> ModelSource.file(word.strip()))
        .filter(Files::isRegularFile);
  }
}
