package io.efface.media;

import java.util.TreeSet;

/**
 * Which packets of a picture's stream are damaged, by their times, so that the pictures made of
 * them are known. Where there are too many to tell apart, no picture is trusted. Single-threaded.
 */
final class DamagedPackets {
  /** So many are told apart. */
  static final int MOST = 10_000;

  /** Packets that lie this far behind a picture gave none. */
  private static final double BEHIND_SECONDS = 60;

  private final long behind;
  private final TreeSet<Long> times = new TreeSet<>();
  private boolean tooMany;

  /**
   * No packet yet.
   *
   * @param timeBase seconds a tick
   */
  DamagedPackets(Rational timeBase) {
    this.behind = Math.max(1, timeBase.ticks(BEHIND_SECONDS));
  }

  /** Notes a damaged packet. */
  void add(long pts) {
    tooMany |= times.size() >= MOST;
    if (!tooMany) {
      times.add(pts);
    }
  }

  /**
   * Whether a picture is made of a damaged packet; those that can give none any more are forgotten.
   *
   * @param pts of the picture, which come in ascending order
   */
  boolean isDamaged(long pts) {
    boolean noted = times.remove(pts);
    if (pts != FFmpeg.NO_PTS) {
      // Those without a time stay.
      long oldest = Math.max(FFmpeg.NO_PTS + 1, pts - behind);
      times.subSet(FFmpeg.NO_PTS + 1, oldest).clear();
    }
    return noted || tooMany;
  }
}
