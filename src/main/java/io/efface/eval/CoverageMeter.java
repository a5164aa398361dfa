package io.efface.eval;

import io.efface.eval.ClipTruth.Sighting;
import io.efface.geometry.Box;
import io.efface.media.VideoFrame;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.opencv.core.Mat;
import org.opencv.core.Rect;

/**
 * Compares a redacted clip with its original, frame by frame, and judges the middle 80 % of each
 * object's box. It looks at pictures alone, so files by any program can be judged. Single-threaded;
 * owns native memory and must be closed.
 */
public final class CoverageMeter implements AutoCloseable {
  private static final double EDGE = 0.1;

  /** Pixels a side below which the middle of an object is not judged. */
  private static final int LEAST_SIDE = 3;

  private final Grey greyBefore = new Grey();
  private final Grey greyAfter = new Grey();
  private final Detail detail = new Detail();
  private final StrayPixels stray = new StrayPixels();
  private final Set<Integer> tracks = new HashSet<>();
  private final Map<Integer, Integer> exposed = new TreeMap<>();
  private Coverage.Count large = new Coverage.Count(0, 0);
  private Coverage.Count small = new Coverage.Count(0, 0);
  private int notJudged;
  private double strayShares;
  private int frames;

  /**
   * Adds the next frame.
   *
   * @param original borrowed, not changed
   * @param finished the same frame of the redacted clip; borrowed, not changed
   * @param objects what stands in it, ignored ones too
   * @throws IllegalArgumentException if the two differ in size or orientation
   */
  public void add(VideoFrame original, VideoFrame finished, List<Sighting> objects) {
    if (!isComparable(original, finished)) {
      throw new IllegalArgumentException("frames of different shape");
    }
    Mat before = greyBefore.of(original);
    Mat after = greyAfter.of(finished);
    List<Box> boxes = objects.stream().map(object -> stored(object.box(), original)).toList();
    strayShares += stray.share(before, after, boxes);
    for (int i = 0; i < boxes.size(); i++) {
      if (!objects.get(i).ignored()) {
        judge(objects.get(i), middle(boxes.get(i), before), before, after);
      }
    }
    frames++;
  }

  /** Whether two frames can be compared: they have the same size and orientation. */
  public static boolean isComparable(VideoFrame original, VideoFrame finished) {
    return original.width() == finished.width()
        && original.height() == finished.height()
        && original.orientation() == finished.orientation();
  }

  private void judge(Sighting object, Rect middle, Mat before, Mat after) {
    if (Math.min(middle.width, middle.height) < LEAST_SIDE) {
      notJudged++;
      return;
    }
    Mat one = before.submat(middle);
    Mat other = after.submat(middle);
    Optional<Boolean> covered = detail.isCovered(one, other);
    one.release();
    other.release();
    if (covered.isEmpty()) {
      notJudged++;
    } else {
      tracks.add(object.track());
      Coverage.Count count = new Coverage.Count(1, covered.get() ? 1 : 0);
      if (object.box().height() < Coverage.SMALL_HEIGHT) {
        small = small.plus(count);
      } else {
        large = large.plus(count);
      }
      if (!covered.get()) {
        exposed.merge(object.track(), 1, Integer::sum);
      }
    }
  }

  private static Box stored(Box upright, VideoFrame frame) {
    return frame.orientation().toStored(upright, frame.width(), frame.height());
  }

  private static Rect middle(Box box, Mat picture) {
    int left = rounded(box.left() + box.width() * EDGE, picture.cols());
    int top = rounded(box.top() + box.height() * EDGE, picture.rows());
    int right = rounded(box.left() + box.width() * (1 - EDGE), picture.cols());
    int bottom = rounded(box.top() + box.height() * (1 - EDGE), picture.rows());
    return new Rect(left, top, right - left, bottom - top);
  }

  private static int rounded(double coordinate, int most) {
    return (int) Math.max(0, Math.min(most, Math.rint(coordinate)));
  }

  /** What came of the frames so far. */
  public Coverage coverage() {
    return new Coverage(
        frames,
        large,
        small,
        notJudged,
        tracks.size(),
        exposed,
        frames == 0 ? 0 : strayShares / frames);
  }

  @Override
  public void close() {
    greyBefore.close();
    greyAfter.close();
    detail.close();
    stray.close();
  }
}
