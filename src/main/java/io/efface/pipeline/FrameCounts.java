package io.efface.pipeline;

import io.efface.manifest.FrameRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects numbers of frames into ranges, so that a long run of them takes no more room than one.
 */
final class FrameCounts {
  private final List<FrameRange> ranges = new ArrayList<>();
  private long count;

  /** Adds the number of a frame, later than all before. */
  void add(long frame) {
    count++;
    int last = ranges.size() - 1;
    if (last >= 0 && ranges.get(last).last() == frame - 1) {
      ranges.set(last, new FrameRange(ranges.get(last).first(), frame));
    } else {
      ranges.add(new FrameRange(frame, frame));
    }
  }

  /** How many were added. */
  long count() {
    return count;
  }

  /** The frames in runs. */
  List<FrameRange> ranges() {
    return List.copyOf(ranges);
  }
}
