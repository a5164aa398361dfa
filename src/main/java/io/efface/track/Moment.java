package io.efface.track;

import io.efface.geometry.Similarity;
import java.util.Optional;

/**
 * When a frame is shown, and what lies between it and the one before.
 *
 * @param frame number in presentation order
 * @param pts presentation time in ticks, only passed on
 * @param seconds presentation time; steps may be unequal
 * @param cut whether a shot cut lies between the last frame and this one
 * @param late how many frames before this one may belong to the shot that begins with it already,
 *     from 0; ignored where none begins
 * @param movement how the picture as a whole moved since the last frame, in pixels of the upright
 *     picture; empty where that is not known, and ignored after a cut
 */
public record Moment(
    long frame, long pts, double seconds, boolean cut, int late, Optional<Similarity> movement) {

  /** A moment before which no frame belongs to its shot that does not seem to. */
  public Moment(long frame, long pts, double seconds, boolean cut, Optional<Similarity> movement) {
    this(frame, pts, seconds, cut, 0, movement);
  }
}
