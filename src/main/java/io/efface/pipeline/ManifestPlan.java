package io.efface.pipeline;

import io.efface.manifest.Manifest;
import io.efface.manifest.Replay;
import io.efface.media.VideoFrame;
import io.efface.track.Track;
import io.efface.track.TrackPoint;
import io.efface.track.TrackedBox;
import java.util.ArrayList;
import java.util.List;

/** Replays a manifest's tracks and zones frame by frame. */
final class ManifestPlan implements FramePlan {
  private final Manifest manifest;
  private final Replay replay;
  private final Replay ahead;

  /** A plan for what the manifest wants redacted. */
  ManifestPlan(Manifest manifest) {
    this.manifest = manifest;
    this.replay = Replay.ofRedacted(manifest);
    this.ahead = Replay.ofRedacted(manifest);
  }

  @Override
  public Step next(VideoFrame frame) {
    long index = frame.index();
    List<TrackedBox> objects = new ArrayList<>();
    for (Replay.Placed placed : replay.objects(index)) {
      Track track = placed.track();
      TrackPoint point = placed.point();
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
    return new Step(replay.corrupt(index), objects, replay.zones(index));
  }

  @Override
  public boolean isUntouched(long first, long[] times) {
    boolean untouched = first + times.length <= manifest.input().frames();
    for (long frame = first; untouched && frame < first + times.length; frame++) {
      untouched =
          !ahead.corrupt(frame) && ahead.objects(frame).isEmpty() && ahead.zones(frame).isEmpty();
    }
    return untouched;
  }

  @Override
  public void pass(long first, long[] times) {
    // A manifest is asked by number: there is nothing to take from it.
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
