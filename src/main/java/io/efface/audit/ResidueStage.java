package io.efface.audit;

import io.efface.media.DetachedFrame;
import io.efface.media.ReadAhead;
import io.efface.media.Stage;
import io.efface.media.VideoFrame;
import java.util.Optional;

/**
 * Has a {@link ResidueAudit} look at the first frame and then at one every {@value
 * #INTERVAL_SECONDS} seconds, on a thread of its own while the pass goes on. Used by one thread; as
 * long as it is not closed, the audit belongs to the inner one.
 */
final class ResidueStage implements AutoCloseable {
  /** Seconds from one look to the next. */
  static final double INTERVAL_SECONDS = 0.5;

  private final Optional<ResidueAudit> audit;
  private final ReadAhead frames;
  private final boolean still;
  private Optional<Stage<Long>> looking = Optional.empty();
  private double lastLook = Double.NEGATIVE_INFINITY;

  /**
   * A stage at a film's beginning.
   *
   * @param audit empty where nothing is looked for
   * @param frames the finished file's, borrowed
   * @param still whether the file is a photo
   */
  ResidueStage(Optional<ResidueAudit> audit, ReadAhead frames, boolean still) {
    this.audit = audit;
    this.frames = frames;
    this.still = still;
  }

  /** Whether a look at a frame is to begin. */
  boolean isDue(VideoFrame frame) {
    double seconds = frame.seconds();
    return audit.isPresent() && (seconds >= lastLook + INTERVAL_SECONDS || seconds < lastLook);
  }

  /** Begins to look at the current frame, once the look before has ended. */
  void look(ResidueAudit.Plan plan) {
    finish();
    DetachedFrame frame = frames.keep();
    lastLook = frame.view().seconds();
    looking = Optional.of(Stage.start("efface-residue", () -> look(frame, plan)));
  }

  private long look(DetachedFrame frame, ResidueAudit.Plan plan) {
    try (frame) {
      ResidueAudit looks = audit.orElseThrow();
      looks.look(frame.view(), still, plan);
      return looks.looks();
    }
  }

  /** Waits for the last look to end, or throws what it threw. */
  void finish() {
    looking.ifPresent(Stage::result);
    looking = Optional.empty();
  }

  @Override
  public void close() {
    looking.ifPresent(Stage::close);
  }
}
