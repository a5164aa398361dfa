package io.efface.pipeline;

import io.efface.audit.OutputAudit;
import io.efface.audit.Reference;
import io.efface.manifest.Manifest;
import java.nio.file.Path;
import java.util.Optional;

/** Runs an audit as part of a job. */
final class Auditing {
  private Auditing() {}

  /**
   * Audits a file.
   *
   * @param residue what looks for what is left, borrowed
   * @param threads libav's decoding threads a file
   * @param progress told of each frame
   */
  static OutputAudit.Result run(
      Path file,
      OutputAudit.Level level,
      Reference reference,
      Optional<OutputAudit.Residue> residue,
      int threads,
      Cancellation cancellation,
      Progress progress) {
    Pace pace = new Pace(cancellation, progress);
    return new OutputAudit(file, level, reference, residue, threads, pace::step, pace::block).run();
  }

  /**
   * Counts and tells frames, collects garbage now and then as the rendering does, and stops when
   * asked.
   */
  private static final class Pace {
    private final Cancellation cancellation;
    private final Progress progress;
    private long frames;

    Pace(Cancellation cancellation, Progress progress) {
      this.cancellation = cancellation;
      this.progress = progress;
    }

    /** Before there are frames: tells that it goes on. */
    void block() {
      cancellation.check();
      progress.advanced(0, 0);
    }

    void step() {
      cancellation.check();
      frames++;
      progress.advanced(frames, 0);
      if (frames % Rendering.FRAMES_A_COLLECTION == 0) {
        System.gc();
      }
    }
  }

  /** The models of a manifest, where they are at hand and wanted. Whoever opens it closes it. */
  static final class Left implements AutoCloseable {
    private final Optional<Models> models;
    private final boolean owned;

    private Left(Optional<Models> models, boolean owned) {
      this.models = models;
      this.owned = owned;
    }

    static Left of(
        Manifest manifest, OutputAudit.Level level, int threads, Cancellation cancellation) {
      return new Left(
          level == OutputAudit.Level.FULL
              ? Models.recorded(manifest, threads, cancellation)
              : Optional.empty(),
          true);
    }

    /** The models that are open anyway; closing this leaves them open. */
    static Left borrowed(Models models) {
      return new Left(Optional.of(models), false);
    }

    /** Nothing to look with. */
    static Left none() {
      return new Left(Optional.empty(), true);
    }

    Optional<OutputAudit.Residue> residue() {
      return models.map(Models::residue);
    }

    @Override
    public void close() {
      models.filter(m -> owned).ifPresent(Models::close);
    }
  }
}
