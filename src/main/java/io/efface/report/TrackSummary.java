package io.efface.report;

import io.efface.detect.Label;
import io.efface.manifest.Decision;
import io.efface.manifest.Manifest;
import io.efface.media.Rational;
import io.efface.track.Track;
import io.efface.track.TrackPoint;
import io.efface.track.TrackPoint.Origin;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * One tracked object in few words.
 *
 * @param id its number in the manifest
 * @param label what it is
 * @param decision whether it was destroyed
 * @param firstSeconds presentation time of its first frame
 * @param lastSeconds presentation time of its last frame
 * @param frames how many frames it is in
 * @param peakScore best score of its detections, 0 to 1
 * @param origins how many of its points came about in which way; without zeroes
 */
public record TrackSummary(
    int id,
    Label label,
    Decision decision,
    double firstSeconds,
    double lastSeconds,
    long frames,
    double peakScore,
    Map<Origin, Long> origins) {

  /** Copies the counts and checks ranges. */
  public TrackSummary {
    origins = Map.copyOf(origins);
    if (!Double.isFinite(firstSeconds) || !Double.isFinite(lastSeconds)) {
      throw new IllegalArgumentException("a track's times must be finite");
    }
    if (!(peakScore >= 0 && peakScore <= 1)) {
      throw new IllegalArgumentException("a track's peak score must be 0 to 1");
    }
    if (frames != origins.values().stream().mapToLong(Long::longValue).sum()) {
      throw new IllegalArgumentException("a track's origins must add up to its frames");
    }
  }

  /** Sums up a track whose times are ticks of {@code timeBase}. */
  public static TrackSummary of(Manifest.Entry entry, Rational timeBase) {
    Track track = entry.track();
    Map<Origin, Long> origins = new EnumMap<>(Origin.class);
    for (TrackPoint point : track.points()) {
      origins.merge(point.origin(), 1L, Long::sum);
    }
    return new TrackSummary(
        track.id(),
        track.label(),
        entry.decision(),
        timeBase.seconds(track.first().pts()),
        timeBase.seconds(track.last().pts()),
        track.points().size(),
        track.peakScore(),
        origins);
  }

  /** Whether a person drew it and no detector had a part in it. */
  boolean isDrawn() {
    return origins.keySet().equals(Set.of(Origin.MANUAL));
  }
}
