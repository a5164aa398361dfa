package io.efface.detect;

import io.efface.geometry.Box;

/**
 * One object found in one frame.
 *
 * @param label what it is
 * @param box where, in pixels of the upright picture (after rotation)
 * @param score the detector's confidence, 0 to 1
 */
public record Detection(Label label, Box box, double score) {

  /** Checks the score's range. */
  public Detection {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score " + score);
    }
  }
}
