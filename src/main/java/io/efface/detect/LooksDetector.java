package io.efface.detect;

import io.efface.geometry.Orientation;
import io.efface.media.VideoFrame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at each frame several times with the same network: at several scales, each for what it sees
 * best there, and mirrored or not, or glances at fewer pixels of it. Of detections of one object at
 * several scales the best one stays. Owns its detectors. Single-threaded.
 */
public final class LooksDetector implements Detector {
  private static final double TURNS_A_SECOND = 10;

  /**
   * What a detector thinks at least of what is looked at up close. There are many doubtful small
   * faces and doubtful plates, few of which turn out to be any; they are left out unless lower
   * scores than this are asked for. A network that sees the picture small doubts all small faces,
   * right or wrong, so there they stay.
   */
  static final double CANDIDATE_SCORE = 0.2;

  private static final double SMALL_FACE_SCORE = 0.25;
  private static final double PLATE_SCORE = 0.25;

  /** Longest side from which on a network tells small faces from others, in pixels. */
  private static final int SMALL_FACE_SIZE = 1280;

  /** Longer side below which a face is small, in longer sides of the picture. */
  private static final double SMALL_FACE_SHARE = 24.0 / SMALL_FACE_SIZE;

  /** Longer side in pixels of a picture above which there is a closer look at it: full HD. */
  private static final int LARGE_PX = 1920;

  private final Views views;
  private final List<OnnxDetector> whole;
  private final List<OnnxDetector> glance;
  private final Optional<OnnxDetector> closer;
  private final Mirror mirror;
  private final Optional<Refiner> refiner;
  private final Optional<TurnWatch> watch;
  private final boolean findsFaces;
  private final double minScore;
  private final double smallFaceScore;

  /** Takes over the views and the refiner. */
  private LooksDetector(
      Views views, Looks looks, Optional<Refiner> refiner, DetectorOptions options) {
    this.views = views;
    whole = views.all(looks.scales());
    glance = looks.glances().stream().map(views::own).toList();
    closer =
        refiner.isPresent() && options.longestSide() >= SMALL_FACE_SIZE
            ? Scale.closer(options.longestSide()).map(views::own)
            : Optional.empty();
    mirror = looks.mirror();
    this.refiner = refiner;
    findsFaces = options.classes().contains(Label.FACE);
    // Only faces tell which way is up.
    watch =
        refiner
            .filter(close -> looks.turns() && findsFaces)
            .map(close -> new TurnWatch(views.own(TurnWatch.SCALE), close));
    minScore = options.minScore();
    smallFaceScore = options.longestSide() < SMALL_FACE_SIZE ? CANDIDATE_SCORE : SMALL_FACE_SCORE;
  }

  /** Networks as they look at several scales: each is loaded once. Owns them. */
  private static final class Views implements AutoCloseable {
    private final List<OnnxDetector> networks = new ArrayList<>();
    private final DetectorOptions how;
    private final Map<Scale, OnnxDetector> own = new LinkedHashMap<>();
    private final List<OnnxDetector> others = new ArrayList<>();

    /** Takes over a network. */
    Views(OnnxDetector network, DetectorOptions how) {
      networks.add(network);
      this.how = how;
    }

    /** Loads another network. */
    void add(ModelSource companion) {
      networks.add(OnnxDetector.open(companion, how));
    }

    /** The first network at a scale, the same one each time. */
    OnnxDetector own(Scale scale) {
      return own.computeIfAbsent(scale, at -> networks.get(0).sharing(how.at(at)));
    }

    /** The first network at each scale, then the others. */
    List<OnnxDetector> all(List<Scale> scales) {
      for (OnnxDetector network : networks.subList(1, networks.size())) {
        scales.forEach(scale -> others.add(network.sharing(how.at(scale))));
      }
      return Stream.concat(scales.stream().map(this::own), others.stream()).toList();
    }

    /** All views of a network share its threads. */
    void useThreads(int most) {
      networks.forEach(network -> network.useThreads(most));
    }

    /** So do they what is called before each run. */
    void everyRun(Runnable everyRun) {
      networks.forEach(network -> network.everyRun(everyRun));
    }

    @Override
    public void close() {
      own.values().forEach(OnnxDetector::close);
      others.forEach(OnnxDetector::close);
      DetectorChain.closeAll(networks);
    }
  }

  /**
   * Loads a network.
   *
   * @param companion another network of the same classes, which looks beside it
   * @param options how to run them; the scale is chosen by {@code looks}
   * @param refined whether each candidate is looked at up close
   * @return the detector, owned by the caller
   * @throws DetectionException as {@link OnnxDetector#open}
   */
  public static LooksDetector open(
      ModelSource source,
      Optional<ModelSource> companion,
      DetectorOptions options,
      Looks looks,
      boolean refined) {
    return open(OnnxDetector.open(source, options), companion, options, looks, refined);
  }

  /**
   * The same with a network that is loaded already.
   *
   * @param network taken over, even when this call fails
   */
  public static LooksDetector open(
      OnnxDetector network,
      Optional<ModelSource> companion,
      DetectorOptions options,
      Looks looks,
      boolean refined) {
    DetectorOptions how = refined ? options.withMinScore(CANDIDATE_SCORE) : options;
    Views views = new Views(network, how);
    Optional<Refiner> refiner = Optional.empty();
    try {
      companion.ifPresent(views::add);
      if (refined) {
        refiner = Optional.of(Refiner.open(options.threads(), options.device()));
      }
      return new LooksDetector(views, looks, refiner, options);
    } catch (RuntimeException | Error e) {
      refiner.ifPresent(Refiner::close);
      views.close();
      throw e;
    }
  }

  @Override
  public List<Detection> detect(VideoFrame frame) {
    List<OnnxDetector> scales = at(whole, frame);
    List<Detection> upright = look(frame, scales, Orientation.UPRIGHT);
    watch.ifPresent(
        w -> {
          w.follow(frame, upright, scales.get(0));
          w.turn(frame, upright);
        });
    return withTurned(upright, frame, scales);
  }

  @Override
  public List<Detection> glance(VideoFrame frame) {
    List<OnnxDetector> scales = at(glance.isEmpty() ? whole : glance, frame);
    List<Detection> upright = look(frame, scales, Orientation.UPRIGHT);
    watch.ifPresent(w -> w.follow(frame, upright, scales.get(0)));
    return withTurned(upright, frame, scales);
  }

  private List<Detection> withTurned(
      List<Detection> upright, VideoFrame frame, List<OnnxDetector> scales) {
    if (watch.isEmpty()) {
      return upright;
    }
    List<Detection> turned = new ArrayList<>(watch.get().lying(upright));
    Orientation view = watch.get().view();
    if (view != Orientation.UPRIGHT) {
      turned.addAll(look(frame, scales, view));
    }
    return turned.isEmpty()
        ? upright
        : suppressed(Stream.concat(upright.stream(), turned.stream()).toList());
  }

  @Override
  public List<Detection> scrutinise(VideoFrame frame) {
    if (refiner.isEmpty()) {
      return look(frame, whole, Orientation.UPRIGHT);
    }
    boolean either = mirror == Mirror.ALWAYS;
    List<Orientation> turns = findsFaces ? Turns.ALL : List.of();
    return new Scrutiny(at(whole, frame), refiner.get(), either, turns)
        .look(frame).stream().filter(detection -> detection.score() >= minScore).toList();
  }

  @Override
  public void useThreads(int most) {
    views.useThreads(most);
    refiner.ifPresent(close -> close.useThreads(most));
  }

  @Override
  public void everyRun(Runnable everyRun) {
    views.everyRun(everyRun);
    refiner.ifPresent(close -> close.everyRun(everyRun));
  }

  @Override
  public void newShot() {
    watch.ifPresent(TurnWatch::newShot);
  }

  /**
   * The scales at which a frame is looked at, the finest first: of large ones there is one more.
   */
  private List<OnnxDetector> at(List<OnnxDetector> scales, VideoFrame frame) {
    boolean large = frame.longerSide() > LARGE_PX;
    return large ? Stream.concat(closer.stream(), scales.stream()).toList() : scales;
  }

  private List<Detection> look(VideoFrame frame, List<OnnxDetector> scales, Orientation view) {
    boolean mirrorsTurn = isMirrorsTurn(frame);
    List<Detection> found = new ArrayList<>();
    for (OnnxDetector detector : scales) {
      if (mirror != Mirror.IN_TURN || !mirrorsTurn) {
        found.addAll(detector.detect(frame, view));
      }
      if (mirror == Mirror.ALWAYS || (mirror == Mirror.IN_TURN && mirrorsTurn)) {
        found.addAll(detector.detect(frame, view.then(Orientation.FLIPPED_HORIZONTALLY)));
      }
    }
    List<Detection> candidates = suppressed(found);
    return refiner
        .map(close -> refined(close, candidates, frame, scales.get(0).picture()))
        .orElse(candidates);
  }

  /**
   * Whether it is the mirrored look's turn. By the time, so that looks a tenth of a second apart
   * take turns whatever the frame rate; two by two, so that glances between them do, too.
   */
  private static boolean isMirrorsTurn(VideoFrame frame) {
    long turn = Math.floorMod(Math.round(frame.seconds() * TURNS_A_SECOND), 4L);
    return turn == 1 || turn == 2;
  }

  private List<Detection> refined(
      Refiner close, List<Detection> found, VideoFrame frame, Refiner.Picture picture) {
    double smallPx = SMALL_FACE_SHARE * frame.longerSide();
    List<Detection> candidates =
        found.stream().filter(detection -> isCandidate(detection, smallPx)).toList();
    List<Detection> sure =
        close.refine(candidates, picture).stream()
            .filter(detection -> detection.score() >= minScore)
            .toList();
    return suppressed(sure);
  }

  private boolean isCandidate(Detection detection, double smallPx) {
    if (minScore < CANDIDATE_SCORE) {
      return true;
    }
    if (detection.label() == Label.PLATE) {
      return detection.score() >= PLATE_SCORE;
    }
    boolean small = detection.box().longerSide() < smallPx;
    return detection.score() >= (small ? smallFaceScore : CANDIDATE_SCORE);
  }

  /** Without those that overlap a better one of their class; best first. */
  static List<Detection> suppressed(List<Detection> detections) {
    List<Detection> kept = new ArrayList<>();
    detections.stream()
        .sorted(Comparator.comparingDouble(Detection::score).reversed())
        .filter(d -> kept.stream().noneMatch(k -> same(k, d)))
        .forEach(kept::add);
    return List.copyOf(kept);
  }

  static boolean same(Detection first, Detection second) {
    return first.label() == second.label() && first.box().iou(second.box()) > OnnxDetector.NMS_IOU;
  }

  @Override
  public void close() {
    try {
      refiner.ifPresent(Refiner::close);
    } finally {
      views.close();
    }
  }
}
