package io.efface.audit;

import io.efface.detect.Detector;
import io.efface.detect.Label;
import io.efface.media.MediaException;
import io.efface.media.ReadAhead;
import io.efface.media.VideoReader;
import io.efface.report.Check;
import io.efface.report.Residual;
import io.efface.report.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Audits a finished file: the container's structure, then in one pass over the pictures, which are
 * really decoded, the frames, the planned regions and what the detector still finds. The input,
 * where it is at hand, is decoded in step and its regions are filled again, so nothing of either
 * file is kept and memory stays flat.
 *
 * <p>A check that could not run is listed as such, with the reason. Single-threaded.
 */
public final class OutputAudit {
  private static final String NO_FRAME = "no frame could be looked at";

  private final Path file;
  private final Level level;
  private final Reference reference;
  private final Optional<Residue> residue;
  private final int threads;
  private final Runnable everyFrame;
  private final Runnable everyBlock;

  /** How much is checked. */
  public enum Level {
    /** All. */
    FULL,
    /** Frames and container. */
    FAST,
    /** Nothing. */
    OFF;

    /** The name on the command line and in reports. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is needed to look for what is left.
   *
   * @param detector borrowed
   * @param films from which score on a detection of a class counts in a film; others are left out
   * @param photos the same in a photo
   */
  public record Residue(Detector detector, Map<Label, Double> films, Map<Label, Double> photos) {
    /** Copies the scores. */
    public Residue {
      films = Map.copyOf(films);
      photos = Map.copyOf(photos);
    }
  }

  /**
   * What an audit came to.
   *
   * @param checks all checks, whether they ran or not
   * @param findings what must not be; residuals are none
   * @param residuals what the detector still finds
   */
  public record Result(List<Check> checks, List<Finding> findings, List<Residual> residuals) {
    /** Copies the lists. */
    public Result {
      checks = List.copyOf(checks);
      findings = List.copyOf(findings);
      residuals = List.copyOf(residuals);
    }
  }

  /**
   * An audit of one file.
   *
   * @param file the file, under whatever name
   * @param reference what it is held against
   * @param residue the detector; empty where there is none
   * @param threads libav's decoding threads a file
   * @param everyFrame called before each frame; may throw to end the audit
   * @param everyBlock called before each block of the file whose structure is checked; may throw
   *     like the other
   */
  public OutputAudit(
      Path file,
      Level level,
      Reference reference,
      Optional<Residue> residue,
      int threads,
      Runnable everyFrame,
      Runnable everyBlock) {
    this.file = file;
    this.level = level;
    this.reference = reference;
    this.residue = residue;
    this.threads = threads;
    this.everyFrame = everyFrame;
    this.everyBlock = everyBlock;
  }

  /**
   * Runs the checks.
   *
   * @throws MediaException if the original cannot be read; a file that cannot be read is a finding
   */
  public Result run() {
    if (level == Level.OFF) {
      return new Result(
          List.of(
              Check.skipped(Check.CONTAINER, "not asked for"),
              Check.skipped(Check.FRAMES, "not asked for"),
              Check.skipped(Check.REGIONS, "not asked for"),
              Check.skipped(Check.RESIDUE, "not asked for")),
          List.of(),
          List.of());
    }
    List<Check> checks = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    List<Finding> structure = ContainerAudit.check(file, reference.streams(), everyBlock);
    findings.addAll(structure);
    checks.add(Check.ran(Check.CONTAINER, structure.isEmpty(), ""));
    boolean full = level == Level.FULL;
    Optional<RegionAudit> regions =
        full && reference.manifest().isPresent()
            ? Optional.of(
                new RegionAudit(
                    reference.original().map(o -> reference.fill().orElseGet(Fill::likely))))
            : Optional.empty();
    Optional<ResidueAudit> left = full ? residue.map(ResidueAudit::new) : Optional.empty();
    try (FrameAudit frames = new FrameAudit(reference)) {
      List<Finding> wrong = pictures(frames, regions, left);
      findings.addAll(wrong);
      checks.add(Check.ran(Check.FRAMES, wrong.isEmpty(), framesDetail(frames)));
      String why = full ? "there is no manifest" : "not asked for";
      checks.add(
          regions
              .map(r -> conclude(r, findings, frames))
              .orElse(Check.skipped(Check.REGIONS, why)));
      String unseen = full ? unseen() : "not asked for";
      List<Residual> residuals = left.map(ResidueAudit::finish).orElse(List.of());
      checks.add(
          left.map(l -> conclude(l, residuals, frames))
              .orElse(Check.skipped(Check.RESIDUE, unseen)));
      return new Result(checks, findings, residuals);
    }
  }

  private List<Finding> pictures(
      FrameAudit frames, Optional<RegionAudit> regions, Optional<ResidueAudit> left) {
    try (VideoReader output = VideoReader.open(file, threads);
        ReadAhead outputs = ahead(output)) {
      boolean still = output.info().still();
      PicturePass pass = new PicturePass(reference, frames, regions, left, still, everyFrame);
      if (regions.isPresent() && reference.original().isPresent()) {
        try (VideoReader original = VideoReader.open(reference.original().get(), threads);
            ReadAhead originals = ahead(original)) {
          pass.run(outputs, Optional.of(originals));
        }
      } else {
        pass.run(outputs, Optional.empty());
      }
      return frames.finish(Optional.of(output));
    } catch (MediaException e) {
      if (!e.path().equals(file)) {
        throw e;
      }
      List<Finding> wrong = new ArrayList<>(frames.finish(Optional.empty()));
      wrong.add(new Finding(Finding.Kind.FRAMES, "cannot be read back", "the file"));
      return wrong;
    }
  }

  private static ReadAhead ahead(VideoReader reader) {
    return new ReadAhead(reader, reader.info().still() ? 1 : Long.MAX_VALUE);
  }

  private String unseen() {
    if (reference.manifest().isEmpty()) {
      return "there is no manifest";
    }
    return reference.manifest().get().classes().isEmpty()
        ? "nothing was looked for"
        : "the model is not at hand";
  }

  private String framesDetail(FrameAudit frames) {
    String seen = Words.plain(frames.frames(), "frame") + " decoded";
    return reference.manifest().isPresent() ? seen : seen + ", with no plan to compare";
  }

  private Check conclude(RegionAudit regions, List<Finding> findings, FrameAudit frames) {
    List<Finding> wrong = regions.finish();
    findings.addAll(wrong);
    if (frames.frames() == 0 && wrong.isEmpty()) {
      return Check.skipped(Check.REGIONS, NO_FRAME);
    }
    if (regions.judged() == 0 && regions.unjudged() > 0) {
      return Check.skipped(
          Check.REGIONS,
          "none of the " + Words.plain(regions.unjudged(), "region") + " can be judged");
    }
    String judged =
        Words.plain(regions.judged(), "region")
            + " judged"
            + (reference.original().isPresent() ? "" : " without the input, by smoothness");
    return Check.ran(
        Check.REGIONS,
        wrong.isEmpty(),
        regions.unjudged() == 0
            ? judged
            : judged + ", " + regions.unjudged() + " could not be judged");
  }

  private static Check conclude(ResidueAudit left, List<Residual> residuals, FrameAudit frames) {
    if (left.looks() == 0) {
      return Check.skipped(Check.RESIDUE, NO_FRAME);
    }
    return Check.ran(
        Check.RESIDUE,
        residuals.isEmpty(),
        "looked at " + left.looks() + " of " + Words.plain(frames.frames(), "frame"));
  }
}
