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
 * @param drawn those of them that a person drew
 * @param kept tracks that stay visible by a decision
 * @param dropped tracks that are no such object, by a decision
 * @param frames frames of the destroyed tracks, added up
 */
record Tally(
    Map<Label, Long> redacted,
    Map<Label, Long> drawn,
    Map<Label, Long> kept,
    Map<Label, Long> dropped,
    Map<Label, Long> frames) {

  /** Counts. */
  static Tally of(List<TrackSummary> tracks) {
    Tally tally =
        new Tally(
            new EnumMap<>(Label.class),
            new EnumMap<>(Label.class),
            new EnumMap<>(Label.class),
            new EnumMap<>(Label.class),
            new EnumMap<>(Label.class));
    for (TrackSummary track : tracks) {
      if (track.decision() instanceof Decision.Keep) {
        tally.kept.merge(track.label(), 1L, Long::sum);
      } else if (track.decision() instanceof Decision.Drop) {
        tally.dropped.merge(track.label(), 1L, Long::sum);
      } else {
        tally.redacted.merge(track.label(), 1L, Long::sum);
        tally.frames.merge(track.label(), track.frames(), Long::sum);
        if (track.isDrawn()) {
          tally.drawn.merge(track.label(), 1L, Long::sum);
        }
      }
    }
    return tally;
  }

  /** Whether a track was left as it is, whyever. */
  static boolean isLeft(TrackSummary track) {
    return !(track.decision() instanceof Decision.Redact);
  }
}
