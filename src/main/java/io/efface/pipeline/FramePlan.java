package io.efface.pipeline;

import io.efface.manifest.Replay;
import io.efface.media.VideoFrame;
import io.efface.track.TrackedBox;
import java.util.List;

/** What is to be destroyed, frame by frame, in order. */
interface FramePlan {

  /** Whether a frame is to be filled whole, and what is in it otherwise. */
  record Step(boolean blank, List<TrackedBox> objects, List<Replay.PlacedZone> zones) {
    /** Copies the lists. */
    public Step {
      objects = List.copyOf(objects);
      zones = List.copyOf(zones);
    }
  }

  /**
   * The plan for the next frame; waits until it is certain.
   *
   * @throws JobException if the plan does not fit the frame: then nothing of the footage can be
   *     trusted to be covered
   */
  Step next(VideoFrame frame);

  /**
   * Checks that the plan ends where the footage does.
   *
   * @param frames how many frames there were
   * @throws JobException if it does not
   */
  void end(long frames);
}
