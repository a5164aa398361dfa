package io.efface.detect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of a model: who it is, what it wants to see and how its scores are to be taken.
 *
 * @param name the file's name without {@code .onnx}
 * @param sha256 of the file, lower-case hexadecimal
 * @param family the kind of network
 * @param input name of the input tensor
 * @param fixedSize the one input size the network takes; empty if any multiple of 32 will do
 * @param labels the classes it tells apart, in its order
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

  private static final Pattern OWN_SCORE = Pattern.compile("score(4|8|16|32|64)");

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
   */
  public record OperatingPoint(double startScore, double continueScore) {

    /** Checks ranges and order. */
    public OperatingPoint {
      if (!(0 < continueScore && continueScore <= startScore && startScore <= 1)) {
        throw new IllegalArgumentException(continueScore + " to " + startScore);
      }
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
   * @param metadata the file's fields; {@code efface.CLASS.start} and {@code efface.CLASS.continue}
   *     count, others do not
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
          points.put(
              label, new OperatingPoint(Double.parseDouble(start), Double.parseDouble(lower)));
        } catch (IllegalArgumentException e) {
          throw new DetectionException(
              "model '" + name + "' states scores that cannot be: " + start + ", " + lower, e);
        }
      }
    }
    return new ModelSpec(name, sha256, family, input, fixedSize, labels, points);
  }

  /** A model as recognised: what is known of it and how to read its outputs. */
  record Recognised(ModelSpec spec, OutputDecoder decoder) {

    /** The same with {@link ModelSpec#withScores}. */
    Recognised withScores(Map<String, String> metadata) {
      return new Recognised(spec.withScores(metadata), decoder);
    }
  }

  /**
   * Recognises a model's family by its inputs and outputs.
   *
   * @param source where it came from
   * @param inputs shapes of its inputs by name; −1 for a dimension that is free
   * @param outputs shapes of its outputs by name, in the model's order
   * @throws DetectionException if it is of no known family
   */
  static Recognised recognise(
      ModelSource source, Map<String, long[]> inputs, Map<String, long[]> outputs) {
    if (inputs.size() == 1) {
      String input = inputs.keySet().iterator().next();
      long[] shape = inputs.get(input);
      if (shape != null && shape.length == 4 && shape[1] == 3 && (shape[2] > 0) == (shape[3] > 0)) {
        Optional<InputSize> fixed =
            shape[2] > 0
                ? Optional.of(new InputSize((int) shape[3], (int) shape[2]))
                : Optional.empty();
        Optional<Recognised> known = own(source, input, fixed, outputs);
        if (known.isEmpty()) {
          known = yuNet(source, input, fixed, outputs);
        }
        if (known.isEmpty()) {
          known = scrfd(source, input, fixed, outputs);
        }
        if (known.isPresent()) {
          return known.get();
        }
      }
    }
    throw new DetectionException(
        "model '"
            + source.name()
            + "' is of no kind that Efface knows (its outputs: "
            + String.join(", ", outputs.keySet())
            + "): use one of Efface's own, a YuNet or an SCRFD");
  }

  private static Optional<Recognised> own(
      ModelSource source, String input, Optional<InputSize> fixed, Map<String, long[]> outputs) {
    List<Integer> strides = new ArrayList<>();
    long classes = 0;
    for (Map.Entry<String, long[]> output : outputs.entrySet()) {
      Matcher matcher = OWN_SCORE.matcher(output.getKey());
      long[] shape = output.getValue();
      if (matcher.matches() && shape.length == 4 && outputs.containsKey("box" + matcher.group(1))) {
        strides.add(Integer.valueOf(matcher.group(1)));
        classes = shape[1];
      }
    }
    if (strides.isEmpty() || classes < 1 || classes > 2) {
      return Optional.empty();
    }
    List<Label> labels = List.of(Label.FACE, Label.PLATE).subList(0, (int) classes);
    return Optional.of(
        new Recognised(
            spec(source, ModelFamily.EFFACE, input, fixed, labels),
            new OwnDecoder(strides, (int) classes)));
  }

  private static Optional<Recognised> yuNet(
      ModelSource source, String input, Optional<InputSize> fixed, Map<String, long[]> outputs) {
    YuNetDecoder decoder = new YuNetDecoder();
    return outputs.keySet().containsAll(decoder.outputs(32, 32).keySet())
        ? Optional.of(
            new Recognised(
                spec(source, ModelFamily.YUNET, input, fixed, List.of(Label.FACE)), decoder))
        : Optional.empty();
  }

  /** SCRFD's outputs have numbers for names: their last dimensions and order tell them. */
  private static Optional<Recognised> scrfd(
      ModelSource source, String input, Optional<InputSize> fixed, Map<String, long[]> outputs) {
    if (outputs.size() != 9 && outputs.size() != 6) {
      return Optional.empty();
    }
    List<String> names = List.copyOf(outputs.keySet());
    int rank = 0;
    for (int k = 0; k < names.size(); k++) {
      long[] shape = outputs.getOrDefault(names.get(k), new long[0]);
      int last = k < 3 ? 1 : k < 6 ? 4 : 10;
      if (shape.length < 2 || shape.length > 3 || shape[shape.length - 1] != last) {
        return Optional.empty();
      }
      rank = shape.length;
    }
    return Optional.of(
        new Recognised(
            spec(source, ModelFamily.SCRFD, input, fixed, List.of(Label.FACE)),
            new ScrfdDecoder(names.subList(0, 3), names.subList(3, 6), rank == 3)));
  }

  private static ModelSpec spec(
      ModelSource source,
      ModelFamily family,
      String input,
      Optional<InputSize> fixed,
      List<Label> labels) {
    Map<Label, OperatingPoint> points = new EnumMap<>(Label.class);
    for (Label label : labels) {
      points.put(label, family.operatingPoint(label));
    }
    return new ModelSpec(source.name(), source.sha256(), family, input, fixed, labels, points);
  }
}
