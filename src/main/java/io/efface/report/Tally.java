package io.efface.report;

import io.efface.detect.Label;
import io.efface.manifest.Decision;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many objects there are, by class.
 *
 * @param redacted tracks that were destroyed
 * @param kept tracks that stay visible by a decision
 * @param frames frames of the destroyed tracks, added up
 */
record Tally(Map<Label, Long> redacted, Map<Label, Long> kept, Map<Label, Long> frames) {

  /** Counts. */
  static Tally of(List<TrackSummary> tracks) {
    Tally tally =
        new Tally(
            new EnumMap<>(Label.class), new EnumMap<>(Label.class), new EnumMap<>(Label.class));
    for (TrackSummary track : tracks) {
      if (isKept(track)) {
        tally.kept.merge(track.label(), 1L, Long::sum);
      } else {
        tally.redacted.merge(track.label(), 1L, Long::sum);
        tally.frames.merge(track.label(), track.frames(), Long::sum);
      }
    }
    return tally;
  }

  /** Whether a track stays visible. */
  static boolean isKept(TrackSummary track) {
    return track.decision() instanceof Decision.Keep;
  }
}
