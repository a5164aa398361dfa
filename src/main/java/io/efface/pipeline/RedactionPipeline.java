package io.efface.pipeline;

import io.efface.manifest.FileIdentity;
import io.efface.manifest.Manifest;
import io.efface.manifest.ManifestCodec;
import io.efface.media.MediaException;
import io.efface.media.Stage;
import io.efface.media.VideoFrame;
import io.efface.media.VideoReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs jobs in this process: two passes over the file at the same time, the second trailing the
 * first, then an audit of the finished file before it gets its name. One job at a time; {@link
 * #cancel} may come from any thread.
 */
public final class RedactionPipeline implements JobRunner {
  private final ReentrantLock running = new ReentrantLock();
  private final Cancellation cancellation = new Cancellation();
  private final ThreadBudget threads = ThreadBudget.ofMachine();

  @Override
  public Outcome.Redacted redact(RedactionJob job, Progress progress) {
    running.lock();
    try {
      cancellation.check();
      return redactLocked(job, progress);
    } catch (MediaException e) {
      throw named(e, job.output());
    } finally {
      progress.finished();
      running.unlock();
    }
  }

  private Outcome.Redacted redactLocked(RedactionJob job, Progress progress) {
    Inputs.refuseMissing(job.input());
    Targets.check(List.of(job.input()), job.output(), job.report(), job.editing(), job.overwrite());
    if (job.editing().edits().isPresent()) {
      return new EditedRedaction(job, cancellation, threads)
          .run(job.editing().edits().get(), progress);
    }
    return FileStamp.reading(job.input(), stamp -> redact(job, stamp, progress));
  }

  private Outcome.Redacted redact(RedactionJob job, FileStamp stamp, Progress progress) {
    ReportBuilder report = new ReportBuilder();
    Remarks remarks = new Remarks(job.input());
    try (VideoReader probe = VideoReader.open(job.input(), 1)) {
      VideoFrame first = Inputs.firstFrame(probe, job.render().allowTruncated());
      try (Models models =
              Models.open(job.detection(), OptionalDouble.empty(), threads.alone(), cancellation);
          TemporaryOutput temporary = TemporaryOutput.beside(job.output());
          FrameSink sink =
              FrameSink.open(
                  temporary.path(), job.output(), probe, first, job.render(), threads.encoder())) {
        report.devices(models.devices());
        remarks.onDevices(models.devices());
        progress.started(job.input(), probe.info().frames());
        Handover handover = new Handover(job.input());
        Rendering rendering = new Rendering(job.input(), job.render(), cancellation);
        try (Stage<FileIdentity> identity =
                Stage.start(
                    "efface-digest",
                    () -> FileDigest.of(job.input(), job.recorded(), cancellation::check));
            Stage<Analysis.Findings> analysis =
                Stage.start("efface-analysis", () -> analyse(job, models, handover))) {
          rendering.run(handover, sink, threads.decoder(), remarks, progress);
          Manifest manifest =
              analysis
                  .result()
                  .manifest(
                      identity.result(),
                      probe,
                      models.rules(probe.info().still()).identities(),
                      job.detection());
          remarks.onFindings(manifest, models.labels());
          stamp.refuseChanged(job.input());
          return Publication.of(job)
              .publish(
                  temporary,
                  sink,
                  rendering,
                  manifest,
                  Optional.of(models.residue()),
                  threads.decoder(),
                  report,
                  remarks,
                  probe.info(),
                  cancellation,
                  progress);
        }
      }
    }
  }

  @Override
  public Outcome.Redacted apply(ApplyJob job, Progress progress) {
    running.lock();
    try {
      cancellation.check();
      return applyLocked(job, progress);
    } catch (MediaException e) {
      throw named(e, job.output());
    } finally {
      progress.finished();
      running.unlock();
    }
  }

  private Outcome.Redacted applyLocked(ApplyJob asked, Progress progress) {
    Inputs.refuseMissing(asked.manifest());
    Inputs.refuseMissing(asked.input());
    Targets.check(
        List.of(asked.input(), asked.manifest()),
        asked.output(),
        asked.report(),
        asked.editing(),
        asked.overwrite());
    Manifest recorded = ManifestCodec.read(asked.manifest());
    ApplyJob job = asked.forManifest(recorded);
    return FileStamp.reading(job.input(), stamp -> apply(job, recorded, stamp, progress));
  }

  private Outcome.Redacted apply(
      ApplyJob job, Manifest recorded, FileStamp stamp, Progress progress) {
    ReportBuilder report = new ReportBuilder();
    Remarks remarks = new Remarks(job.input());
    FileIdentity input = FileDigest.of(job.input(), job.input(), cancellation::check);
    if (!job.anyInput() && !input.sha256().equals(recorded.input().file().sha256())) {
      throw new JobException(
          job.input()
              + ": is not the file the manifest was made from (another SHA-256); name that one, or"
              + " add --any-input");
    }
    Manifest manifest = edited(job, recorded.withInputFile(input), report, remarks, progress);
    // What the models of then did not look for was said when the manifest was made.
    remarks.onFindings(manifest, Set.copyOf(manifest.classes()));
    boolean same = input.sha256().equals(recorded.input().file().sha256());
    // Which frames of another file are damaged is seen only when they are decoded.
    Publication publication = same ? Publication.of(job) : Publication.of(job).withoutCopying();
    return new Replaying(publication, cancellation, threads)
        .run(
            manifest,
            stamp,
            () ->
                Auditing.Left.of(
                    manifest, job.render().audit().level(), threads.detector(), cancellation),
            report,
            remarks,
            progress);
  }

  /** The manifest with the job's edits in it, if there are any. */
  private Manifest edited(
      ApplyJob job, Manifest manifest, ReportBuilder report, Remarks remarks, Progress progress) {
    if (job.editing().edits().isEmpty()) {
      return manifest;
    }
    EditsFile edits = EditsFile.read(job.editing().edits().get(), cancellation);
    edits.refuseOtherManifest(
        FileDigest.of(job.manifest(), job.manifest(), cancellation::check).sha256());
    report.edits(edits.identity());
    boolean allowTruncated = job.render().allowTruncated();
    try (VideoReader probe = VideoReader.open(job.input(), 1)) {
      VideoFrame first = Inputs.firstFrame(probe, allowTruncated);
      Inputs.refuseOtherShape(job.input(), first, manifest);
      progress.started(job.input(), probe.info().frames());
      Survey survey =
          Survey.of(job.input(), first, allowTruncated, threads.decoder(), cancellation, progress);
      new ManifestPlan(manifest).end(survey.times().frames());
      return edits.fold(manifest, survey.times(), remarks);
    }
  }

  @Override
  public Outcome.Detected detect(DetectJob job, Progress progress) {
    running.lock();
    try {
      cancellation.check();
      Inputs.refuseMissing(job.input());
      List<Path> targets = new ArrayList<>();
      job.manifest().ifPresent(targets::add);
      job.csv().ifPresent(targets::add);
      Targets.check(List.of(job.input()), targets, job.overwrite());
      return new Detecting(job, cancellation, threads).run(progress);
    } finally {
      progress.finished();
      running.unlock();
    }
  }

  @Override
  public Outcome evaluate(EvalJob job, Progress progress) {
    running.lock();
    try {
      cancellation.check();
      if (job instanceof EvalJob.Stills stills) {
        return new StillsEvaluation(stills, cancellation, threads).run(progress);
      }
      return new ClipEvaluation((EvalJob.Clip) job, this::redactLocked, cancellation, threads)
          .run(progress);
    } finally {
      progress.finished();
      running.unlock();
    }
  }

  @Override
  public Outcome.Verified verify(VerifyJob job, Progress progress) {
    running.lock();
    try {
      cancellation.check();
      return new Verifying(job, cancellation, threads).run(progress);
    } finally {
      progress.finished();
      running.unlock();
    }
  }

  @Override
  public void cancel() {
    cancellation.cancel();
    // The job holds the lock until it has removed what it had begun.
    running.lock();
    try {
      cancellation.cancel();
    } finally {
      running.unlock();
    }
  }

  /**
   * How many steps the jobs have taken so far, such as frames of each pass. As long as it grows,
   * the running job gets on. Any thread may ask.
   */
  public long steps() {
    return cancellation.steps();
  }

  private Analysis.Findings analyse(RedactionJob job, Models models, Handover handover) {
    try (VideoReader reader = VideoReader.open(job.input(), threads.decoder())) {
      Set<Long> corrupt = new HashSet<>();
      Analysis.Findings findings =
          new Analysis(reader, models, LookSchedule.of(job.detection()), cancellation)
              .run(
                  certain -> {
                    models.detector().useThreads(threads.detector());
                    handover.put(certain, corrupt.remove(certain.frame()));
                  },
                  (frame, detections) -> {
                    if (frame.corrupt()) {
                      corrupt.add(frame.index());
                    }
                  });
      handover.finish(Optional.empty());
      return findings;
    } catch (RuntimeException e) {
      handover.finish(Optional.of(e));
      throw e;
    } catch (Error e) {
      // The rendering waits for this thread's word; out of memory it would wait for ever.
      handover.fail(e);
      throw e;
    }
  }

  /** The failure, told of the output's own name instead of a temporary one. */
  private static MediaException named(MediaException e, Path output) {
    if (!TemporaryOutput.isOne(e.path())) {
      return e;
    }
    String message = String.valueOf(e.getMessage());
    String prefix = e.path() + ": ";
    String rest = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    MediaException named = new MediaException(output, e.operation(), rest);
    named.initCause(e);
    return named;
  }
}
