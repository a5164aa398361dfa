package io.efface.detect;

import io.efface.media.VideoFrame;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Asks more of large objects: they are seen well, and a false one covers much of the picture.
 * Scores of detections come out on the scale of small ones, so that one start score fits all: what
 * a large detection needs to begin a track becomes the start score, and scores below and above are
 * drawn along linearly between the continue score and 1. Owns the detector it asks.
 * Single-threaded.
 */
public final class LargeScores implements Detector {
  /** Up to this height in pixels of the detector's input an object is small. */
  private static final double SMALL_PX = 24;

  /** From this height on it is large; in between, the score grows with the height's logarithm. */
  private static final double LARGE_PX = 80;

  private final Detector detector;
  private final int detectSize;
  private final Map<Label, Need> needs;

  /**
   * What a class asks for.
   *
   * @param lowest score that is left as it is, with all below it
   * @param start score that a small object needs to begin a track, at least {@code lowest}
   * @param large score that a large one needs, {@code start} to below 1
   */
  public record Need(double lowest, double start, double large) {

    /** Checks the order. */
    public Need {
      if (!(0 <= lowest && lowest <= start && start <= large && large < 1)) {
        throw new IllegalArgumentException(lowest + " to " + start + " to " + large);
      }
    }

    /** The score of an object of a height in pixels of the detector's input, 0 to 1. */
    double adjusted(double score, double heightPx) {
      double share = Math.log(heightPx / SMALL_PX) / Math.log(LARGE_PX / SMALL_PX);
      double asked = start + (large - start) * Math.min(1, Math.max(0, share));
      if (score <= lowest || asked == start) {
        return score;
      }
      return score < asked
          ? lowest + (score - lowest) / (asked - lowest) * (start - lowest)
          : start + (score - asked) / (1 - asked) * (1 - start);
    }
  }

  /**
   * Wraps a detector.
   *
   * @param detector owned from now on
   * @param detectSize longest side of its input in pixels
   * @param needs of the classes that ask more of large objects; others are left alone
   */
  public LargeScores(Detector detector, int detectSize, Map<Label, Need> needs) {
    this.detector = detector;
    this.detectSize = detectSize;
    this.needs = new EnumMap<>(needs);
  }

  @Override
  public List<Detection> detect(VideoFrame frame) {
    int longest = Math.max(frame.uprightWidth(), frame.uprightHeight());
    double scale = Math.min(1, (double) detectSize / longest);
    return detector.detect(frame).stream().map(found -> adjusted(found, scale)).toList();
  }

  private Detection adjusted(Detection found, double scale) {
    Need need = needs.get(found.label());
    return need == null
        ? found
        : new Detection(
            found.label(), found.box(), need.adjusted(found.score(), found.box().height() * scale));
  }

  @Override
  public void close() {
    detector.close();
  }
}
