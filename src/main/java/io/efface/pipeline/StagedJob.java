package io.efface.pipeline;

import io.efface.detect.ModelSource;
import io.efface.models.Catalogue;
import io.efface.report.ReportFiles;
import io.efface.report.SignatureFinding.Part;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A job that another process does: it writes into a folder of its own, has no key, and gives no
 * file its final name. What it made is moved, signed and named here. Belongs to one thread; closing
 * it removes what was not published.
 */
public final class StagedJob implements AutoCloseable {
  private final RedactionJob asked;
  private final RedactionJob staged;
  private final Path folder;
  private final FileStamp stamp;

  private StagedJob(RedactionJob asked, RedactionJob staged, Path folder, FileStamp stamp) {
    this.asked = asked;
    this.staged = staged;
    this.folder = folder;
    this.stamp = stamp;
  }

  static StagedJob of(RedactionJob job, Path folder) {
    if (!job.editing().equals(Editing.NONE)) {
      throw new JobException(
          job.input() + ": edits are not taken to another process; do this job in its own run");
    }
    Inputs.refuseMissing(job.input());
    Targets.check(List.of(job.input()), job.output(), job.report(), job.editing(), job.overwrite());
    FileStamp stamp = FileStamp.of(job.input());
    try {
      Files.createDirectory(folder);
    } catch (IOException e) {
      throw new JobException(
          job.output() + ": no space can be prepared for it; is the disk full?", e);
    }
    return new StagedJob(job, staged(job, folder), folder, stamp);
  }

  private static RedactionJob staged(RedactionJob job, Path folder) {
    RenderOptions render = job.render();
    return new RedactionJob(
        OtherProcess.named(job.input()),
        job.recordedName(),
        folder.resolve(job.output().getFileName()),
        job.detection().withModel(absolute(job.detection().model())),
        render.withAudit(
            new AuditOptions(
                render.audit().level(),
                render.audit().quarantine().map(q -> folder.resolve("quarantine")))),
        false,
        job.report().map(request -> staged(request, folder.resolve("reports"))),
        Editing.NONE);
  }

  /** The models by names that mean the same where the other process works. */
  private static String absolute(String models) {
    return Stream.of(models.split(",", -1))
        .map(String::strip)
        .map(StagedJob::absoluteOne)
        .collect(Collectors.joining(","));
  }

  private static String absoluteOne(String model) {
    Path file = ModelSource.file(model);
    boolean named =
        ModelSource.bundled().contains(model) || Catalogue.published().find(model).isPresent();
    if (named || !Files.isRegularFile(file)) {
      return model;
    }
    return OtherProcess.named(file) + model.substring(file.toString().length());
  }

  private static ReportRequest staged(ReportRequest request, Path folder) {
    ReportFiles files = request.files();
    return new ReportRequest(
        new ReportFiles(
            folder.resolve(files.json().getFileName()),
            folder.resolve(files.html().getFileName()),
            folder.resolve(files.signature().getFileName())),
        request.format(),
        request.filing(),
        request.signer(),
        Optional.empty());
  }

  /** The job for the other process. */
  public RedactionJob job() {
    return staged;
  }

  /**
   * Gives what the other process made its names, in one step with its signature.
   *
   * @param made what it says that it made; where that is, is not asked
   * @param everyBlock called before each block that is read for a signature; may throw to end the
   *     work, and all is as it was before then, too
   * @throws JobException if a file is missing, is no file, or cannot get its name, or the input is
   *     another than when the job was staged; all is as it was before then
   */
  public Outcome.Redacted publish(Outcome.Redacted made, Runnable everyBlock) {
    stamp.refuseChanged(asked.input());
    ReportFiles names = ReportRequest.files(asked.report(), asked.output());
    try (TemporaryOutput output = TemporaryOutput.beside(asked.output());
        OutputSet set = new OutputSet(output, names.all())) {
      move(staged.output(), output);
      asked
          .report()
          .ifPresent(
              request ->
                  Publication.addReports(
                      set,
                      request,
                      () -> FileDigest.of(output.path(), asked.output(), everyBlock).sha256(),
                      this::moveReport,
                      everyBlock));
      set.publish(asked.overwrite());
    }
    return new Outcome.Redacted(
        asked.input(),
        asked.output(),
        asked.report().map(ReportRequest::main),
        made.frames(),
        made.objects(),
        made.zones(),
        made.corruptFrames(),
        made.attention().stream().map(this::retold).toList(),
        made.notes().stream().map(this::retold).toList());
  }

  private void moveReport(Part part, TemporaryOutput to) {
    ReportFiles from = staged.report().orElseThrow().files();
    move(part == Part.JSON ? from.json() : from.html(), to);
  }

  /** Takes a file out of the other process's reach first, and looks at what it is then. */
  private void move(Path from, TemporaryOutput to) {
    Path root = Objects.requireNonNull(folder.getParent(), "a staged job lies below a folder");
    try (TemporaryOutput taken = TemporaryOutput.beside(root)) {
      SharedFolder.move(root, root.relativize(from), taken.path());
      if (!Files.isRegularFile(taken.path(), LinkOption.NOFOLLOW_LINKS)) {
        throw notMade(to);
      }
      Files.move(taken.path(), to.path());
    } catch (NoSuchFileException e) {
      throw notMade(to);
    } catch (IOException e) {
      throw new JobException(to.target() + ": cannot be moved to its folder", e);
    }
  }

  private static JobException notMade(TemporaryOutput file) {
    return new JobException(file.target() + ": was not made, although its process said so");
  }

  /**
   * Moves an output that failed its audit to where somebody wants to look at it.
   *
   * @return the other process's words, with the places that the user knows
   */
  public String quarantined(String message) {
    String told = message;
    Optional<Path> to = asked.render().audit().quarantine();
    Path from = folder.resolve("quarantine");
    if (to.isPresent() && Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
        for (Path file : files) {
          told = told.replace(Publication.MOVED_TO + file, quarantined(file, to.get()));
        }
      } catch (IOException e) {
        throw new JobException(from + ": cannot be read", e);
      }
    }
    return retold(told);
  }

  private String quarantined(Path file, Path to) {
    try (TemporaryOutput named = TemporaryOutput.beside(asked.output())) {
      move(file, named);
      return Publication.quarantined(named, to);
    }
  }

  /** The other process's words, with the places that the user knows. */
  public String retold(String message) {
    return message
        .replace(staged.output().toString(), asked.output().toString())
        .replace(staged.input().toString(), asked.input().toString())
        .replace(folder.toString(), String.valueOf(asked.output().toAbsolutePath().getParent()));
  }

  @Override
  public void close() {
    Staging.remove(folder);
  }
}
