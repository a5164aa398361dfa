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
   * Whether nothing in some frames is to be destroyed; waits until that is certain. Nothing is
   * taken from the plan. Each frame is asked about once, in order; those before them were taken.
   *
   * @param first number of the first of them
   * @param times their presentation times in ticks, ascending
   */
  boolean isUntouched(long first, long[] times);

  /** Takes frames from the plan that {@link #isUntouched}; the parameters are the same. */
  void pass(long first, long[] times);

  /**
   * Checks that the plan ends where the footage does.
   *
   * @param frames how many frames there were
   * @throws JobException if it does not
   */
  void end(long frames);
}
