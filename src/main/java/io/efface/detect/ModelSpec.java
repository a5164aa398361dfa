package io.efface.detect;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a model: who it is, what it wants to see and how its scores are to be taken.
 *
 * @param name the file's name without {@code .onnx}
 * @param sha256 of the file, lower-case hexadecimal
 * @param family the kind of network
 * @param input name of the input tensor
 * @param fixedSize the one input size the network takes; empty if any multiple of 32 will do
 * @param labels the classes it finds, each once
 * @param operatingPoints scores to work with, one for each class
 */
public record ModelSpec(
    String name,
    String sha256,
    ModelFamily family,
    String input,
    Optional<InputSize> fixedSize,
    List<Label> labels,
    Map<Label, OperatingPoint> operatingPoints) {

  /**
   * Size of a network's input.
   *
   * @param width pixels a row
   * @param height rows
   */
  public record InputSize(int width, int height) {}

  /** Copies the collections and checks that each class has its scores. */
  public ModelSpec {
    labels = List.copyOf(labels);
    operatingPoints = Map.copyOf(operatingPoints);
    if (labels.isEmpty() || !operatingPoints.keySet().containsAll(labels)) {
      throw new IllegalArgumentException(labels + " with scores for " + operatingPoints.keySet());
    }
  }

  /**
   * The scores that a class's detections are judged by.
   *
   * @throws IllegalArgumentException if the model does not know the class
   */
  public OperatingPoint operatingPoint(Label label) {
    OperatingPoint point = operatingPoints.get(label);
    if (point == null) {
      throw new IllegalArgumentException("model " + name + " does not find class " + label.id());
    }
    return point;
  }

  /**
   * The same model with the operating points that its file states: a model knows its own scores
   * better than its family does.
   *
   * @param metadata the file's fields; {@code efface.CLASS.start}, {@code efface.CLASS.continue}
   *     and, where tracks need more than one sure detection, {@code efface.CLASS.typical} and
   *     {@code efface.CLASS.large} count, others do not
   * @throws DetectionException if a score is no number or out of range
   */
  ModelSpec withScores(Map<String, String> metadata) {
    Map<Label, OperatingPoint> points = new EnumMap<>(Label.class);
    points.putAll(operatingPoints);
    for (Label label : labels) {
      String start = metadata.get("efface." + label.id() + ".start");
      String lower = metadata.get("efface." + label.id() + ".continue");
      if (start != null && lower != null) {
        try {
          String typical = metadata.getOrDefault("efface." + label.id() + ".typical", lower);
          String large = metadata.getOrDefault("efface." + label.id() + ".large", typical);
          points.put(
              label,
              new OperatingPoint(
                  Double.parseDouble(start),
                  Double.parseDouble(lower),
                  Double.parseDouble(typical),
                  Double.parseDouble(large)));
        } catch (IllegalArgumentException e) {
          throw new DetectionException(
              "model '" + name + "' states scores that cannot be: " + start + ", " + lower, e);
        }
      }
    }
    return new ModelSpec(name, sha256, family, input, fixedSize, labels, points);
  }
}
