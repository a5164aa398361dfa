package io.efface.pipeline;

import io.efface.manifest.DocumentException;
import io.efface.manifest.FileIdentity;
import io.efface.manifest.Tool;
import io.efface.models.ModelStore;
import io.efface.report.Filing;
import io.efface.report.ReportFiles;
import io.efface.report.ReportHead;
import io.efface.report.ReportReader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What stands where a job's output is to go, told by the report beside it and by nothing else.
 *
 * @param state what it is
 * @param precedent what its report says; empty where there is none to go by
 */
public record Standing(State state, Optional<ReportHead> precedent) {

  /** What stands where an output is to go. */
  public enum State {
    /** Nothing. */
    NOTHING,
    /** The output of this very job by this version: same input, options, models; whole. */
    FINISHED,
    /**
     * What Efface made of this input or left behind, but not as asked, by another version, or not
     * whole.
     */
    STALE,
    /** The output of another input of this name, or of what this one was before it changed. */
    OTHER,
    /** Something that no report speaks of. */
    FOREIGN
  }

  /**
   * Looks at what is there. Reads the input to its end where it is as long as the report says, and
   * the output where the report agrees with the job in all else.
   *
   * @param models SHA-256 of each detector that the job may use, in order
   * @param everyBlock called before each block of a file that is read; may throw to end the look
   * @throws JobException if a file cannot be read
   */
  public static Standing of(RedactionJob job, List<String> models, Runnable everyBlock) {
    ReportFiles files = ReportRequest.files(job.report(), job.output());
    Optional<ReportHead> precedent = precedent(files.json(), job);
    if (precedent.isEmpty()) {
      boolean something = there(job.output()) || files.all().stream().anyMatch(Standing::there);
      return new Standing(something ? State.FOREIGN : State.NOTHING, precedent);
    }
    return new Standing(state(job, precedent.get(), files, models, everyBlock), precedent);
  }

  private static State state(
      RedactionJob job,
      ReportHead precedent,
      ReportFiles files,
      List<String> models,
      Runnable everyBlock) {
    if (!is(job.input(), precedent.input(), everyBlock)) {
      return there(job.output()) ? State.OTHER : State.STALE;
    }
    boolean finished =
        isAsked(precedent, job, models)
            && isWhole(job, files)
            && is(job.output(), precedent.output(), everyBlock);
    return finished ? State.FINISHED : State.STALE;
  }

  /**
   * SHA-256 of each detector that jobs may use, in order.
   *
   * @throws io.efface.detect.DetectionException if one is not at hand
   */
  public static List<String> models(DetectionOptions options, ModelStore store) {
    return ModelChoice.hashes(ModelChoice.of(options, store));
  }

  private static Optional<ReportHead> precedent(Path report, RedactionJob job) {
    if (!Files.isRegularFile(report)) {
      return Optional.empty();
    }
    try {
      ReportHead precedent = ReportReader.read(report);
      boolean itsOwn =
          precedent.output().name().equals(String.valueOf(job.output().getFileName()))
              && (job.recordedName().isPresent() || isNamed(precedent, job));
      // A manifest that was applied may hold somebody's decisions; nothing here can make it again.
      boolean detected = precedent.options().detection().isPresent() && !precedent.edited();
      return itsOwn && detected ? Optional.of(precedent) : Optional.empty();
    } catch (DocumentException e) {
      return Optional.empty();
    }
  }

  /** Whether the output is of an input of this name: a.avi must not take the place of a.mp4's. */
  private static boolean isNamed(ReportHead precedent, RedactionJob job) {
    return precedent.input().name().equals(String.valueOf(job.recorded().getFileName()));
  }

  private static boolean isAsked(ReportHead precedent, RedactionJob job, List<String> models) {
    List<String> detectors = Models.hashes(Models.detectors(precedent.models()));
    // Models behind the one that knows the last class asked for are never loaded.
    return precedent.tool().equals(Tool.current())
        && precedent
            .options()
            .equals(ReportBuilder.options(Optional.of(job.detection()), job.render()))
        && detectors.size() <= models.size()
        && detectors.equals(models.subList(0, detectors.size()))
        && Models.hasTodaysRefiner(precedent.models())
        && precedent.filing().equals(job.report().map(ReportRequest::filing).orElse(Filing.NONE))
        && precedent.signer().equals(job.report().flatMap(ReportRequest::signer))
        && isNamed(precedent, job);
  }

  private static boolean isWhole(RedactionJob job, ReportFiles files) {
    return job.report().isPresent()
        && (!job.report().get().format().html() || Files.isRegularFile(files.html()))
        && (job.report().get().signer().isEmpty() || Files.isRegularFile(files.signature()));
  }

  private static boolean is(Path file, FileIdentity recorded, Runnable everyBlock) {
    if (!Files.isRegularFile(file) || FileStamp.of(file).bytes() != recorded.bytes()) {
      return false;
    }
    return FileDigest.of(file, file, everyBlock).sha256().equals(recorded.sha256());
  }

  private static boolean there(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }
}
