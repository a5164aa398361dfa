package io.efface.media;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where one stream of a file stands, in its own ticks, and where its clock is set anew: back, as
 * where recordings were put one behind the other, or so far ahead that it is no gap. Reordered
 * pictures are no such place. Single-threaded.
 */
final class StreamClock {
  /** Times that go back by less than this are merely out of order, as {@link FrameClock} has it. */
  private static final double BACK_SECONDS = 0.15;

  /** A clock that wraps, or is set by the network after the start, goes ahead by more than this. */
  private static final double AHEAD_SECONDS = 12 * 3600;

  private final long back;
  private final long ahead;
  private final long usual;
  private final int reordered;
  private final Deque<Long> lately = new ArrayDeque<>();
  private long lastDts = FFmpeg.NO_PTS;
  private long end = FFmpeg.NO_PTS;

  /**
   * A clock before the first packet.
   *
   * @param timeBase seconds a tick
   * @param usual ticks of a packet that does not say how long it lasts
   * @param reordered by how many packets the orders of decoding and showing differ at most
   */
  StreamClock(Rational timeBase, long usual, int reordered) {
    this.back = Math.max(1, timeBase.ticks(BACK_SECONDS));
    this.ahead = Math.max(1, timeBase.ticks(AHEAD_SECONDS));
    this.usual = usual;
    this.reordered = reordered;
  }

  /** When a packet begins, in ticks, or {@link FFmpeg#NO_PTS}. */
  static long begin(long pts, long dts) {
    return pts == FFmpeg.NO_PTS ? dts : pts;
  }

  /**
   * Whether the clock is set anew before a packet. Of a stream in which each picture is shown at
   * most so many packets later, one of the last so many and one is shown before the next.
   */
  boolean isSetAnew(long pts, long dts) {
    long begin = begin(pts, dts);
    if (begin == FFmpeg.NO_PTS || lately.isEmpty()) {
      return false;
    }
    long least = lately.stream().mapToLong(Long::longValue).min().orElseThrow();
    boolean decodedLater =
        dts != FFmpeg.NO_PTS && lastDts != FFmpeg.NO_PTS && dts >= lastDts - back;
    return (begin < least - back && !decodedLater) || begin > end + ahead;
  }

  /**
   * Passes a packet.
   *
   * @param duration in ticks; 0 where unknown
   */
  void pass(long pts, long dts, long duration) {
    long begin = begin(pts, dts);
    if (begin == FFmpeg.NO_PTS) {
      return;
    }
    lately.add(begin);
    if (lately.size() > reordered + 1) {
      lately.remove();
    }
    lastDts = dts == FFmpeg.NO_PTS ? lastDts : dts;
    end = Math.max(end, begin + (duration > 0 ? duration : usual));
  }

  /** Forgets what was before, so that the next packet is as the first. */
  void restart() {
    lately.clear();
    lastDts = FFmpeg.NO_PTS;
    end = FFmpeg.NO_PTS;
  }

  /** Whether no packet with a time has passed since the start. */
  boolean isFresh() {
    return lately.isEmpty();
  }

  /** When what has passed since the start is over, in ticks. */
  long end() {
    return end;
  }
}
