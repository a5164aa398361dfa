package io.efface.pipeline;

import io.efface.detect.Device;
import io.efface.detect.Label;
import io.efface.detect.ModelSource;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What is looked for, and with what.
 *
 * @param model a shipped or fetched model's name or the path of an ONNX file
 * @param detectSize longest side of the detector's input in pixels, a multiple of 32
 * @param classes what to look for; none where a person's edits say all that is destroyed
 * @param minScore the score that a track needs to count, 0 to 1; empty means the model's own, as
 *     lowered by {@code recall}
 * @param recall how hard is looked
 * @param device what networks are to run on
 */
public record DetectionOptions(
    String model,
    int detectSize,
    Set<Label> classes,
    OptionalDouble minScore,
    RecallPreset recall,
    Device device) {

  /** The model where none is asked for. */
  public static final String DEFAULT_MODEL = ModelSource.DEFAULT;

  /** The detector's longest side where none is asked for. */
  public static final int DEFAULT_DETECT_SIZE = 1280;

  /**
   * The largest of the detector's longest sides. Only {@link RecallPreset#PARANOID} enlarges
   * pictures; with the others each is seen at its own size then.
   */
  public static final int MOST_DETECT_SIZE = 8192;

  /** With {@link RecallPreset#BALANCED}. */
  public DetectionOptions(
      String model, int detectSize, Set<Label> classes, OptionalDouble minScore) {
    this(model, detectSize, classes, minScore, RecallPreset.BALANCED);
  }

  /** On {@link Device#AUTO}. */
  public DetectionOptions(
      String model,
      int detectSize,
      Set<Label> classes,
      OptionalDouble minScore,
      RecallPreset recall) {
    this(model, detectSize, classes, minScore, recall, Device.AUTO);
  }

  /** Copies the classes and checks ranges. */
  public DetectionOptions {
    classes = Set.copyOf(classes);
    checkSize(detectSize);
    if (minScore.isPresent() && !(minScore.getAsDouble() > 0 && minScore.getAsDouble() <= 1)) {
      throw new IllegalArgumentException("a score is above 0 and at most 1");
    }
  }

  /** Faces and plates by the default model. */
  public static DetectionOptions defaults() {
    return new DetectionOptions(
        DEFAULT_MODEL, DEFAULT_DETECT_SIZE, Set.of(Label.values()), OptionalDouble.empty());
  }

  /** The same with another score. */
  DetectionOptions withMinScore(OptionalDouble score) {
    return new DetectionOptions(model, detectSize, classes, score, recall, device);
  }

  /** The same with other models. */
  DetectionOptions withModel(String models) {
    return new DetectionOptions(models, detectSize, classes, minScore, recall, device);
  }

  static void checkSize(int detectSize) {
    if (detectSize < 64 || detectSize > MOST_DETECT_SIZE || detectSize % 32 != 0) {
      throw new IllegalArgumentException(
          "the detector's size is a multiple of 32 from 64 to "
              + MOST_DETECT_SIZE
              + ", not "
              + detectSize);
    }
  }
}
