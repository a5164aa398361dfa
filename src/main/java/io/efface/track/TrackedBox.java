package io.efface.track;

import io.efface.detect.Label;
import io.efface.geometry.Box;

/**
 * Where one tracked object is in one sealed frame.
 *
 * @param track number of the object's track, from 1 in order of appearance
 * @param label what it is
 * @param box in pixels of the upright picture; may reach beyond its edge
 * @param score confidence of the detection, 0 to 1; 0 where nothing was detected
 * @param origin how the box came about
 */
public record TrackedBox(int track, Label label, Box box, double score, TrackPoint.Origin origin) {

  /** Checks the track's number. */
  public TrackedBox {
    if (track < 1) {
      throw new IllegalArgumentException("track " + track + "; numbers start at 1");
    }
  }
}
