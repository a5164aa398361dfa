package io.efface.eval;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much of a clip's objects a redaction destroyed.
 *
 * @param frames frames looked at
 * @param large objects of {@link #SMALL_HEIGHT} rows and more
 * @param small lower objects
 * @param notJudged objects, each counted once a frame, that are too small or have too little detail
 *     for it to be told whether they were destroyed
 * @param tracks how many different objects could be judged
 * @param exposed in how many frames each object shows that shows at all, by its number
 * @param overRedaction share of the picture away from every object that changed visibly, the mean
 *     over all frames
 */
public record Coverage(
    int frames,
    Count large,
    Count small,
    int notJudged,
    int tracks,
    Map<Integer, Integer> exposed,
    double overRedaction) {

  /** Rows below which an object is small. */
  public static final int SMALL_HEIGHT = 24;

  /** Copies the map; its keys stay in order. */
  public Coverage {
    exposed = Collections.unmodifiableMap(new TreeMap<>(exposed));
  }

  /**
   * Objects, each counted once in every frame in which it can be judged.
   *
   * @param objects how many
   * @param covered how many of them are destroyed
   */
  public record Count(int objects, int covered) {

    /** Both together. */
    public Count plus(Count other) {
      return new Count(objects + other.objects, covered + other.covered);
    }

    /** The share that is destroyed, 0 to 1; 0 where there are none. */
    public double recall() {
      return objects == 0 ? 0 : (double) covered / objects;
    }
  }

  /** Objects of every size. */
  public Count all() {
    return large.plus(small);
  }

  /** Objects that show in at least one frame. */
  public int exposedTracks() {
    return exposed.size();
  }

  /** Objects that show, each counted once a frame. */
  public int exposedFrames() {
    return exposed.values().stream().mapToInt(Integer::intValue).sum();
  }
}
