package io.efface.report;

import io.efface.detect.Label;
import io.efface.manifest.Precision;
import io.efface.media.EncoderSettings;
import io.efface.redact.Cover;
import io.efface.redact.RegionPlanner;
import io.efface.redact.Style;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The options of a job, as a report records them.
 *
 * @param detection what was looked for; empty where a manifest was applied
 * @param manifestClasses what was looked for when that manifest was made, stored in {@link Label}'s
 *     order; empty where none was applied, and in reports from before it was told
 * @param render how it was destroyed
 */
public record ReportOptions(
    Optional<Detection> detection, List<Label> manifestClasses, Render render) {
  /** Decimal places of shares and scores. */
  static final int DIGITS = 6;

  /** Sorts the classes. */
  public ReportOptions {
    manifestClasses = manifestClasses.stream().distinct().sorted().toList();
  }

  /** The options of a job that looks for something itself. */
  public ReportOptions(Optional<Detection> detection, Render render) {
    this(detection, List.of(), render);
  }

  /**
   * What was looked for.
   *
   * @param model a model's name; of a path only the last part is recorded
   * @param detectSize longest side of the detector's input in pixels
   * @param classes stored in {@link Label}'s order
   * @param minScore the score asked for, stored to six decimal places; empty where the model's own
   *     was used
   * @param recall how hard was looked, by its name; empty in reports from before there was a choice
   */
  public record Detection(
      String model,
      int detectSize,
      List<Label> classes,
      OptionalDouble minScore,
      Optional<String> recall) {
    /** Cuts the path and sorts the classes. */
    public Detection {
      model = model.substring(Math.max(model.lastIndexOf('/'), model.lastIndexOf('\\')) + 1);
      classes = classes.stream().distinct().sorted().toList();
      if (minScore.isPresent() && !(minScore.getAsDouble() >= 0 && minScore.getAsDouble() <= 1)) {
        throw new IllegalArgumentException("a score must be 0 to 1");
      }
      if (minScore.isPresent()) {
        minScore = OptionalDouble.of(rounded(minScore.getAsDouble()));
      }
    }
  }

  /**
   * How it was destroyed.
   *
   * @param styles what took the place of each kind of object
   * @param margin growth of a region on each side as a share of the object's side, stored to six
   *     decimal places
   * @param cover how much was destroyed with a face
   * @param encoder codec (empty: the input's), quality and effort that were asked for
   * @param audio {@code keep} or {@code drop}
   * @param onCorrupt {@code blank} or {@code fail}
   * @param allowTruncated whether a file that ends in the middle was accepted
   * @param smart whether frames could be copied, {@code auto} or {@code off}
   * @param audit how much of the output was to be checked: {@code full}, {@code fast}, {@code off}
   */
  public record Render(
      Map<Label, Style> styles,
      double margin,
      Cover cover,
      EncoderSettings encoder,
      String audio,
      String onCorrupt,
      boolean allowTruncated,
      String smart,
      String audit) {
    /** Copies the styles and checks the margin. */
    public Render {
      styles = Map.copyOf(styles);
      if (!(margin >= 0 && margin <= RegionPlanner.MAX_MARGIN)) {
        throw new IllegalArgumentException("a margin must be 0 to " + RegionPlanner.MAX_MARGIN);
      }
      margin = rounded(margin);
    }
  }

  /** A number as a report writes it, so that what is read back equals what was asked for. */
  private static double rounded(double value) {
    return Double.parseDouble(Precision.decimal(value, DIGITS));
  }
}
