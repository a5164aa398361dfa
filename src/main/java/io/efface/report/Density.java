package io.efface.report;

import java.util.List;
import java.util.function.DoubleToIntFunction;

/** How many objects there are at once, in equal parts of a film. */
final class Density {
  private final int[] most;
  private final DoubleToIntFunction bin;

  private Density(int bins, DoubleToIntFunction bin) {
    this.most = new int[bins];
    this.bin = bin;
  }

  /**
   * Counts.
   *
   * @param bins how many parts
   * @param bin the part that a time in seconds lies in
   * @return for each part, how many tracks there are at the moment in it that has most
   */
  static int[] of(List<TrackSummary> tracks, int bins, DoubleToIntFunction bin) {
    Density density = new Density(bins, bin);
    density.sweep(
        tracks.stream().mapToDouble(TrackSummary::firstSeconds).sorted().toArray(),
        tracks.stream().mapToDouble(TrackSummary::lastSeconds).sorted().toArray());
    return density.most;
  }

  private void sweep(double[] starts, double[] ends) {
    int begun = 0;
    int ended = 0;
    while (ended < ends.length) {
      // What ends in the moment that another begins is there at the same time.
      boolean begins = begun < starts.length && starts[begun] <= ends[ended];
      double from = begins ? starts[begun++] : ends[ended++];
      if (ended < ends.length) {
        double to = begun < starts.length ? Math.min(starts[begun], ends[ended]) : ends[ended];
        raise(from, to, begun - ended);
      }
    }
  }

  private void raise(double from, double to, int count) {
    for (int i = bin.applyAsInt(from); i <= bin.applyAsInt(to); i++) {
      most[i] = Math.max(most[i], count);
    }
  }
}
