package io.efface.pipeline;

import io.efface.manifest.FileIdentity;
import io.efface.manifest.Manifest;
import io.efface.manifest.ManifestCodec;
import io.efface.media.MediaException;
import io.efface.media.VideoFrame;
import io.efface.media.VideoReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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
    Targets.check(List.of(job.input()), targets(job.output(), job.report()), job.overwrite());
    ReportBuilder report = new ReportBuilder();
    Remarks remarks = new Remarks(job.input());
    Inputs.Stamp stamp = Inputs.Stamp.of(job.input());
    try (VideoReader probe = VideoReader.open(job.input(), 1)) {
      VideoFrame first = Inputs.firstFrame(probe, job.render().allowTruncated());
      try (Models models =
              Models.open(job.detection(), OptionalDouble.empty(), threads.detector());
          TemporaryOutput temporary = TemporaryOutput.beside(job.output());
          FrameSink sink =
              FrameSink.open(
                  temporary.path(), job.output(), probe, first, job.render(), threads.encoder())) {
        progress.started(job.input(), probe.info().frames());
        Handover handover = new Handover(job.input());
        Rendering rendering = new Rendering(job.input(), job.render(), cancellation);
        try (Stage<FileIdentity> identity =
                Stage.start(
                    "efface-digest",
                    () -> FileDigest.of(job.input(), job.recorded(), cancellation));
            Stage<Analysis.Findings> analysis =
                Stage.start("efface-analysis", () -> analyse(job.input(), models, handover))) {
          render(job.input(), job.render(), rendering, handover, sink, remarks, progress);
          Manifest manifest =
              analysis
                  .result()
                  .manifest(
                      identity.result(),
                      probe,
                      models.identities(),
                      List.copyOf(job.detection().classes()));
          remarks.onFindings(manifest, models.settings().keySet());
          stamp.refuseChanged(job.input());
          return new Publication(
                  job.input(),
                  job.output(),
                  job.report(),
                  job.overwrite(),
                  Optional.of(job.detection()),
                  job.render())
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
                  cancellation);
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

  private Outcome.Redacted applyLocked(ApplyJob job, Progress progress) {
    Inputs.refuseMissing(job.manifest());
    Inputs.refuseMissing(job.input());
    Targets.check(
        List.of(job.input(), job.manifest()), targets(job.output(), job.report()), job.overwrite());
    Manifest recorded = ManifestCodec.read(job.manifest());
    FileIdentity input = FileDigest.of(job.input(), job.input(), cancellation);
    if (!job.anyInput() && !input.sha256().equals(recorded.input().file().sha256())) {
      throw new JobException(
          job.input()
              + ": is not the file the manifest was made from (another SHA-256); name that one, or"
              + " add --any-input");
    }
    Manifest manifest = recorded.withInputFile(input);
    ReportBuilder report = new ReportBuilder();
    Remarks remarks = new Remarks(job.input());
    try (VideoReader probe = VideoReader.open(job.input(), 1)) {
      VideoFrame first = Inputs.firstFrame(probe, job.render().allowTruncated());
      Inputs.refuseOtherShape(job.input(), first, manifest);
      try (TemporaryOutput temporary = TemporaryOutput.beside(job.output());
          FrameSink sink =
              FrameSink.open(
                  temporary.path(), job.output(), probe, first, job.render(), threads.encoder())) {
        progress.started(job.input(), probe.info().frames());
        Rendering rendering = new Rendering(job.input(), job.render(), cancellation);
        ManifestPlan plan = new ManifestPlan(manifest);
        render(job.input(), job.render(), rendering, plan, sink, remarks, progress);
        try (Auditing.Left left =
            Auditing.Left.of(manifest, job.render().audit().level(), threads.detector())) {
          return new Publication(
                  job.input(),
                  job.output(),
                  job.report(),
                  job.overwrite(),
                  Optional.empty(),
                  job.render())
              .publish(
                  temporary,
                  sink,
                  rendering,
                  manifest,
                  left.residue(),
                  threads.decoder(),
                  report,
                  remarks,
                  probe.info(),
                  cancellation);
        }
      }
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

  private Analysis.Findings analyse(Path input, Models models, Handover handover) {
    try (VideoReader reader = VideoReader.open(input, threads.decoder())) {
      Analysis.Findings findings =
          new Analysis(reader, models, cancellation).run(handover::put, (frame, detections) -> {});
      handover.finish(Optional.empty());
      return findings;
    } catch (RuntimeException e) {
      handover.finish(Optional.of(e));
      throw e;
    } catch (Error e) {
      // The rendering waits for this thread's word; out of memory it would wait for ever.
      handover.finish(Optional.of(new IllegalStateException("the analysis ended: " + e, e)));
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

  private void render(
      Path input,
      RenderOptions options,
      Rendering rendering,
      FramePlan plan,
      FrameSink sink,
      Remarks remarks,
      Progress progress) {
    try (VideoReader reader = sink.openReader(input, threads.decoder())) {
      rendering.run(reader, plan, sink::write, progress);
      reader
          .damage()
          .ifPresent(why -> Inputs.refuseTruncated(input, why, options.allowTruncated()));
      sink.finish();
      remarks.onReading(reader);
    }
  }

  private static List<Path> targets(Path output, Optional<ReportRequest> report) {
    List<Path> targets = new ArrayList<>(List.of(output));
    targets.addAll(ReportRequest.files(report, output).all());
    return targets;
  }
}
