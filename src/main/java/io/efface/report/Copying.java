package io.efface.report;

import java.util.List;

/**
 * How much of a film was copied because nothing in it was to be destroyed, where that was asked
 * for.
 *
 * @param copied frames whose coded pictures are the input's
 * @param encoded all other frames
 * @param refusals why frames were encoded whatever was in them, each reason once
 */
public record Copying(long copied, long encoded, List<Refusal> refusals) {

  /**
   * Frames that could not be copied.
   *
   * @param why a reason, without values of the input
   * @param frames how many
   */
  public record Refusal(String why, long frames) {
    /** Checks that there is a reason. */
    public Refusal {
      if (why.isBlank() || frames < 0) {
        throw new IllegalArgumentException("a refusal needs a reason and frames");
      }
    }
  }

  /** Copies the list and checks the counts. */
  public Copying {
    refusals = List.copyOf(refusals);
    if (copied < 0 || encoded < 0) {
      throw new IllegalArgumentException("frames cannot be fewer than none");
    }
  }
}
