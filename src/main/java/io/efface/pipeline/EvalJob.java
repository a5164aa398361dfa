package io.efface.pipeline;

import io.efface.detect.Label;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Something to be measured against truth that people have written down. */
public sealed interface EvalJob {

  /** What is measured. */
  Path input();

  /**
   * The detector, on a folder of stills with a {@code gt.csv}.
   *
   * @param input the folder
   * @param model as in {@link DetectionOptions}
   * @param detectSize longest side of the detector's input in pixels, a multiple of 32; empty shows
   *     it every picture at the picture's own size, up to {@link DetectionOptions#MOST_DETECT_SIZE}
   * @param classes what to look for; empty for all that the truth has
   * @param leastIou intersection over union from which a box counts as found, above 0 to 1; empty
   *     for {@link #defaultIou}
   * @param minHeight rows below which a box is ignored, from 0
   * @param look how each picture is looked at
   * @param detections where raw detections go; empty for none
   * @param overwrite whether that file may be replaced
   */
  record Stills(
      Path input,
      String model,
      OptionalInt detectSize,
      Set<Label> classes,
      OptionalDouble leastIou,
      double minHeight,
      Look look,
      Optional<Path> detections,
      boolean overwrite)
      implements EvalJob {

    /** How a picture is looked at. */
    public enum Look {
      /** As a photo is: as it is, mirrored and turned. */
      CAREFULLY,
      /** As a film's frame is. */
      ONCE
    }

    /** Name of the list of truth in the folder. */
    public static final String TRUTH = "gt.csv";

    /** The lowest score that a detection is reported with: average precision asks for low ones. */
    static final double LOWEST_SCORE = 0.02;

    /** Copies the classes and checks ranges. */
    public Stills {
      classes = Set.copyOf(classes);
      if (leastIou.isPresent() && !(leastIou.getAsDouble() > 0 && leastIou.getAsDouble() <= 1)) {
        throw new IllegalArgumentException(
            "intersection over union is above 0 and at most 1, not " + leastIou.getAsDouble());
      }
      if (!(minHeight >= 0 && Double.isFinite(minHeight))) {
        throw new IllegalArgumentException("a height is 0 or more pixels, not " + minHeight);
      }
      if (detectSize.isPresent()) {
        DetectionOptions.checkSize(detectSize.getAsInt());
      }
    }

    /**
     * Intersection over union where none is asked for: 0.5 for faces, 0.4 for plates, whose boxes
     * are flat, so that a row more or less weighs more.
     */
    public static double defaultIou(Label label) {
      return label == Label.PLATE ? 0.4 : 0.5;
    }

    double leastIou(Label label) {
      return leastIou.orElse(defaultIou(label));
    }

    DetectionOptions detection(Set<Label> labels) {
      return new DetectionOptions(
          model,
          detectSize.orElse(DetectionOptions.MOST_DETECT_SIZE),
          labels,
          OptionalDouble.empty());
    }
  }

  /**
   * What a redaction leaves of the objects of a clip.
   *
   * @param input the clip
   * @param truth the list of its objects
   * @param redacted the finished file, by whatever program; empty has Efface make one first, in a
   *     temporary folder, and remove it afterwards
   * @param model as in {@link DetectionOptions}, for that redaction
   * @param detectSize longest side of the detector's input in pixels, for that redaction
   * @param classes what to look for; empty for all that the truth has
   * @param recall how hard is looked, for that redaction
   */
  record Clip(
      Path input,
      Path truth,
      Optional<Path> redacted,
      String model,
      int detectSize,
      Set<Label> classes,
      RecallPreset recall)
      implements EvalJob {

    /** Copies the classes and checks ranges. */
    public Clip {
      classes = Set.copyOf(classes);
      DetectionOptions.checkSize(detectSize);
    }

    DetectionOptions detection(Set<Label> labels) {
      return new DetectionOptions(model, detectSize, labels, OptionalDouble.empty(), recall);
    }
  }
}
