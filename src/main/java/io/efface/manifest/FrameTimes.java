package io.efface.manifest;

import io.efface.media.Rational;
import java.util.Arrays;

/**
 * When each frame of a film is shown. Grows by eight bytes a frame. Single-threaded while it grows.
 */
public final class FrameTimes {
  /** How far beyond the film a time may lie: people read it from where it was rounded. */
  private static final double SLACK_SECONDS = 1e-3;

  /**
   * How far from a told time the moment that was meant may lie: half of the coarsest unit in which
   * reports tell times, a tenth of a second.
   */
  private static final double ROUNDING_SECONDS = 0.05;

  private final Rational timeBase;
  private long[] pts = new long[256];
  private int frames;

  /**
   * The times of a film of which no frame is known yet.
   *
   * @param timeBase seconds a tick
   */
  public FrameTimes(Rational timeBase) {
    this.timeBase = timeBase;
  }

  /** Adds the next frame's presentation time, in ticks. */
  public void add(long ticks) {
    if (frames == pts.length) {
      pts = Arrays.copyOf(pts, 2 * frames);
    }
    pts[frames++] = ticks;
  }

  /** How many frames there are. */
  public long frames() {
    return frames;
  }

  /** A frame's presentation time in ticks. */
  long pts(long frame) {
    return pts[Math.toIntExact(frame)];
  }

  /** A frame's presentation time. */
  double seconds(long frame) {
    return timeBase.seconds(pts(frame));
  }

  /** When the last frame's time is over, if it is shown as long as the one before. */
  double endSeconds() {
    double last = seconds(frames - 1);
    return frames == 1 ? last : last + Math.max(0, last - seconds(frames - 2));
  }

  /**
   * The frames from one moment to another, whichever they touch: those on show at either are among
   * them. A time in seconds may have been read where it was rounded, so at its end the frames on
   * show up to 0.05 s outside are among them, too.
   *
   * @throws IllegalArgumentException if a moment lies beyond the film or they are in the wrong
   *     order
   */
  FrameRange outer(Moment from, Moment to) {
    FrameRange told = range(from, to, onShow(from), onShow(to));
    long first =
        from instanceof Moment.Seconds time
            ? Math.min(told.first(), onShow(time.seconds() - ROUNDING_SECONDS))
            : told.first();
    long last =
        to instanceof Moment.Seconds time
            ? Math.max(told.last(), onShow(time.seconds() + ROUNDING_SECONDS))
            : told.last();
    return new FrameRange(first, last);
  }

  /**
   * The frames that begin at or after one moment and not after another, without any tolerance.
   *
   * @throws IllegalArgumentException as {@link #outer}
   */
  FrameRange inner(Moment from, Moment to) {
    long first = onShow(from);
    if (from instanceof Moment.Seconds time && seconds(first) < time.seconds()) {
      first++;
    }
    return range(from, to, first, onShow(to));
  }

  private static FrameRange range(Moment from, Moment to, long first, long last) {
    if (last < first) {
      throw new IllegalArgumentException(
          "no frame lies from " + words(from) + " to " + words(to) + "; is the order right?");
    }
    return new FrameRange(first, last);
  }

  /** The frame that is on show at a moment. */
  long onShow(Moment moment) {
    if (moment instanceof Moment.Frame frame) {
      if (frame.number() >= frames) {
        throw new IllegalArgumentException(
            words(moment) + " lies beyond the film, whose last frame is " + (frames - 1));
      }
      return frame.number();
    }
    double seconds = ((Moment.Seconds) moment).seconds();
    if (seconds < Math.min(0, seconds(0)) - SLACK_SECONDS
        || seconds > endSeconds() + SLACK_SECONDS) {
      throw new IllegalArgumentException(
          words(moment)
              + " lies beyond the film, which is shown from "
              + Precision.decimal(seconds(0), 3)
              + " to "
              + Precision.decimal(endSeconds(), 3)
              + " s");
    }
    return onShow(seconds);
  }

  /** The frame that is on show at a time; the first or last where that lies beyond the film. */
  private long onShow(double seconds) {
    // Times of frames rise, but of a damaged file perhaps not, so each is looked at.
    long last = 0;
    for (int i = 0; i < frames; i++) {
      last = seconds(i) <= seconds ? i : last;
    }
    return last;
  }

  /** When a moment is, in seconds. */
  double seconds(Moment moment) {
    return moment instanceof Moment.Seconds time ? time.seconds() : seconds(onShow(moment));
  }

  private static String words(Moment moment) {
    return moment instanceof Moment.Frame frame
        ? "frame " + frame.number()
        : Precision.decimal(((Moment.Seconds) moment).seconds(), 3) + " s";
  }
}
