package io.efface.pipeline;

import io.efface.manifest.Manifest;
import io.efface.media.VideoFrame;
import io.efface.media.VideoReader;
import java.util.function.Supplier;

/** Renders a whole manifest: the second half of a job whose first half has ended. */
final class Replaying {
  private final Publication publication;
  private final Cancellation cancellation;
  private final ThreadBudget threads;

  /** The rendering of one input. */
  Replaying(Publication publication, Cancellation cancellation, ThreadBudget threads) {
    this.publication = publication;
    this.cancellation = cancellation;
    this.threads = threads;
  }

  /**
   * Renders, audits and publishes.
   *
   * @param manifest what is to be destroyed
   * @param stamp of the input before any of it was read
   * @param left gives what looks for what is left; asked once, closed by this call
   * @throws JobException if the input is another than when the stamp was taken
   */
  Outcome.Redacted run(
      Manifest manifest,
      FileStamp stamp,
      Supplier<Auditing.Left> left,
      ReportBuilder report,
      Remarks remarks,
      Progress progress) {
    RenderOptions render = publication.render();
    try (VideoReader probe = VideoReader.open(publication.input(), 1)) {
      VideoFrame first = Inputs.firstFrame(probe, render.allowTruncated());
      Inputs.refuseOtherShape(publication.input(), first, manifest);
      try (TemporaryOutput temporary = TemporaryOutput.beside(publication.output());
          FrameSink sink =
              FrameSink.open(
                  temporary.path(),
                  publication.output(),
                  probe,
                  first,
                  render,
                  threads.encoder())) {
        progress.started(publication.input(), probe.info().frames());
        Rendering rendering = new Rendering(publication.input(), render, cancellation);
        rendering.run(new ManifestPlan(manifest), sink, threads.decoder(), remarks, progress);
        stamp.refuseChanged(publication.input());
        try (Auditing.Left residue = left.get()) {
          return publication.publish(
              temporary,
              sink,
              rendering,
              manifest,
              residue.residue(),
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
}
