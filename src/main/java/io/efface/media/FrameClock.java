package io.efface.media;

/**
 * Times that rise from frame to frame, or from packet to packet: a file may lack times or repeat
 * them; an output cannot, so such times are moved on by the least step. Where they go back by more
 * than that may be, as where recordings were put one behind the other, all that follow are shifted,
 * so that the film goes on at its own pace. Single-threaded.
 */
final class FrameClock {
  /**
   * Times that go back by less than this are out of order by a few frames, as coders that reorder
   * them may leave them, and are soon where they were.
   */
  private static final double BACK_SECONDS = 0.15;

  private final long ticksAFrame;
  private final long leastBack;
  private long last = FFmpeg.NO_PTS;
  private long shift;

  /**
   * A clock before the first frame.
   *
   * @param timeBase seconds a tick
   * @param rate frames a second, or unknown
   */
  FrameClock(Rational timeBase, Rational rate) {
    ticksAFrame = rate.isKnown() ? Math.max(1, timeBase.ticks(1 / rate.toDouble())) : 1;
    leastBack = Math.max(1, timeBase.ticks(BACK_SECONDS));
  }

  /**
   * The time of the next frame.
   *
   * @param pts as the file has it, in ticks, or {@link FFmpeg#NO_PTS}
   */
  long next(long pts) {
    return next(pts, ticksAFrame);
  }

  /**
   * The time of the next frame, where it is known how long the one before lasts.
   *
   * @param pts as the file has it, in ticks, or {@link FFmpeg#NO_PTS}
   * @param lasted ticks of the one before, at least 1
   */
  long next(long pts, long lasted) {
    if (pts == FFmpeg.NO_PTS) {
      last = last == FFmpeg.NO_PTS ? 0 : last + lasted;
      return last;
    }
    if (last != FFmpeg.NO_PTS && pts + shift < last - leastBack) {
      shift = last + lasted - pts;
    }
    long time = pts + shift;
    last = last == FFmpeg.NO_PTS ? time : Math.max(time, last + 1);
    return last;
  }

  /** Passes over frames, the last of which has the given time. */
  void passTo(long time) {
    last = time;
  }

  /** Whether times are other than the file's, since they once went back. */
  boolean isShifted() {
    return shift != 0;
  }
}
