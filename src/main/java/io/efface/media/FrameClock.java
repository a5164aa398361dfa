package io.efface.media;

/**
 * Presentation times that rise from frame to frame: a file may lack times or repeat them; an output
 * cannot, so such times are moved on by the least step. Single-threaded.
 */
final class FrameClock {
  private final long ticksAFrame;
  private long last = FFmpeg.NO_PTS;
  private long mended;

  /**
   * A clock before the first frame.
   *
   * @param timeBase seconds a tick
   * @param rate frames a second, or unknown
   */
  FrameClock(Rational timeBase, Rational rate) {
    ticksAFrame = rate.isKnown() ? Math.max(1, timeBase.ticks(1 / rate.toDouble())) : 1;
  }

  /**
   * The time of the next frame.
   *
   * @param pts as the file has it, in ticks, or {@link FFmpeg#NO_PTS}
   */
  long next(long pts) {
    long time = pts;
    if (time == FFmpeg.NO_PTS) {
      time = last == FFmpeg.NO_PTS ? 0 : last + ticksAFrame;
    } else if (last != FFmpeg.NO_PTS && time <= last) {
      time = last + 1;
    }
    if (time != pts) {
      mended++;
    }
    last = time;
    return time;
  }

  /** Passes over frames, the last of which has the given time. */
  void passTo(long time) {
    last = time;
  }

  /** How many times were missing or not later than the one before. */
  long mended() {
    return mended;
  }
}
