package io.efface.track;

import java.util.List;

/**
 * What is to be covered in one frame, for good: no later frame changes it.
 *
 * @param frame number of the frame in presentation order, from 0
 * @param pts presentation time in ticks of the stream's time base
 * @param objects one box a track, by track number of older tracks first; may be empty
 */
public record SealedFrame(long frame, long pts, List<TrackedBox> objects) {

  /** Copies the list. */
  public SealedFrame {
    objects = List.copyOf(objects);
  }
}
