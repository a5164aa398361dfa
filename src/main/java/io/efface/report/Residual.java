package io.efface.report;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import java.util.Locale;

/**
 * Something the detector still finds in the finished output, outside every planned region.
 *
 * @param label what it seems to be
 * @param firstSeconds presentation time of the first frame it was seen in
 * @param lastSeconds presentation time of the last one
 * @param box the smallest that holds all its places, in pixels of the upright picture
 * @param peakScore best score of its detections, 0 to 1
 */
public record Residual(
    Label label, double firstSeconds, double lastSeconds, Box box, double peakScore) {

  /** Checks ranges. */
  public Residual {
    if (!Double.isFinite(firstSeconds) || !(lastSeconds >= firstSeconds)) {
      throw new IllegalArgumentException("a residual's times must be in order");
    }
    if (!(peakScore >= 0 && peakScore <= 1)) {
      throw new IllegalArgumentException("a residual's peak score must be 0 to 1");
    }
  }

  /** What, when and where, in one line; of a still there is no when. */
  public String words(boolean still) {
    String first = String.format(Locale.ROOT, "%.2f", firstSeconds);
    String last = String.format(Locale.ROOT, "%.2f", lastSeconds);
    String when = " at " + first + (last.equals(first) ? "" : " to " + last) + " s,";
    return String.format(
        Locale.ROOT,
        "a %s seems to be left%s around %.0f,%.0f %.0fx%.0f (score %.2f)",
        label.id(),
        still ? "" : when,
        box.left(),
        box.top(),
        box.width(),
        box.height(),
        peakScore);
  }

  /** What, when and where in a film, in one line. */
  @Override
  public String toString() {
    return words(/* still= */ false);
  }
}
