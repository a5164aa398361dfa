package io.efface.track;

import io.efface.detect.Detection;
import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.geometry.Similarity;
import io.efface.track.FrameWindow.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Detections that follow one another; becomes a track once its scores say so. */
final class Chain {
  /** Nodes that are kept before the oldest frame that is not sealed, for smoothing and motion. */
  private static final int KEPT_BEFORE = 10;

  private static final int SLACK = 64;

  /** Speed, in sizes a second beside the camera's, of a thing that is soon out of sight. */
  private static final double FAST = 1;

  /** In less time than this, a box's noise alone may look as fast. */
  private static final double LEAST_SECONDS = 0.12;

  private final Label label;
  private final Motion motion;
  private final Scene scene;
  private final ChainScores scores;
  private final TrackerSettings settings;
  private final long firstFrame;
  private final double firstSeconds;

  /** Its first detection, in steady coordinates. */
  private Box first;

  private final ArrayList<Node> nodes = new ArrayList<>();
  private boolean ended;
  private boolean atRest;
  private List<Chain> doubts = List.of();
  private int id;
  private Optional<List<Box>> entry = Optional.empty();
  private Optional<List<Box>> exit = Optional.empty();

  /**
   * Starts with a detection.
   *
   * @param scene where it is
   */
  Chain(Frame frame, Detection detection, Scene scene, TrackerSettings settings) {
    this.scene = scene;
    this.settings = settings;
    label = detection.label();
    scores = new ChainScores(label, scene.grade(label), settings);
    firstFrame = frame.number();
    firstSeconds = frame.seconds();
    first = frame.steady(detection.box());
    motion = new Motion(first, scene.floorPx(), frame.driftX(), frame.driftY());
    take(frame, detection);
  }

  /**
   * Goes on with a detection; the frames since the last one are filled along the way.
   *
   * @return chains that have ended, of one detection each: what the last two detections are, should
   *     they be two objects. They are dropped once the chain has gone on as it came, as what runs
   *     does.
   */
  List<Chain> add(Frame frame, Detection detection, FrameWindow frames) {
    Node last = last();
    Node next = Node.of(frame, detection.box(), detection.score(), TrackPoint.Origin.DETECTED);
    if (Way.goesOn(nodes, next)) {
      doubts.forEach(Chain::drop);
    }
    Optional<Box> predicted = detections() > 1 ? Optional.of(motion.box()) : Optional.empty();
    doubts =
        isTrack() && Way.isJump(last, next, predicted)
            ? List.of(alone(last).asGoodAs(scores.typical()), alone(next))
            : List.of();
    motion.update(next.steady(), detection.score());
    nodes.addAll(Gap.filled(last, next, frames.between(last.frame().number(), frame.number())));
    atRest = Way.isRest(last, next);
    take(frame, detection);
    return doubts;
  }

  private Chain alone(Node node) {
    Chain alone =
        new Chain(node.frame(), new Detection(label, node.seen(), node.score()), scene, settings);
    alone.end();
    return alone;
  }

  private Chain asGoodAs(double typicalScore) {
    scores.assume(typicalScore);
    return this;
  }

  private void drop() {
    scores.doubt(id != 0);
  }

  private void take(Frame frame, Detection detection) {
    nodes.add(Node.of(frame, detection.box(), detection.score(), TrackPoint.Origin.DETECTED));
    scores.take(detection, frame.seconds(), scene.cutsOff(detection.box()));
  }

  /** The chain's box in a frame that is about to be sealed, in the picture. */
  Optional<TrackPoint> at(Frame frame, FrameWindow frames, Extension extension) {
    return isTrack() ? point(frame, frames, extension) : Optional.empty();
  }

  /** Whether it counts, and keeps to it once it has: a track has no holes. */
  private boolean isTrack() {
    return counted() && (id != 0 || scores.suffice(isFast()));
  }

  private boolean isFast() {
    Box to = last().steady();
    double way = Math.hypot(to.centreX() - first.centreX(), to.centreY() - first.centreY());
    double seconds = Math.max(LEAST_SECONDS, last().frame().seconds() - firstSeconds);
    return way > FAST * seconds * Motion.size(to);
  }

  private Optional<TrackPoint> point(Frame frame, FrameWindow frames, Extension extension) {
    long number = frame.number();
    if (number < firstFrame) {
      if (entry.isEmpty()) {
        // The later it is told, the more is known of the motion; no extension is longer.
        if (firstSeconds - frame.seconds() > settings.edgeSeconds()) {
          return Optional.empty();
        }
        entry = Optional.of(extension.boxes(nodes, -1, frames));
      }
      return extended(frame, entry.get(), firstFrame - number);
    }
    long lastFrame = last().frame().number();
    if (number > lastFrame) {
      if (exit.isEmpty()) {
        // From here on the track's end is in sealed frames and cannot move any more.
        ended = true;
        exit = Optional.of(extension.boxes(nodes, 1, frames));
      }
      return extended(frame, exit.get(), number - lastFrame);
    }
    int index = (int) (number - nodes.get(0).frame().number());
    Node node = nodes.get(index);
    Box box = frame.camera().apply(Node.smooth(nodes, index));
    return Optional.of(new TrackPoint(number, frame.pts(), box, node.score(), node.origin()));
  }

  private static Optional<TrackPoint> extended(Frame frame, List<Box> boxes, long away) {
    return away > boxes.size()
        ? Optional.empty()
        : Optional.of(
            new TrackPoint(
                frame.number(),
                frame.pts(),
                boxes.get((int) away - 1),
                0,
                TrackPoint.Origin.EXTENDED));
  }

  /** Whether nothing of the chain lies in a frame with this number or later. */
  boolean isOver(long number) {
    if (!ended) {
      return false;
    }
    return !isTrack() || (exit.isPresent() && number > last().frame().number() + exit.get().size());
  }

  /**
   * Drops nodes that frames from this one on do not need. Two detections at least stay that the
   * motion at the chain's end is told from: they are no further apart than a gap may be.
   */
  void forgetBefore(Frame frame) {
    long before = frame.number() - nodes.get(0).frame().number();
    int drop = (int) Math.min(before, nodes.size()) - KEPT_BEFORE;
    double since = Math.min(frame.seconds(), last().frame().seconds()) - settings.maxGapSeconds();
    while (drop > SLACK && nodes.get(drop).frame().seconds() > since) {
      drop--;
    }
    if (drop > SLACK) {
      nodes.subList(0, drop).clear();
    }
  }

  /** Goes over to steady coordinates that have moved. */
  void move(Similarity movement) {
    nodes.replaceAll(node -> node.moved(movement));
    first = movement.apply(first);
    motion.move(movement);
  }

  /** Ends the chain: it takes no more detections. */
  void end() {
    ended = true;
  }

  boolean ended() {
    return ended;
  }

  /** Whether the chain is a track: it holds one confident detection, or was there long enough. */
  boolean counted() {
    return scores.counted();
  }

  /** Whether its last two detections lie in one place of the picture, whatever the camera did. */
  boolean isAtRest() {
    return atRest;
  }

  int detections() {
    return scores.detections();
  }

  Node last() {
    return nodes.get(nodes.size() - 1);
  }

  Label label() {
    return label;
  }

  Motion motion() {
    return motion;
  }

  /** The track's number, or 0 as long as it has none. */
  int id() {
    return id;
  }

  void number(int number) {
    id = number;
  }
}
