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

  /**
   * Scores to work with.
   *
   * @param startScore a track needs one detection at least this sure
   * @param continueScore a detection at least this sure continues a track
   * @param typicalScore what a track's detections must come to, at least {@code continueScore}
   * @param largeScore the same for large objects, at least {@code typicalScore}
   */
  public record OperatingPoint(
      double startScore, double continueScore, double typicalScore, double largeScore) {

    /** Checks ranges and order. */
    public OperatingPoint {
      if (!(0 < continueScore
          && continueScore <= startScore
          && startScore <= 1
          && continueScore <= typicalScore
          && typicalScore <= largeScore
          && largeScore <= 1)) {
        throw new IllegalArgumentException(
            continueScore + " to " + startScore + ", " + typicalScore + ", large " + largeScore);
      }
    }

    /** Asks no more of a track than one sure detection. */
    public OperatingPoint(double startScore, double continueScore) {
      this(startScore, continueScore, continueScore, continueScore);
    }
  }

  /** Copies the collections and checks that each class has its scores. */
  public ModelSpec {
    labels = List.copyOf(labels);
    operatingPoints = Map.copyOf(operatingPoints);
    if (labels.isEmpty() || !operatingPoints.keySet().containsAll(labels)) {
      throw new IllegalArgumentException(labels + " with scores for " + operatingPoints.keySet());
    }
  }

  /**
   * Score that a track needs once.
   *
   * @throws IllegalArgumentException if the model does not know the class
   */
  public double startScore(Label label) {
    return operatingPoint(label).startScore();
  }

  /**
   * Score that continues a track.
   *
   * @throws IllegalArgumentException if the model does not know the class
   */
  public double continueScore(Label label) {
    return operatingPoint(label).continueScore();
  }

  /**
   * What a track's scores must come to.
   *
   * @throws IllegalArgumentException if the model does not know the class
   */
  public double typicalScore(Label label) {
    return operatingPoint(label).typicalScore();
  }

  /**
   * What a large object's scores must come to.
   *
   * @throws IllegalArgumentException if the model does not know the class
   */
  public double largeScore(Label label) {
    return operatingPoint(label).largeScore();
  }

  private OperatingPoint operatingPoint(Label label) {
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
