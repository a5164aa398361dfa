package io.efface.media;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Gives packets their decoding times: each the presentation time of the picture that is shown a
 * fixed number of pictures earlier. Times so made rise whatever the rate, and none is later than
 * its packet's presentation as long as no picture is shown further from its place. Single-threaded.
 */
final class DecodeTimes {
  private final int reordered;
  private final long ticksAFrame;
  private final Deque<Long> shown = new ArrayDeque<>();
  private long given;

  /**
   * Times for a stream.
   *
   * @param reordered by how many pictures the two orders differ at most
   * @param ticksAFrame the step before the first picture, at least 1
   */
  DecodeTimes(int reordered, long ticksAFrame) {
    this.reordered = reordered;
    this.ticksAFrame = ticksAFrame;
  }

  /** Adds the next picture's time in the order of showing. */
  void add(long pts) {
    shown.add(pts);
  }

  /**
   * The time of the next packet in the order of decoding.
   *
   * @param pts its presentation time
   * @throws IllegalStateException if it is shown before its turn
   */
  long next(long pts) {
    long early = reordered - given;
    given++;
    long time = early > 0 ? shown.element() - early * ticksAFrame : shown.remove();
    if (time > pts) {
      throw new IllegalStateException("a picture is shown before it is decoded");
    }
    return time;
  }
}
