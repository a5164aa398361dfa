package io.efface.pipeline;

import io.efface.detect.Label;
import io.efface.manifest.ModelIdentity;
import io.efface.track.TrackerSettings;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What counts as an object, in films or in photos.
 *
 * @param identities what the manifest and the report say of the models and their scores
 * @param settings how each class that some model looks for is tracked
 */
record CountingRules(List<ModelIdentity> identities, Map<Label, TrackerSettings> settings) {
  /** Copies the collections; classes keep their order. */
  CountingRules {
    identities = List.copyOf(identities);
    settings = Collections.unmodifiableMap(new EnumMap<>(settings));
  }

  /** From which score on a detection of a class makes a track count. */
  Map<Label, Double> startScores() {
    Map<Label, Double> scores = new EnumMap<>(Label.class);
    settings.forEach((label, of) -> scores.put(label, of.scores().startScore()));
    return scores;
  }
}
