package io.efface.pipeline;

import io.efface.audit.Finding;
import io.efface.detect.Label;
import io.efface.eval.ClassFigures;
import io.efface.eval.Coverage;
import io.efface.report.Check;
import io.efface.report.Residual;
import io.efface.report.SignatureCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a job ended, when it ended well; a job that failed throws. */
public sealed interface Outcome {

  /** What a person should look at, a line each; empty when all is well. */
  default List<String> attention() {
    return List.of();
  }

  /** What a person may want to know although all is well, a line each. */
  default List<String> notes() {
    return List.of();
  }

  /**
   * A whole output stands under its name.
   *
   * @param input what was read
   * @param output what was written
   * @param report the report beside it, if asked for
   * @param frames frames written
   * @param objects tracks redacted, by class; classes that were looked for and not found count 0
   * @param kept tracks left visible on purpose, by class; classes without any are missing
   * @param zones parts of the picture that were destroyed whatever was in them
   * @param corruptFrames frames filled whole
   * @param attention what a person should look at, a line each; empty when all is well
   * @param notes what a person may want to know although all is well, a line each
   */
  record Redacted(
      Path input,
      Path output,
      Optional<Path> report,
      long frames,
      Map<Label, Integer> objects,
      Map<Label, Integer> kept,
      int zones,
      long corruptFrames,
      List<String> attention,
      List<String> notes)
      implements Outcome {
    /** Copies the collections. */
    public Redacted {
      objects = Map.copyOf(objects);
      kept = Map.copyOf(kept);
      attention = List.copyOf(attention);
      notes = List.copyOf(notes);
    }

    /** An output in which nothing was left visible on purpose. */
    public Redacted(
        Path input,
        Path output,
        Optional<Path> report,
        long frames,
        Map<Label, Integer> objects,
        int zones,
        long corruptFrames,
        List<String> attention,
        List<String> notes) {
      this(
          input, output, report, frames, objects, Map.of(), zones, corruptFrames, attention, notes);
    }
  }

  /**
   * A file was audited.
   *
   * @param file the file
   * @param checks what was checked, and what could not be and why
   * @param findings what must not be, a line each
   * @param residuals what the detector finds outside the planned regions
   * @param signature what was signed, part by part; empty where there is no signature and none was
   *     expected
   */
  record Verified(
      Path file,
      List<Check> checks,
      List<Finding> findings,
      List<Residual> residuals,
      Optional<SignatureCheck> signature)
      implements Outcome {
    /** Copies the lists. */
    public Verified {
      checks = List.copyOf(checks);
      findings = List.copyOf(findings);
      residuals = List.copyOf(residuals);
    }
  }

  /**
   * An input was analysed.
   *
   * @param input what was read
   * @param manifest the manifest, if asked for
   * @param csv the raw detections, if asked for
   * @param frames frames (or stills) seen
   * @param objects tracks (for a folder: detections) by class
   * @param attention what a person should look at, a line each; empty when all is well
   * @param notes what a person may want to know although all is well, a line each
   */
  record Detected(
      Path input,
      Optional<Path> manifest,
      Optional<Path> csv,
      long frames,
      Map<Label, Integer> objects,
      List<String> attention,
      List<String> notes)
      implements Outcome {
    /** Copies the counts and lines. */
    public Detected {
      objects = Map.copyOf(objects);
      attention = List.copyOf(attention);
      notes = List.copyOf(notes);
    }
  }

  /**
   * A detector was measured on stills.
   *
   * @param input the folder
   * @param images pictures looked at
   * @param figures by class
   * @param detections the raw detections, if asked for
   */
  record Scored(Path input, int images, Map<Label, ClassFigures> figures, Optional<Path> detections)
      implements Outcome {
    /** Copies the figures. */
    public Scored {
      figures = Map.copyOf(figures);
    }
  }

  /**
   * A redaction was measured on a clip.
   *
   * @param input the clip
   * @param redacted the finished file; empty if Efface made one for this and removed it
   * @param coverage what it leaves
   */
  record Judged(Path input, Optional<Path> redacted, Coverage coverage) implements Outcome {}
}
