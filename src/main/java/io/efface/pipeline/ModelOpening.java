package io.efface.pipeline;

import io.efface.detect.Detector;
import io.efface.detect.DetectorChain;
import io.efface.detect.DetectorOptions;
import io.efface.detect.DeviceUse;
import io.efface.detect.Label;
import io.efface.detect.LooksDetector;
import io.efface.detect.ModelFamily;
import io.efface.detect.ModelSource;
import io.efface.detect.ModelSpec;
import io.efface.detect.OnnxDetector;
import io.efface.detect.OperatingPoint;
import io.efface.detect.Scale;
import io.efface.manifest.ModelIdentity;
import io.efface.track.TrackerSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Loads the detectors of a job one after the other: each gets the classes that it knows and that no
 * one before it did. Owns what it has loaded until {@link #finish}.
 */
final class ModelOpening {
  /**
   * What a photo's objects have to come to, as a share of a film's. There is one look, if a careful
   * one: an object that it doubts gets no other, and what is covered for nothing is there once and
   * not for a second. Chosen so that as large a share of the picture is covered for nothing as in
   * films.
   */
  private static final double PHOTO_SHARE = 0.85;

  private final DetectionOptions options;
  private final OptionalDouble lowest;
  private final int threads;
  private final Set<Label> open;
  private final List<Detector> detectors = new ArrayList<>();
  private final List<ModelIdentity> identities = new ArrayList<>();
  private final List<ModelIdentity> photoIdentities = new ArrayList<>();
  private final Map<Label, TrackerSettings> settings = new EnumMap<>(Label.class);
  private final Map<Label, TrackerSettings> photoSettings = new EnumMap<>(Label.class);
  private final Set<DeviceUse> devices = new LinkedHashSet<>();
  private double refinerFloor = 1;

  /** What a network works with; in photos {@code photoShare} of each score is enough. */
  private record Working(Set<Label> labels, double start, double floor, double photoShare) {}

  /** As {@link Models#open}. */
  ModelOpening(DetectionOptions options, OptionalDouble lowest, int threads) {
    this.options = options;
    this.lowest = lowest;
    this.threads = threads;
    open = EnumSet.copyOf(options.classes());
  }

  /** Whether each class has its detector. */
  boolean isComplete() {
    return open.isEmpty();
  }

  /**
   * Loads one more.
   *
   * @throws io.efface.detect.DetectionException if it cannot be loaded, or knows no class that is
   *     still wanted
   */
  void add(ModelChoice choice) {
    ModelSource source = choice.source();
    DetectorOptions all = new DetectorOptions(options.detectSize(), 1, open, threads);
    OnnxDetector network = OnnxDetector.open(source, all.on(options.device()));
    devices.add(network.deviceUse());
    ModelSpec spec = network.spec();
    Working working = working(spec);
    boolean own = spec.family() == ModelFamily.EFFACE;
    identify(source, working);
    choice.companion().ifPresent(second -> identify(second, working));
    refinerFloor = own ? Math.min(refinerFloor, working.floor()) : refinerFloor;
    DetectorOptions how =
        new DetectorOptions(
            options.detectSize(),
            Math.min(working.floor(), lowest.orElse(working.floor())),
            working.labels(),
            threads,
            options.recall().maxUpscale(),
            Scale.WHOLE,
            options.device());
    detectors.add(
        LooksDetector.open(
            network, choice.companion(), how, options.recall().looks(spec), /* refined= */ own));
  }

  private Working working(ModelSpec spec) {
    Set<Label> mine = EnumSet.noneOf(Label.class);
    double floor = 1;
    double start = 1;
    double photoShare = photoShare(spec);
    for (Label label : spec.labels()) {
      if (open.remove(label)) {
        mine.add(label);
        TrackerSettings tracking = tracking(spec, label);
        settings.put(label, tracking);
        photoSettings.put(label, tracking.withScores(tracking.scores().times(photoShare)));
        floor = Math.min(floor, tracking.scores().continueScore());
        start = Math.min(start, tracking.scores().startScore());
      }
    }
    return new Working(mine, start, floor, photoShare);
  }

  /** A score that is asked for is taken as it is; the model's own are lowered by the recall. */
  private TrackerSettings tracking(ModelSpec model, Label label) {
    TrackerSettings usual = options.recall().tracking(model.operatingPoint(label));
    if (options.minScore().isEmpty()) {
      return usual;
    }
    double asked = options.minScore().getAsDouble();
    return usual.withScores(
        new OperatingPoint(asked, Math.min(asked, usual.scores().continueScore())));
  }

  /** The scores of others' networks, and those that are asked for, are the same for photos. */
  private double photoShare(ModelSpec model) {
    return model.family() == ModelFamily.EFFACE && options.minScore().isEmpty() ? PHOTO_SHARE : 1;
  }

  private void identify(ModelSource source, Working working) {
    identities.add(identity(source, working.start(), working.floor()));
    double photoStart = working.photoShare() * working.start();
    photoIdentities.add(identity(source, photoStart, Math.min(photoStart, working.floor())));
  }

  private ModelIdentity identity(ModelSource source, double start, double floor) {
    return new ModelIdentity(source.name(), source.sha256(), options.detectSize(), start, floor);
  }

  /** What was loaded, owned by the caller from now on. */
  Models finish() {
    if (refinerFloor < 1) {
      ModelIdentity refiner =
          new ModelIdentity(
              ModelSource.REFINER,
              ModelSource.refinerSha256(),
              ModelSource.REFINER_SIDE,
              refinerFloor,
              refinerFloor);
      identities.add(refiner);
      photoIdentities.add(refiner);
    }
    return new Models(
        detectors.size() == 1 ? detectors.get(0) : new DetectorChain(detectors),
        new CountingRules(identities, settings),
        new CountingRules(photoIdentities, photoSettings),
        devices);
  }

  /** Closes what was loaded, where loading the next failed. */
  void abandon() {
    detectors.forEach(Detector::close);
  }
}
