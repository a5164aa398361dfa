package io.efface.audit;

import io.efface.geometry.Box;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers what is wrong in frames that follow one another into one finding each. Holds at most
 * {@value #MOST} findings, since a film that fails may fail in every frame.
 */
final class FindingRuns {
  private static final int MOST = 100;

  /** Frames that may lie between two of one run. */
  private static final int GAP_FRAMES = 2;

  private final Finding.Kind kind;
  private final Map<String, Run> open = new LinkedHashMap<>();
  private final List<Finding> closed = new ArrayList<>();
  private long dropped;

  private static final class Run {
    private final long first;
    private final double firstSeconds;
    private long last;
    private double lastSeconds;
    private final Optional<Box> box;

    Run(long frame, double seconds, Optional<Box> box) {
      this.first = frame;
      this.firstSeconds = seconds;
      this.last = frame;
      this.lastSeconds = seconds;
      this.box = box;
    }
  }

  FindingRuns(Finding.Kind kind) {
    this.kind = kind;
  }

  /**
   * Notes a fault of a frame.
   *
   * @param sentence what is wrong; the same sentence in the next frame continues the run
   * @param box where in the upright picture it is in the run's first frame
   */
  void add(String sentence, long frame, double seconds, Optional<Box> box) {
    closeBefore(frame - GAP_FRAMES);
    Run run = open.computeIfAbsent(sentence, key -> new Run(frame, seconds, box));
    run.last = frame;
    run.lastSeconds = seconds;
  }

  private void closeBefore(long frame) {
    for (Iterator<Map.Entry<String, Run>> it = open.entrySet().iterator(); it.hasNext(); ) {
      Map.Entry<String, Run> entry = it.next();
      if (entry.getValue().last < frame) {
        close(entry.getKey(), entry.getValue());
        it.remove();
      }
    }
  }

  private void close(String sentence, Run run) {
    if (closed.size() < MOST) {
      closed.add(new Finding(kind, sentence, place(run)));
    } else {
      dropped++;
    }
  }

  private static String place(Run run) {
    String frames =
        run.first == run.last
            ? String.format(Locale.ROOT, "frame %d, %.3f s", run.first, run.firstSeconds)
            : String.format(
                Locale.ROOT,
                "frames %d to %d, %.3f to %.3f s",
                run.first,
                run.last,
                run.firstSeconds,
                run.lastSeconds);
    return frames + run.box.map(FindingRuns::at).orElse("");
  }

  /** A box in words: where its corner is and how large it is. */
  static String at(Box box) {
    return String.format(
        Locale.ROOT, ", at %.0f,%.0f %.0fx%.0f", box.left(), box.top(), box.width(), box.height());
  }

  /** All that was noted, in the order in which it ended. */
  List<Finding> finish() {
    open.forEach(this::close);
    open.clear();
    List<Finding> all = new ArrayList<>(closed);
    if (dropped > 0) {
      all.add(new Finding(kind, dropped + " more of the kind", "the rest of the film"));
    }
    return all;
  }
}
