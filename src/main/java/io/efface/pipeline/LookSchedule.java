package io.efface.pipeline;

import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/**
 * Which frames of a film are looked at: the first of each shot, and then one whenever the last look
 * is long enough ago. How long that is depends on what there is to see: where nothing was found of
 * late, looks are fewer, and fewer still where the picture has not changed since the last one. A
 * tracker fills the frames between, and covers an object some time before it was first found: for
 * longer than looks are apart, but where nothing was found in several looks at a still picture. One
 * more look follows soon where somebody new may be running.
 */
final class LookSchedule {
  /** Time stamps are rounded, in some containers to milliseconds. */
  private static final double ROUNDING_SECONDS = 0.004;

  /** How long looks stay frequent after a find, or a cut. */
  private static final double ALERT_SECONDS = 1;

  /**
   * From one look to the next where nothing was found of late. Less than tracks are extended to
   * before their first detection.
   */
  private static final double QUIET_SECONDS = 0.25;

  /**
   * The same where the picture has not changed since, and nothing was even suspected in it. Less
   * than tracks are extended to, too: one look may miss what the next one finds. Not a multiple of
   * a tenth of a second: by the time a detector tells which looks are mirrored.
   */
  private static final double STILL_SECONDS = 0.45;

  /** How many such looks there are before they are fewer: an object at rest was seen by then. */
  private static final int STILL_LOOKS = 2;

  /** From one look to the next at what has been still for longer. */
  private static final double REST_SECONDS = 0.9;

  /**
   * Most frames without a look, however close their times: a file may tell times that are wrong.
   */
  private static final int MOST_FRAMES = 60;

  /** How many times the step before a step between frames is that comes all of a sudden. */
  private static final double STALL = 2;

  /** A glance follows a whole look by so much at most: objects move little in between. */
  private static final double GLANCE_SECONDS = 0.15;

  /**
   * From a look that showed somebody new to the next one: near enough for a tracker to know who
   * runs again, and how fast. At least about a frame of 30 a second, as less tells little of a way.
   */
  private static final double NEWCOMER_SECONDS = 1.0 / 30;

  /** How hard a frame is looked at. */
  enum Look {
    NONE,
    /** {@link io.efface.detect.Detector#glance}. */
    GLANCE,
    /** {@link io.efface.detect.Detector#detect}. */
    WHOLE
  }

  private final double everySeconds;
  private double last = Double.NEGATIVE_INFINITY;
  private double before = Double.NEGATIVE_INFINITY;
  private double stepBefore;
  private int passed;
  private boolean suspected;

  /** The time of a look that showed somebody new, until there was another one. */
  private OptionalDouble newcomer = OptionalDouble.empty();

  private boolean still;
  private int stillLooks;
  private boolean glanced;
  private double alert = Double.NEGATIVE_INFINITY;

  private LookSchedule(double everySeconds) {
    this.everySeconds = everySeconds;
  }

  /** The schedule of a film's analysis. */
  static LookSchedule of(DetectionOptions options) {
    return every(options.recall().lookSeconds());
  }

  /**
   * A schedule with one look in so many seconds, where there is something to see; with 0, each
   * frame is looked at, whatever it shows.
   */
  static LookSchedule every(double seconds) {
    if (!(seconds >= 0 && Double.isFinite(seconds))) {
      throw new IllegalArgumentException("a look every " + seconds + " s");
    }
    return new LookSchedule(seconds);
  }

  /**
   * How the next frame is to be looked at.
   *
   * @param seconds its time
   * @param cut whether another shot begins with it
   * @param changed whether it shows anything that the frame of the last whole look does not; asked
   *     for only where that matters
   */
  Look next(double seconds, boolean cut, BooleanSupplier changed) {
    boolean first = cut || last == Double.NEGATIVE_INFINITY;
    stepBefore = first ? 0 : Math.abs(seconds - before);
    before = seconds;
    if (first) {
      alert = seconds;
    }
    double since = Math.abs(seconds - last);
    if (!first
        && passed < MOST_FRAMES
        && since < pause(seconds, since, changed) - ROUNDING_SECONDS) {
      passed++;
      if (newcomer.isPresent()
          && Math.abs(seconds - newcomer.getAsDouble()) >= NEWCOMER_SECONDS - ROUNDING_SECONDS) {
        newcomer = OptionalDouble.empty();
        return glanced ? Look.GLANCE : Look.WHOLE;
      }
      return Look.NONE;
    }
    passed = 0;
    stillLooks = still && !first ? stillLooks + 1 : 0;
    still = false;
    suspected = false;
    newcomer = OptionalDouble.empty();
    last = seconds;
    glanced = !cut && !glanced && everySeconds > 0 && since <= GLANCE_SECONDS + ROUNDING_SECONDS;
    return glanced ? Look.GLANCE : Look.WHOLE;
  }

  /**
   * Whether so much time has passed since the frame before, all of a sudden, that what a look at
   * this frame finds does not reach back to those before that were passed over.
   *
   * @param seconds the time of the frame that {@link #next} is asked for next
   */
  boolean isStall(double seconds) {
    double step = Math.abs(seconds - before);
    return step > Math.max(QUIET_SECONDS, STALL * stepBefore);
  }

  /** Says that the last look found something that may be an object. */
  void found() {
    alert = last;
  }

  /** Says that the last look found something that would continue a track, but begin none. */
  void suspected() {
    suspected = true;
  }

  /**
   * Says that the look at the last frame found something of which no look before tells how it
   * moves: there is another one soon, of the same kind, beside those that there are anyway.
   */
  void newcomer() {
    newcomer = OptionalDouble.of(before);
  }

  private double pause(double seconds, double since, BooleanSupplier changed) {
    if (everySeconds == 0 || Math.abs(seconds - alert) <= ALERT_SECONDS) {
      return everySeconds;
    }
    if (suspected || since < QUIET_SECONDS - ROUNDING_SECONDS) {
      return Math.max(everySeconds, QUIET_SECONDS);
    }
    still = !changed.getAsBoolean();
    if (!still) {
      return Math.max(everySeconds, QUIET_SECONDS);
    }
    return Math.max(everySeconds, stillLooks < STILL_LOOKS ? STILL_SECONDS : REST_SECONDS);
  }
}
