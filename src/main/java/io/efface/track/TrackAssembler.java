package io.efface.track;

import io.efface.detect.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Turns sealed frames back into tracks, so that a manifest holds exactly what is rendered. Grows
 * with the number of boxes it is given.
 */
public final class TrackAssembler {
  private final TreeMap<Integer, Growing> byId = new TreeMap<>();

  private record Growing(Label label, List<TrackPoint> points) {}

  /** Adds a frame; frames come in order. */
  public void add(SealedFrame frame) {
    for (TrackedBox box : frame.objects()) {
      byId.computeIfAbsent(box.track(), id -> new Growing(box.label(), new ArrayList<>()))
          .points()
          .add(new TrackPoint(frame.frame(), frame.pts(), box.box(), box.score(), box.origin()));
    }
  }

  /**
   * The tracks so far, by number.
   *
   * @throws IllegalArgumentException if the frames left a hole in a track
   */
  public List<Track> tracks() {
    List<Track> tracks = new ArrayList<>(byId.size());
    byId.forEach((id, track) -> tracks.add(new Track(id, track.label(), track.points())));
    return List.copyOf(tracks);
  }
}
