package io.efface.audit;

import io.efface.media.VideoFrame;
import io.efface.redact.Redactor;
import io.efface.redact.Region;
import java.util.List;

/**
 * Makes of the input's frames what the output was planned to show: wipes the regions with the
 * audit's own code, then has the redactor fill them. Single-threaded; owns a redactor and must be
 * closed.
 */
class Refill implements AutoCloseable {
  private final RegionWipe wipe = new RegionWipe();
  private final Redactor redactor;

  /**
   * A refill at a film's beginning.
   *
   * @param mosaicSeed the secret of the film's mosaics; any number where they are not judged by it
   */
  Refill(long mosaicSeed) {
    redactor = new Redactor(Redactor.GRAIN_SEED, mosaicSeed);
  }

  /**
   * Fills regions.
   *
   * @param input the input's frame, borrowed for the call, changed in place
   * @param whole whether the frame was to be filled whole, as one that is damaged is
   */
  final void fill(VideoFrame input, List<Region> regions, boolean whole) {
    wipe.wipe(input, regions);
    if (whole) {
      redactor.blank(input);
    } else {
      redact(redactor, input, regions);
    }
  }

  /** Has regions filled. */
  void redact(Redactor by, VideoFrame input, List<Region> regions) {
    by.redact(input, regions);
  }

  @Override
  public final void close() {
    redactor.close();
  }
}
