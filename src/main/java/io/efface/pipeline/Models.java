package io.efface.pipeline;

import io.efface.audit.OutputAudit;
import io.efface.detect.DetectionException;
import io.efface.detect.Detector;
import io.efface.detect.DeviceUse;
import io.efface.detect.Label;
import io.efface.detect.ModelSource;
import io.efface.manifest.Manifest;
import io.efface.manifest.ModelIdentity;
import io.efface.models.ModelStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The detectors of a job: one model, or several (names separated by commas) that share the classes,
 * each class going to the first model that knows it. Whoever opens it closes it.
 */
final class Models implements AutoCloseable {
  private final Detector detector;
  private final CountingRules films;
  private final CountingRules photos;
  private final List<DeviceUse> devices;

  Models(Detector detector, CountingRules films, CountingRules photos, Set<DeviceUse> devices) {
    this.detector = detector;
    this.films = films;
    this.photos = photos;
    this.devices = List.copyOf(devices);
  }

  /**
   * Loads the models.
   *
   * @param lowest a score below which nothing is reported, where raw detections are wanted, which
   *     keep the network's own scores; empty means what tracks need
   * @param cancellation asked before each run of a network: a careful look takes many
   * @throws io.efface.detect.DetectionException if a model cannot be loaded
   */
  static Models open(
      DetectionOptions options, OptionalDouble lowest, int threads, Cancellation cancellation) {
    return open(
        ModelChoice.of(options, ModelStore.ofUser()), options, lowest, threads, cancellation);
  }

  private static Models open(
      List<ModelChoice> choices,
      DetectionOptions options,
      OptionalDouble lowest,
      int threads,
      Cancellation cancellation) {
    ModelOpening opening = new ModelOpening(options, lowest, threads);
    try {
      for (ModelChoice choice : choices) {
        opening.add(choice);
        if (opening.isComplete()) {
          break;
        }
      }
      Models models = opening.finish();
      models.detector().everyRun(cancellation::check);
      return models;
    } catch (RuntimeException | Error e) {
      opening.abandon();
      throw e;
    }
  }

  /**
   * Loads the models that a manifest was made with.
   *
   * @param cancellation asked before each run of a network
   * @return empty if one of them is not at hand, or is another by now
   */
  static Optional<Models> recorded(Manifest manifest, int threads, Cancellation cancellation) {
    List<ModelIdentity> wanted = manifest.models();
    if (wanted.isEmpty() || manifest.classes().isEmpty()) {
      return Optional.of(
          open(DetectionOptions.defaults(), OptionalDouble.empty(), threads, cancellation));
    }
    try {
      DetectionOptions options =
          new DetectionOptions(
              String.join(",", detectors(wanted).stream().map(ModelIdentity::name).toList()),
              wanted.get(0).detectSize(),
              Set.copyOf(manifest.classes()),
              OptionalDouble.empty());
      List<ModelChoice> choices = ModelChoice.recorded(detectors(wanted), ModelStore.ofUser());
      Models models = open(choices, options, OptionalDouble.empty(), threads, cancellation);
      if (hashes(models.films.identities()).equals(hashes(wanted))) {
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
    return new OutputAudit.Residue(detector, films.startScores(), photos.startScores());
  }

  /** The detector, borrowed. */
  Detector detector() {
    return detector;
  }

  /** Longest side in pixels at which the detectors see pictures, the same for all. */
  int detectSize() {
    return films.identities().get(0).detectSize();
  }

  /** The classes that some model looks for. */
  Set<Label> labels() {
    return films.settings().keySet();
  }

  /** What counts in photos, or in films. */
  CountingRules rules(boolean photo) {
    return photo ? photos : films;
  }

  @Override
  public void close() {
    detector.close();
  }
}
