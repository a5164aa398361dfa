package io.efface.track;

/** Settings that differ from others in one value, which the program itself never asks for. */
final class OtherSettings {
  private OtherSettings() {}

  /** Another rule for tracks that never reach the start score. */
  static TrackerSettings steady(TrackerSettings from, double seconds) {
    return new TrackerSettings(
        from.scores(),
        seconds,
        from.maxGapSeconds(),
        from.extendSeconds(),
        from.edgeSeconds(),
        from.horizonSeconds());
  }

  /** Another longest gap. */
  static TrackerSettings maxGap(TrackerSettings from, double seconds) {
    return new TrackerSettings(
        from.scores(),
        from.steadySeconds(),
        seconds,
        from.extendSeconds(),
        from.edgeSeconds(),
        from.horizonSeconds());
  }

  /** Another look-back. */
  static TrackerSettings horizon(TrackerSettings from, double seconds) {
    return new TrackerSettings(
        from.scores(),
        from.steadySeconds(),
        from.maxGapSeconds(),
        from.extendSeconds(),
        from.edgeSeconds(),
        seconds);
  }
}
