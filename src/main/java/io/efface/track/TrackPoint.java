package io.efface.track;

import io.efface.geometry.Box;

/**
 * Where a tracked object is in one frame.
 *
 * @param frame number of the frame in presentation order, from 0
 * @param pts presentation time in ticks of the stream's time base
 * @param box in pixels of the upright picture; may reach beyond its edge
 * @param score confidence of the detection, 0 to 1; 0 where nothing was detected
 * @param origin how the point came about
 */
public record TrackPoint(long frame, long pts, Box box, double score, Origin origin) {

  /** How a point came about. */
  public enum Origin {
    /** A detection of this frame. */
    DETECTED,
    /** Between two detections of the track. */
    INTERPOLATED,
    /** Before the first or after the last detection, along the motion. */
    EXTENDED,
    /** Drawn by a person. */
    MANUAL
  }
}
