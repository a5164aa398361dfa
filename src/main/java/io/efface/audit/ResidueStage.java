package io.efface.audit;

import io.efface.geometry.Box;
import io.efface.media.DetachedFrame;
import io.efface.media.ReadAhead;
import io.efface.media.Stage;
import io.efface.media.VideoFrame;
import io.efface.redact.Region;
import java.util.List;
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

  /**
   * Begins to look at the current frame, once the look before has ended.
   *
   * @param destroyed regions that were filled
   * @param kept objects that are to stay, in pixels of the upright picture
   */
  void look(List<Region> destroyed, List<Box> kept) {
    finish();
    DetachedFrame frame = frames.keep();
    lastLook = frame.view().seconds();
    looking = Optional.of(Stage.start("efface-residue", () -> look(frame, destroyed, kept)));
  }

  private long look(DetachedFrame frame, List<Region> destroyed, List<Box> kept) {
    try (frame) {
      ResidueAudit looks = audit.orElseThrow();
      looks.look(frame.view(), still, destroyed, kept);
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
