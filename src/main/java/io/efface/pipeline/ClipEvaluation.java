package io.efface.pipeline;

import io.efface.audit.OutputAudit;
import io.efface.detect.Label;
import io.efface.eval.ClipTruth;
import io.efface.eval.CoverageMeter;
import io.efface.media.EncoderSettings;
import io.efface.media.EncoderSettings.Preset;
import io.efface.media.EncoderWish;
import io.efface.media.VideoFrame;
import io.efface.media.VideoReader;
import io.efface.redact.Cover;
import io.efface.redact.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Compares a clip with its redaction, which it makes first if there is none. */
final class ClipEvaluation {
  private final EvalJob.Clip job;
  private final BiConsumer<RedactionJob, Progress> redactor;
  private final Cancellation cancellation;
  private final ThreadBudget threads;

  /**
   * An evaluation.
   *
   * @param redactor makes the redaction where none is given
   */
  ClipEvaluation(
      EvalJob.Clip job,
      BiConsumer<RedactionJob, Progress> redactor,
      Cancellation cancellation,
      ThreadBudget threads) {
    this.job = job;
    this.redactor = redactor;
    this.cancellation = cancellation;
    this.threads = threads;
  }

  /** Does the job. */
  Outcome.Judged run(Progress progress) {
    Inputs.refuseMissing(job.input());
    ClipTruth truth = ClipTruth.read(job.truth(), job.classes());
    if (job.redacted().isPresent()) {
      Inputs.refuseMissing(job.redacted().get());
      return judged(truth, job.redacted().get(), progress);
    }
    Path folder = temporaryFolder();
    // Matroska takes every codec that Efface writes.
    Path output = folder.resolve("redacted.mkv");
    try {
      redactor.accept(redaction(output, truth.labels()), progress);
      return judged(truth, output, progress);
    } finally {
      remove(output);
      remove(folder);
    }
  }

  /** Quickly encoded and without sound, else as {@code redact} does it. */
  private RedactionJob redaction(Path output, Set<Label> labels) {
    RenderOptions render =
        new RenderOptions(
            RenderOptions.everywhere(new Style.Blur()),
            job.recall().margin(),
            Cover.FACE,
            new EncoderSettings(
                Optional.empty(),
                EncoderSettings.DEFAULT_QUALITY,
                Preset.ULTRAFAST,
                EncoderWish.SOFTWARE),
            RenderOptions.Audio.DROP,
            RenderOptions.OnCorrupt.BLANK,
            false,
            RenderOptions.Smart.OFF,
            new AuditOptions(OutputAudit.Level.OFF, Optional.empty()));
    return new RedactionJob(
        job.input(), output, job.detection(labels), render, false, Optional.empty());
  }

  private Outcome.Judged judged(ClipTruth truth, Path redacted, Progress progress) {
    try (VideoReader before = VideoReader.open(job.input(), threads.decoder());
        VideoReader after = VideoReader.open(redacted, threads.decoder());
        CoverageMeter meter = new CoverageMeter()) {
      progress.started(job.input(), before.info().frames());
      long frames = 0;
      Optional<VideoFrame> original = before.next();
      Optional<VideoFrame> finished = after.next();
      while (original.isPresent() && finished.isPresent()) {
        cancellation.check();
        refuseOtherShape(original.get(), finished.get(), redacted);
        meter.add(original.get(), finished.get(), truth.at(frames));
        progress.advanced(++frames, meter.coverage().all().objects());
        original = before.next();
        finished = after.next();
      }
      Inputs.refuseDamaged(job.input(), before.damage());
      Inputs.refuseDamaged(redacted, after.damage());
      if (original.isPresent() || finished.isPresent()) {
        throw new JobException(
            (original.isPresent() ? redacted : job.input())
                + ": ends after "
                + frames
                + " frames, but "
                + (original.isPresent() ? job.input() : redacted)
                + " goes on; they are not the same footage");
      }
      if (truth.lastFrame() >= frames) {
        throw new JobException(
            job.truth()
                + ": speaks of frame "
                + truth.lastFrame()
                + ", but the last of "
                + job.input()
                + " is "
                + (frames - 1)
                + "; it belongs to another clip");
      }
      return new Outcome.Judged(job.input(), job.redacted(), meter.coverage());
    }
  }

  private void refuseOtherShape(VideoFrame original, VideoFrame finished, Path redacted) {
    if (!CoverageMeter.isComparable(original, finished)) {
      throw new JobException(
          redacted
              + ": its pictures are "
              + finished.width()
              + "x"
              + finished.height()
              + ", those of "
              + job.input()
              + " "
              + original.width()
              + "x"
              + original.height()
              + ", or they are turned another way; only pictures of the same shape can be"
              + " compared");
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("efface-eval");
    } catch (IOException e) {
      throw new JobException(
          "the temporary folder cannot be written to; choose another with -Djava.io.tmpdir=DIR", e);
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new JobException(file + ": cannot be removed; delete it by hand", e);
    }
  }
}
