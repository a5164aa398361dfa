package io.efface.audit;

import io.efface.redact.Region;
import io.efface.redact.Style;
import java.util.List;
import java.util.Optional;

/**
 * Says of what was seen of a region whether it is destroyed.
 *
 * <p>Limits and the figures they rest on: {@code src/site/adr/0004-judging-regions.md}.
 */
final class RegionVerdict {
  /**
   * Over fewer cells no likeness is told: a codec's errors are smooth, and over as little as one
   * transform block any two smooth things are alike. Such a region is only held against its fill.
   */
  static final int LEAST_CELLS = 64;

  /**
   * How far a fill's luma may be from the planned one, and how much further for the codec's noise.
   * Honest films were up to 4.2 codes beyond that noise.
   */
  private static final double APART = 6;

  /**
   * How far its colours may be: an encoder in a hurry keeps those of the frame before, so that an
   * honest film of drawn bars was 12.2 codes away where a region began.
   */
  private static final double APART_IN_COLOUR = 16;

  private static final double APART_IN_NOISE = 8;

  /** More noise is not allowed for, as a forger can add it beside the regions. */
  private static final double MOST_NOISE_APART = 3;

  /**
   * How far the mean of any 3x3 samples may be from the planned one, likewise: where a region's
   * edge is sharp, encoders in a hurry ring far into it.
   */
  private static final double PEAK = 100;

  private static final double PEAK_IN_COLOUR = 32;

  /**
   * How strong detail finer than the cells may be that the fill has not: root mean square, in codes
   * of 8 bits, beside the noise.
   */
  private static final double FINE = 15;

  /** How strong it may be in the evener half of a region's cells where the fill is not known. */
  private static final double FINE_ROUGHNESS = 12;

  /** Of fewer samples its strength is not told. */
  private static final int FINE_SAMPLES = 64;

  /** How uneven a fill may be, and how much more for the codec's noise. */
  private static final double ROUGHNESS = 12;

  private static final double ROUGHNESS_IN_NOISE = 2;

  private static final String FOLLOWS = "follows the input's detail";
  private static final String OTHERWISE = "is not filled as planned";

  private final Optional<Fill> fill;

  /**
   * Of the regions of one film.
   *
   * @param fill how regions were filled; empty where the input is not at hand
   */
  RegionVerdict(Optional<Fill> fill) {
    this.fill = fill;
  }

  /** Whether a region's very fill is known. */
  boolean tells(Region region) {
    return fill.isPresent() && fill.get().tells(region.style());
  }

  /**
   * What is wrong with a region.
   *
   * @param sight what was seen of one of its channels
   * @param tone how the output follows the input beside the regions
   * @return what can be said of it in a finding; empty if nothing is wrong
   */
  Optional<String> fault(Region region, RegionSight sight, Tone tone) {
    boolean tells = tells(region);
    boolean follows =
        fill.isPresent()
            && sight.cells() >= LEAST_CELLS
            && follows(fill.get(), region, sight, TraceLimits.beside(tone));
    if (follows) {
      return Optional.of(FOLLOWS);
    }
    if (tells && isApart(sight, tone)) {
      return Optional.of(OTHERWISE);
    }
    List<RegionDetail.Sums> fine = sight.fine();
    if (fill.isPresent() && followsFinely(fill.get(), region.style(), fine)) {
      return Optional.of(FOLLOWS);
    }
    if (tells) {
      return hasOtherDetail(region.style(), sight, fine, tone)
          ? Optional.of(OTHERWISE)
          : Optional.empty();
    }
    return sight.channel() == CellGrid.LUMA
            && (sight.roughness() > ROUGHNESS + ROUGHNESS_IN_NOISE * tone.noise()
                || sight.fineRoughness() > FINE_ROUGHNESS + ROUGHNESS_IN_NOISE * tone.noise())
        ? Optional.of("holds detail that no fill has")
        : Optional.empty();
  }

  private static boolean isApart(RegionSight sight, Tone tone) {
    double apart = sight.channel() == CellGrid.LUMA ? APART : APART_IN_COLOUR;
    return sight.isApart(apart + APART_IN_NOISE * noise(tone));
  }

  private static double noise(Tone tone) {
    return Math.min(MOST_NOISE_APART, tone.levelNoise());
  }

  /** Whether it has detail finer than the cells that the planned fill has not. */
  private static boolean hasOtherDetail(
      Style style, RegionSight sight, List<RegionDetail.Sums> fine, Tone tone) {
    if (style instanceof Style.Mosaic || style instanceof Style.Numbered) {
      // Of sharp edges a codec may leave anything.
      return false;
    }
    double peak = sight.channel() == CellGrid.LUMA ? PEAK : PEAK_IN_COLOUR;
    double noise = noise(tone);
    return sight.peak() > peak + APART_IN_NOISE * noise
        || fine.stream()
            .anyMatch(part -> part.samples() >= FINE_SAMPLES && part.strength() > FINE + noise);
  }

  /**
   * Whether detail that is finer than the cells is the input's, in all of a region or in a part.
   */
  private static boolean followsFinely(Fill fill, Style style, List<RegionDetail.Sums> fine) {
    boolean even = fill.certain() && !(style instanceof Style.Mosaic);
    int least = even ? TraceLimits.FINE_SAMPLES : TraceLimits.FINE_SAMPLES_OF_MOSAIC;
    for (int i = 0; i < fine.size(); i++) {
      Trace trace = fine.get(i).trace();
      if (trace.cells() >= least
          && (i == 0 ? TraceLimits.isFineLeak(trace) : TraceLimits.isFinePartLeak(trace))) {
        return true;
      }
    }
    return false;
  }

  private static boolean follows(Fill fill, Region region, RegionSight sight, TraceLimits limits) {
    Trace part = sight.strongestPart(TraceLimits.PART_LIKENESS, limits.leastPartStrength());
    boolean partly = limits.isPartLeak(part);
    if (fill.tells(region.style())) {
      return partly || limits.isLeak(sight.beyondPlan(TraceLimits.STRENGTH));
    }
    return (fill.certain() || partly || limits.isLeak(sight.beyondSlope()))
        && !isMosaic(region.style(), sight, limits);
  }

  /** Whether the output is flat within the cells of a mosaic that stays within the bound. */
  private static boolean isMosaic(Style style, RegionSight sight, TraceLimits limits) {
    if (style instanceof Style.Mosaic mosaic) {
      return isFlat(mosaic.cells(), sight, limits.withinMosaic());
    }
    for (int side = Style.Mosaic.MAX_CELLS; side > 1; side--) {
      if (isFlat(side, sight, limits)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFlat(int side, RegionSight sight, TraceLimits limits) {
    Trace part =
        sight.strongestPartWithinCells(side, TraceLimits.PART_LIKENESS, limits.leastPartStrength());
    return !limits.isPartLeak(part)
        && !limits.isLeak(sight.withinCells(side))
        && !limits.isLeak(sight.withinCellsSoftly(side));
  }
}
