package io.efface.track;

import io.efface.detect.Label;
import java.util.List;

/**
 * One object followed through time.
 *
 * @param id number unique within a file, from 1 in order of appearance
 * @param label what it is
 * @param points one a frame, in order, without holes
 */
public record Track(int id, Label label, List<TrackPoint> points) {

  /** Copies the points and checks that frames follow one another. */
  public Track {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("track " + id + " has no points");
    }
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).frame() != points.get(i - 1).frame() + 1) {
        throw new IllegalArgumentException(
            "track " + id + " has a hole before frame " + points.get(i).frame());
      }
    }
  }

  /** The track's first point. */
  public TrackPoint first() {
    return points.get(0);
  }

  /** The track's last point. */
  public TrackPoint last() {
    return points.get(points.size() - 1);
  }

  /** Best score of any of its detections. */
  public double peakScore() {
    return points.stream().mapToDouble(TrackPoint::score).max().orElse(0);
  }
}
