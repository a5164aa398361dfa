package io.efface.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What the rounds of one subject came to. Ratios are taken within each round, so that a machine
 * that slows down for a while does both alike.
 *
 * @param subject what was measured
 * @param seconds from start to end
 * @param speed in units of the transcode's speed: 0.5 takes twice its time
 * @param cpu in units of the transcode's CPU time; empty where the system does not tell
 * @param peakBytes most memory in any round; 0 where the system does not tell
 * @param memory in units of the transcode's peak; empty where the system does not tell
 */
public record Figures(
    Subject subject,
    Range seconds,
    Range speed,
    Optional<Range> cpu,
    long peakBytes,
    Optional<Double> memory) {

  /**
   * Compares runs.
   *
   * @param runs one a round
   * @param reference the transcode's, one a round
   */
  static Figures of(Subject subject, List<Run> runs, List<Run> reference) {
    long peak = peak(runs);
    long base = peak(reference);
    return new Figures(
        subject,
        Range.of(runs.stream().map(Run::seconds).toList()),
        Range.of(ratios(reference, runs, Run::seconds)),
        told(runs) && told(reference)
            ? Optional.of(Range.of(ratios(runs, reference, Run::cpuSeconds)))
            : Optional.empty(),
        peak,
        peak > 0 && base > 0 ? Optional.of((double) peak / base) : Optional.empty());
  }

  private static boolean told(List<Run> runs) {
    return runs.stream().allMatch(run -> run.cpuSeconds() > 0);
  }

  private static long peak(List<Run> runs) {
    return runs.stream().mapToLong(Run::peakBytes).max().orElse(0);
  }

  private static List<Double> ratios(List<Run> above, List<Run> below, ToDoubleFunction<Run> what) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < above.size(); round++) {
      ratios.add(what.applyAsDouble(above.get(round)) / what.applyAsDouble(below.get(round)));
    }
    return ratios;
  }
}
