package io.efface.detect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the family of a network by its inputs and outputs, and how to read it. */
final class FamilyRecogniser {
  private static final Pattern OWN_SCORE = Pattern.compile("score(4|8|16|32|64)");

  /** Where YOLO's exporters put the names of the classes. */
  private static final String NAMES = "names";

  private final ModelSource source;
  private final Map<String, long[]> outputs;
  private final List<String> names;
  private final Map<String, String> metadata;

  private FamilyRecogniser(
      ModelSource source, Map<String, long[]> outputs, Map<String, String> metadata) {
    this.source = source;
    this.outputs = outputs;
    this.names = List.copyOf(outputs.keySet());
    this.metadata = metadata;
  }

  /** A model as recognised: what is known of it and how to read its outputs. */
  record Recognised(ModelSpec spec, OutputDecoder decoder) {}

  /** What the outputs alone tell. */
  private record Reading(ModelFamily family, List<Label> labels, OutputDecoder decoder) {}

  /**
   * Recognises a model.
   *
   * @param source where it came from
   * @param inputs shapes of its inputs by name; −1 for a dimension that is free
   * @param outputs shapes of its outputs by name, in the model's order
   * @param metadata what the file says about itself; see {@link ModelSpec#withScores}
   * @throws DetectionException if it is of no known family, or of one that does not tell what it
   *     finds
   */
  static Recognised recognise(
      ModelSource source,
      Map<String, long[]> inputs,
      Map<String, long[]> outputs,
      Map<String, String> metadata) {
    FamilyRecogniser recogniser = new FamilyRecogniser(source, outputs, metadata);
    if (inputs.size() == 1) {
      Map.Entry<String, long[]> input = inputs.entrySet().iterator().next();
      long[] shape = input.getValue();
      if (shape.length == 4 && shape[1] == 3 && (shape[2] > 0) == (shape[3] > 0)) {
        Optional<Reading> known = recogniser.reading();
        if (known.isPresent()) {
          return recogniser.recognised(known.get(), input.getKey(), shape);
        }
      }
    }
    throw new DetectionException(
        "model '"
            + source.name()
            + "' is of no kind that Efface knows (its outputs: "
            + String.join(", ", outputs.keySet())
            + "): use one of Efface's own, a YuNet, SCRFD, CenterFace, YOLO or HyperLPR");
  }

  private Recognised recognised(Reading reading, String input, long[] shape) {
    Map<Label, OperatingPoint> points = new EnumMap<>(Label.class);
    for (Label label : reading.labels()) {
      points.put(label, reading.family().operatingPoint(label));
    }
    Optional<ModelSpec.InputSize> fixed =
        shape[2] > 0
            ? Optional.of(new ModelSpec.InputSize((int) shape[3], (int) shape[2]))
            : Optional.empty();
    ModelSpec spec =
        new ModelSpec(
            source.name(),
            source.sha256(),
            reading.family(),
            input,
            fixed,
            reading.labels(),
            points);
    return new Recognised(spec.withScores(metadata), reading.decoder());
  }

  private Optional<Reading> reading() {
    Optional<Reading> ownClasses =
        own().or(this::yuNet).or(this::scrfd).or(this::centerFace).or(this::hyperLpr);
    if (ownClasses.isPresent() && source.finds().isPresent()) {
      List<Label> found = ownClasses.get().labels();
      if (!found.equals(List.of(source.finds().get()))) {
        throw new DetectionException(
            "model '"
                + source.name()
                + "' itself tells what it finds ("
                + String.join(", ", found.stream().map(Label::id).toList())
                + "): leave ':"
                + source.finds().get().id()
                + "' off");
      }
    }
    return ownClasses.or(this::endToEnd).or(this::yolo);
  }

  private Optional<Reading> own() {
    List<Integer> strides = new ArrayList<>();
    long classes = 0;
    for (String name : names) {
      Matcher matcher = OWN_SCORE.matcher(name);
      long[] shape = shape(name);
      if (matcher.matches() && shape.length == 4 && outputs.containsKey("box" + matcher.group(1))) {
        strides.add(Integer.valueOf(matcher.group(1)));
        classes = shape[1];
      }
    }
    if (strides.isEmpty() || classes < 1 || classes > OwnDecoder.CLASSES.size()) {
      return Optional.empty();
    }
    List<Label> labels = OwnDecoder.CLASSES.subList(0, (int) classes);
    return Optional.of(new Reading(ModelFamily.EFFACE, labels, new OwnDecoder(strides, labels)));
  }

  private Optional<Reading> yuNet() {
    YuNetDecoder decoder = new YuNetDecoder();
    return outputs.keySet().containsAll(decoder.outputs(32, 32).keySet())
        ? Optional.of(new Reading(ModelFamily.YUNET, List.of(Label.FACE), decoder))
        : Optional.empty();
  }

  /** SCRFD's outputs have numbers for names: their last dimensions and order tell them. */
  private Optional<Reading> scrfd() {
    if (names.size() != 9 && names.size() != 6) {
      return Optional.empty();
    }
    int rank = 0;
    for (int k = 0; k < names.size(); k++) {
      long[] shape = shape(names.get(k));
      int last = k < 3 ? 1 : k < 6 ? 4 : 10;
      if (shape.length < 2 || shape.length > 3 || shape[shape.length - 1] != last) {
        return Optional.empty();
      }
      rank = shape.length;
    }
    return Optional.of(
        new Reading(
            ModelFamily.SCRFD,
            List.of(Label.FACE),
            new ScrfdDecoder(names.subList(0, 3), names.subList(3, 6), rank == 3)));
  }

  /** CenterFace's outputs too have numbers for names; the landmarks come last or not at all. */
  private Optional<Reading> centerFace() {
    int[] channels = {1, 2, 2, 10};
    if (names.size() != 3 && names.size() != 4) {
      return Optional.empty();
    }
    for (int k = 0; k < names.size(); k++) {
      long[] shape = shape(names.get(k));
      if (shape.length != 4 || shape[1] != channels[k]) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new Reading(ModelFamily.CENTERFACE, List.of(Label.FACE), new CenterFaceDecoder(names)));
  }

  private Optional<Reading> hyperLpr() {
    long[] shape = onlyShape();
    return shape.length == 3 && shape[2] == HyperLprDecoder.COLUMNS && shape[1] > shape[2]
        ? Optional.of(
            new Reading(
                ModelFamily.HYPERLPR, List.of(Label.PLATE), new HyperLprDecoder(names.get(0))))
        : Optional.empty();
  }

  private Optional<Reading> endToEnd() {
    long[] shape = onlyShape();
    if (shape.length != 2 && shape.length != 3) {
      return Optional.empty();
    }
    long columns = shape[shape.length - 1];
    if (columns != EndToEndDecoder.SHORT_ROW && columns != EndToEndDecoder.LONG_ROW) {
      return Optional.empty();
    }
    ClassLabels labels = classLabels();
    return Optional.of(
        new Reading(
            ModelFamily.YOLO_END_TO_END,
            labels.labels(),
            new EndToEndDecoder(names.get(0), (int) columns, labels)));
  }

  private Optional<Reading> yolo() {
    long[] shape = onlyShape();
    if (shape.length != 3
        || shape[1] <= YoloDecoder.BOX
        || (shape[2] > 0 && shape[2] <= shape[1])) {
      return Optional.empty();
    }
    ClassLabels labels = classLabels();
    int most = (int) shape[1] - YoloDecoder.BOX;
    int classes = labels.names().isEmpty() ? most : labels.names().size();
    if (classes > most) {
      throw new DetectionException(
          "model '" + source.name() + "' names " + classes + " classes and scores " + most);
    }
    return Optional.of(
        new Reading(
            ModelFamily.YOLO,
            labels.labels(),
            new YoloDecoder(names.get(0), (int) shape[1], classes, labels)));
  }

  /** What a YOLO's classes mean: as the user says, or as the file names them. */
  private ClassLabels classLabels() {
    ClassLabels named = ClassLabels.ofNames(metadata.getOrDefault(NAMES, ""));
    if (source.finds().isPresent()) {
      return named.meaning(source.finds().get());
    }
    if (named.names().isEmpty()) {
      throw new DetectionException(
          "model '"
              + source.name()
              + "' does not tell what it finds: if that is plates only, give it as FILE:plate, if"
              + " faces only, as FILE:face");
    }
    if (named.labels().isEmpty()) {
      throw new DetectionException(
          "model '"
              + source.name()
              + "' finds neither faces nor plates but "
              + String.join(", ", named.names().values().stream().limit(5).toList())
              + "; if they are all the same here, give it as FILE:plate or FILE:face");
    }
    return named;
  }

  /** The shape of the only output; of no dimension if there are several. */
  private long[] onlyShape() {
    return names.size() == 1 ? shape(names.get(0)) : new long[0];
  }

  private long[] shape(String output) {
    return outputs.getOrDefault(output, new long[0]);
  }
}
