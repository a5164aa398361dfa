package io.efface.pipeline;

import io.efface.manifest.FrameRange;
import io.efface.manifest.Manifest;
import io.efface.media.VideoFrame;
import io.efface.track.Track;
import io.efface.track.TrackPoint;
import io.efface.track.TrackedBox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Replays a manifest's tracks frame by frame. */
final class ManifestPlan implements FramePlan {
  private final Manifest manifest;
  private final List<Track> waiting;
  private final List<Track> active = new ArrayList<>();
  private int nextWaiting;
  private int nextCorrupt;

  /** A plan for the tracks that the manifest wants redacted. */
  ManifestPlan(Manifest manifest) {
    this.manifest = manifest;
    this.waiting =
        manifest.redacted().stream()
            .sorted(
                Comparator.comparingLong((Track t) -> t.first().frame())
                    .thenComparingInt(Track::id))
            .toList();
  }

  @Override
  public Step next(VideoFrame frame) {
    long index = frame.index();
    while (nextWaiting < waiting.size() && waiting.get(nextWaiting).first().frame() <= index) {
      active.add(waiting.get(nextWaiting++));
    }
    active.removeIf(track -> track.last().frame() < index);
    active.sort(Comparator.comparingInt(Track::id));
    List<TrackedBox> objects = new ArrayList<>();
    for (Track track : active) {
      TrackPoint point = track.points().get((int) (index - track.first().frame()));
      if (point.pts() != frame.pts()) {
        throw new JobException(
            manifest.input().file().name()
                + ": frame "
                + index
                + " is shown at another time than in the manifest; make the manifest anew with 'efface detect'");
      }
      objects.add(
          new TrackedBox(track.id(), track.label(), point.box(), point.score(), point.origin()));
    }
    return new Step(isCorrupt(index), objects);
  }

  private boolean isCorrupt(long index) {
    List<FrameRange> ranges = manifest.corrupt();
    while (nextCorrupt < ranges.size() && ranges.get(nextCorrupt).last() < index) {
      nextCorrupt++;
    }
    return nextCorrupt < ranges.size() && ranges.get(nextCorrupt).first() <= index;
  }

  @Override
  public void end(long frames) {
    if (frames != manifest.input().frames()) {
      throw new JobException(
          manifest.input().file().name()
              + ": has "
              + frames
              + " frames, but the manifest was made for "
              + manifest.input().frames()
              + "; make it anew with 'efface detect'");
    }
  }
}
