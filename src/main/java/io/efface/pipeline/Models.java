package io.efface.pipeline;

import io.efface.audit.OutputAudit;
import io.efface.detect.DetectionException;
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
import io.efface.detect.Scale;
import io.efface.manifest.Manifest;
import io.efface.manifest.ModelIdentity;
import io.efface.models.ModelStore;
import io.efface.track.TrackerSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The detectors of a job: one model, or several (names separated by commas) that share the classes,
 * each class going to the first model that knows it. Whoever opens it closes it.
 */
final class Models implements AutoCloseable {
  private final Detector detector;
  private final List<ModelIdentity> identities;
  private final Map<Label, TrackerSettings> settings;
  private final List<DeviceUse> devices;

  private Models(
      Detector detector,
      List<ModelIdentity> identities,
      Map<Label, TrackerSettings> settings,
      Set<DeviceUse> devices) {
    this.detector = detector;
    this.identities = identities;
    this.settings = settings;
    this.devices = List.copyOf(devices);
  }

  /**
   * Loads the models.
   *
   * @param lowest a score below which nothing is reported, where raw detections are wanted, which
   *     keep the network's own scores; empty means what tracks need
   * @throws io.efface.detect.DetectionException if a model cannot be loaded
   */
  static Models open(DetectionOptions options, OptionalDouble lowest, int threads) {
    ModelStore store = ModelStore.ofUser();
    Set<Label> open = EnumSet.copyOf(options.classes());
    List<Detector> detectors = new ArrayList<>();
    List<ModelIdentity> identities = new ArrayList<>();
    Map<Label, TrackerSettings> settings = new EnumMap<>(Label.class);
    double refinerFloor = 1;
    Set<DeviceUse> devices = new LinkedHashSet<>();
    try {
      for (String name : options.model().split(",", -1)) {
        ModelSource source = store.source(name.strip());
        OnnxDetector probe =
            OnnxDetector.open(
                source,
                new DetectorOptions(options.detectSize(), 1, open, threads).on(options.device()));
        Set<Label> mine = EnumSet.noneOf(Label.class);
        double floor = 1;
        double start = 1;
        try (probe) {
          devices.add(probe.deviceUse());
          for (Label label : probe.spec().labels()) {
            if (open.contains(label)) {
              mine.add(label);
              TrackerSettings tracking = tracking(options, probe.spec(), label);
              settings.put(label, tracking);
              floor = Math.min(floor, tracking.continueScore());
              start = Math.min(start, tracking.startScore());
            }
          }
        }
        open.removeAll(mine);
        identities.add(
            new ModelIdentity(source.name(), source.sha256(), options.detectSize(), start, floor));
        DetectorOptions how =
            new DetectorOptions(
                options.detectSize(),
                Math.min(floor, lowest.orElse(floor)),
                mine,
                threads,
                options.recall().maxUpscale(),
                Scale.WHOLE,
                options.device());
        boolean refined = probe.spec().family() == ModelFamily.EFFACE;
        refinerFloor = refined ? Math.min(refinerFloor, floor) : refinerFloor;
        detectors.add(
            LooksDetector.open(source, how, options.recall().looks(probe.spec()), refined));
        if (open.isEmpty()) {
          break;
        }
      }
      if (refinerFloor < 1) {
        identities.add(refiner(refinerFloor));
      }
      return new Models(
          detectors.size() == 1 ? detectors.get(0) : new DetectorChain(detectors),
          List.copyOf(identities),
          settings,
          devices);
    } catch (RuntimeException e) {
      detectors.forEach(Detector::close);
      throw e;
    }
  }

  private static ModelIdentity refiner(double floor) {
    return new ModelIdentity(
        ModelSource.REFINER, ModelSource.refinerSha256(), ModelSource.REFINER_SIDE, floor, floor);
  }

  /** A score that is asked for is taken as it is; the model's own are lowered by the recall. */
  private static TrackerSettings tracking(DetectionOptions options, ModelSpec model, Label label) {
    TrackerSettings usual =
        options
            .recall()
            .tracking(
                model.startScore(label),
                model.continueScore(label),
                model.typicalScore(label),
                model.largeScore(label));
    if (options.minScore().isEmpty()) {
      return usual;
    }
    double asked = options.minScore().getAsDouble();
    return usual.withScores(asked, Math.min(asked, usual.continueScore()));
  }

  /**
   * Loads the models that a manifest was made with.
   *
   * @return empty if one of them is not at hand, or is another by now
   */
  static Optional<Models> recorded(Manifest manifest, int threads) {
    List<ModelIdentity> wanted = manifest.models();
    if (wanted.isEmpty() || manifest.classes().isEmpty()) {
      return Optional.of(open(DetectionOptions.defaults(), OptionalDouble.empty(), threads));
    }
    try {
      DetectionOptions options =
          new DetectionOptions(
              String.join(",", detectors(wanted).stream().map(ModelIdentity::name).toList()),
              wanted.get(0).detectSize(),
              Set.copyOf(manifest.classes()),
              OptionalDouble.empty());
      Models models = open(options, OptionalDouble.empty(), threads);
      if (hashes(models.identities()).equals(hashes(wanted))) {
        return Optional.of(models);
      }
      models.close();
      return Optional.empty();
    } catch (DetectionException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Those that find something by themselves: all but the refiner. */
  static List<ModelIdentity> detectors(List<ModelIdentity> models) {
    return models.stream().filter(model -> !isRefiner(model)).toList();
  }

  /** Whether the refiner among them, if there is one, is this build's. */
  static boolean hasTodaysRefiner(List<ModelIdentity> models) {
    return models.stream()
        .filter(Models::isRefiner)
        .allMatch(model -> model.sha256().equals(ModelSource.refinerSha256()));
  }

  private static boolean isRefiner(ModelIdentity model) {
    return model.name().equals(ModelSource.REFINER);
  }

  /** Their SHA-256, in the same order. */
  static List<String> hashes(List<ModelIdentity> models) {
    return models.stream().map(ModelIdentity::sha256).toList();
  }

  /** What the networks run on, each device once. */
  List<DeviceUse> devices() {
    return devices;
  }

  /** What an audit looks for what is left with. */
  OutputAudit.Residue residue() {
    Map<Label, Double> scores = new EnumMap<>(Label.class);
    settings.forEach((label, of) -> scores.put(label, of.startScore()));
    return new OutputAudit.Residue(detector, scores);
  }

  /** The detector, borrowed. */
  Detector detector() {
    return detector;
  }

  /** What the manifest and the report say of the models. */
  List<ModelIdentity> identities() {
    return identities;
  }

  /** Longest side in pixels at which the detectors see pictures, the same for all. */
  int detectSize() {
    return identities.get(0).detectSize();
  }

  /** How each class that some model looks for is tracked. */
  Map<Label, TrackerSettings> settings() {
    return settings;
  }

  @Override
  public void close() {
    detector.close();
  }
}
