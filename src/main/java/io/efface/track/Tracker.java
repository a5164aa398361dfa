package io.efface.track;

import io.efface.detect.Detection;
import io.efface.geometry.Box;
import io.efface.geometry.Similarity;
import io.efface.track.CameraMotion.Shift;
import io.efface.track.CameraMotion.Surprise;
import io.efface.track.FrameWindow.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Follows objects through a film, frame by frame, and says for each frame what is to be covered.
 *
 * <p>Detections are chained as in ByteTrack (arXiv 2110.06864) over a constant-velocity Kalman
 * filter. A chain becomes a track once its scores say so ({@link TrackerSettings}), and then counts
 * from its first point on, as far as the look-back reaches: scores have hysteresis in both
 * directions of time. What its scores come to is judged when its first frame is sealed, or its end
 * is known. Gaps are interpolated, ends extended along the motion and over the picture's edge;
 * nothing crosses a shot cut. Frames come out sealed, {@code horizonSeconds} after they went in.
 * Memory holds the horizon only. The result depends on nothing but the input; the order of a
 * frame's detections does not matter.
 */
public final class Tracker {
  /**
   * Most frames that wait to be sealed: a bound on memory for files whose time stamps are broken. 5
   * s at 600 frames a second fit.
   */
  private static final int MOST_WAITING = 3000;

  /** Share of {@code maxGapSeconds} after which a chain that does not count yet is given up. */
  private static final double UNPROVEN_GAP_SHARE = 1.0 / 3;

  /** Overlap with a matched detection above which a weak one is its echo, not a new object. */
  private static final double ECHO_IOU = 0.5;

  private static final Comparator<Detection> BEST_FIRST =
      Comparator.comparingDouble(Detection::score)
          .reversed()
          .thenComparing(Detection::label)
          .thenComparingDouble(d -> d.box().left())
          .thenComparingDouble(d -> d.box().top())
          .thenComparingDouble(d -> d.box().right())
          .thenComparingDouble(d -> d.box().bottom());

  private final TrackerSettings settings;
  private final Extension extension;
  private final Scene scene;
  private final FrameWindow frames = new FrameWindow();
  private final CameraMotion camera;
  private List<Chain> chains = new ArrayList<>();
  private List<SealedFrame> sealed = new ArrayList<>();
  private List<Box> newcomers = List.of();
  private Optional<Frame> previous = Optional.empty();
  private int shot;
  private long shotFrom;
  private int lastId;
  private boolean finished;

  /**
   * Starts at a film's beginning.
   *
   * @param settings scores and times
   * @param detectSize longest side at which the detector sees the picture, in pixels
   * @param width of the upright picture in pixels
   * @param height of the upright picture in pixels
   */
  public Tracker(TrackerSettings settings, int detectSize, int width, int height) {
    if (width < 1 || height < 1 || detectSize < 1) {
      throw new IllegalArgumentException(
          "picture of " + width + "x" + height + ", seen at " + detectSize);
    }
    this.settings = settings;
    extension = new Extension(settings, width, height);
    camera = new CameraMotion(width, height);
    scene = Scene.seenAt(detectSize, width, height);
  }

  /**
   * Takes the next frame.
   *
   * @param moment its number, one more than the last, and its time, later than the last
   * @param detections what was found in it, in any order; boxes in pixels of the upright picture
   * @throws IllegalArgumentException if the frame does not follow the last one
   * @throws IllegalStateException after {@link #finish}
   */
  public void update(Moment moment, List<Detection> detections) {
    checkOrder(moment);
    long frame = moment.frame();
    double seconds = moment.seconds();
    double dt = previous.map(p -> seconds - p.seconds()).orElse(0.0);
    Optional<Similarity> movement = moment.cut() ? Optional.empty() : moment.movement();
    if (moment.cut()) {
      shot++;
      shotFrom = moment.frame() - moment.late();
      camera.cut();
      chains.forEach(Chain::end);
    }
    List<Chain> alive = alive(frame, seconds);
    List<Detection> useful =
        detections.stream()
            .filter(d -> d.score() >= settings.scores().continueScore() && !d.box().isEmpty())
            .sorted(BEST_FIRST)
            .toList();
    if (dt > 0) {
      alive.forEach(chain -> chain.motion().predict(dt));
      movement.ifPresentOrElse(m -> camera.follow(m, dt), () -> camera.predict(dt));
    }
    Matcher.Frame problem =
        new Matcher.Frame(frame, seconds, useful, settings.scores().startScore());
    int[] matches =
        movement.isPresent()
            ? Matcher.match(alive, problem, camera.toPicture())
            : matchWithCamera(alive, problem, dt);
    Frame now = describe(moment, alive);
    frames.add(now);
    previous = Optional.of(now);
    boolean[] taken = new boolean[useful.size()];
    for (int i = 0; i < matches.length; i++) {
      if (matches[i] >= 0) {
        taken[matches[i]] = true;
        chains.addAll(alive.get(i).add(now, useful.get(matches[i]), frames));
      }
    }
    begin(now, useful, taken);
    if (camera.isFar()) {
      Similarity moved = camera.restart();
      frames.move(moved);
      chains.forEach(chain -> chain.move(moved));
    }
    while (!frames.isEmpty()
        && (seconds - frames.oldest().seconds() >= settings.horizonSeconds()
            || frames.size() > MOST_WAITING)) {
      sealOldest();
    }
    chains.removeIf(chain -> chain.ended() && !chain.counted());
  }

  /**
   * What the last frame showed with confidence and no chain led to: it may be new, or have moved by
   * more than can be told from two looks that are far apart. Boxes in pixels of the upright
   * picture.
   */
  public List<Box> newcomers() {
    return newcomers;
  }

  /** Says that no more frames come: all that are left are sealed. */
  public void finish() {
    finished = true;
    while (!frames.isEmpty()) {
      sealOldest();
    }
    chains = new ArrayList<>();
  }

  /** Hands over the frames that were sealed since the last call, in order. */
  public List<SealedFrame> drainSealed() {
    List<SealedFrame> result = List.copyOf(sealed);
    sealed = new ArrayList<>();
    return result;
  }

  private void checkOrder(Moment moment) {
    long frame = moment.frame();
    double seconds = moment.seconds();
    if (finished) {
      throw new IllegalStateException("frame " + frame + " after the end");
    }
    if (!Double.isFinite(seconds)) {
      throw new IllegalArgumentException("frame " + frame + " at " + seconds + " s");
    }
    previous.ifPresent(
        last -> {
          if (frame != last.number() + 1) {
            throw new IllegalArgumentException(
                "frame " + frame + " after frame " + last.number() + "; numbers go up by one");
          }
          if (!(seconds > last.seconds())) {
            throw new IllegalArgumentException(
                "frame " + frame + " at " + seconds + " s is not after " + last.seconds() + " s");
          }
        });
  }

  /** The chains that may go on in a frame; the others end. */
  private List<Chain> alive(long frame, double seconds) {
    List<Chain> alive = new ArrayList<>();
    for (Chain chain : chains) {
      Frame last = chain.last().frame();
      double longest =
          chain.counted()
              ? settings.maxGapSeconds()
              : settings.maxGapSeconds() * UNPROVEN_GAP_SHARE;
      // One missed frame is no gap, however far apart frames are, unless there may be none.
      boolean gap =
          seconds - last.seconds() > longest && frame - last.number() > (longest > 0 ? 2 : 1);
      // A chain goes on through frames that are held only.
      boolean torn = !frames.isEmpty() && last.number() + 1 < frames.oldest().number();
      if (gap || torn) {
        chain.end();
      }
      if (!chain.ended()) {
        alive.add(chain);
      }
    }
    return alive;
  }

  /** Matches, learns from the pairs how the camera moved, and matches again if it did. */
  private int[] matchWithCamera(List<Chain> alive, Matcher.Frame frame, double dt) {
    int[] matches = Matcher.match(alive, frame, camera.toPicture());
    if (dt <= 0) {
      return matches;
    }
    Shift shift = Shift.of(surprises(alive, frame, matches));
    if (shift.known() && Math.hypot(shift.dx(), shift.dy()) > scene.floorPx() / 4) {
      matches = Matcher.match(alive, frame, camera.shifted(shift));
      Shift again = Shift.of(surprises(alive, frame, matches));
      shift = again.known() ? again : shift;
    }
    camera.correct(shift, dt);
    return matches;
  }

  private List<Surprise> surprises(List<Chain> alive, Matcher.Frame frame, int[] matches) {
    List<Surprise> result = new ArrayList<>();
    for (int i = 0; i < matches.length; i++) {
      Chain chain = alive.get(i);
      if (matches[i] < 0 || frame.number() - chain.last().frame().number() > 2) {
        continue;
      }
      Box predicted = camera.toPicture().apply(chain.motion().box());
      Box found = frame.detections().get(matches[i]).box();
      result.add(
          new Surprise(
              found.centreX() - predicted.centreX(),
              found.centreY() - predicted.centreY(),
              0.15 * Motion.size(found) + scene.floorPx() / 2));
    }
    return result;
  }

  private Frame describe(Moment moment, List<Chain> alive) {
    List<Surprise> drifts = new ArrayList<>();
    for (Chain chain : alive) {
      if (chain.detections() >= 3) {
        Motion motion = chain.motion();
        double tolerance = Motion.size(motion.box()) + scene.floorPx();
        drifts.add(new Surprise(motion.velocityX(), motion.velocityY(), tolerance));
      }
    }
    Shift drift = Shift.of(drifts);
    return new Frame(
        moment.frame(),
        moment.pts(),
        moment.seconds(),
        shot,
        shotFrom,
        camera.toPicture(),
        drift.dx(),
        drift.dy());
  }

  /** Starts a chain at each detection that continues none. */
  private void begin(Frame now, List<Detection> useful, boolean[] taken) {
    List<Box> strong = new ArrayList<>();
    for (int i = 0; i < useful.size(); i++) {
      if (taken[i]) {
        strong.add(useful.get(i).box());
      }
    }
    List<Box> confident = new ArrayList<>();
    for (int i = 0; i < useful.size(); i++) {
      if (taken[i]) {
        continue;
      }
      Detection detection = useful.get(i);
      boolean sure = detection.score() >= settings.scores().startScore();
      if (sure) {
        confident.add(detection.box());
      }
      if (sure || strong.stream().noneMatch(box -> box.iou(detection.box()) > ECHO_IOU)) {
        chains.add(new Chain(now, detection, scene, settings));
      }
    }
    newcomers = List.copyOf(confident);
  }

  private void sealOldest() {
    Frame frame = frames.oldest();
    List<TrackedBox> objects = new ArrayList<>();
    for (Chain chain : chains) {
      chain
          .at(frame, frames, extension)
          .ifPresent(
              point -> {
                if (chain.id() == 0) {
                  chain.number(++lastId);
                }
                objects.add(
                    new TrackedBox(
                        chain.id(), chain.label(), point.box(), point.score(), point.origin()));
              });
      chain.forgetBefore(frame);
    }
    objects.sort(Comparator.comparingInt(TrackedBox::track));
    sealed.add(new SealedFrame(frame.number(), frame.pts(), objects));
    frames.removeOldest();
    chains.removeIf(chain -> chain.isOver(frame.number() + 1));
  }
}
