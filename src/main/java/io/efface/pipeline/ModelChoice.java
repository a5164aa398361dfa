package io.efface.pipeline;

import io.efface.detect.ModelSource;
import io.efface.manifest.ModelIdentity;
import io.efface.models.ModelStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network that a job looks with.
 *
 * @param source the network
 * @param companion another one of the same classes, which looks beside it
 */
record ModelChoice(ModelSource source, Optional<ModelSource> companion) {

  /**
   * The networks that a job asks for, the first for a class before others for it. The project's own
   * get their companion where the recall wants two.
   *
   * @throws io.efface.detect.DetectionException if one is not at hand
   */
  static List<ModelChoice> of(DetectionOptions options, ModelStore store) {
    List<ModelChoice> choices = new ArrayList<>();
    for (String name : options.model().split(",", -1)) {
      ModelSource source = store.source(name.strip());
      choices.add(
          new ModelChoice(
              source, options.recall().twoNetworks() ? source.companion() : Optional.empty()));
    }
    return List.copyOf(choices);
  }

  /**
   * The networks that a manifest was made with. One that stands behind its companion was there
   * beside it: by itself it would have found no class left to look for.
   *
   * @throws io.efface.detect.DetectionException if one is not at hand
   */
  static List<ModelChoice> recorded(List<ModelIdentity> models, ModelStore store) {
    List<ModelChoice> choices = new ArrayList<>();
    for (int k = 0; k < models.size(); k++) {
      ModelSource source = store.source(models.get(k).name());
      Optional<ModelSource> companion = Optional.empty();
      if (k + 1 < models.size()) {
        String next = models.get(k + 1).name();
        companion = source.companion().filter(other -> other.name().equals(next));
      }
      choices.add(new ModelChoice(source, companion));
      k += companion.isPresent() ? 1 : 0;
    }
    return List.copyOf(choices);
  }

  /** SHA-256 of each network, in order. */
  static List<String> hashes(List<ModelChoice> choices) {
    List<String> hashes = new ArrayList<>();
    for (ModelChoice choice : choices) {
      hashes.add(choice.source().sha256());
      choice.companion().ifPresent(companion -> hashes.add(companion.sha256()));
    }
    return hashes;
  }
}
