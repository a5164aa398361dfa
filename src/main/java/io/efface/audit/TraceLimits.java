package io.efface.audit;

/**
 * From when on a trace of the input inside a region is a leak.
 *
 * <p>The figures that the limits rest on: {@code src/site/adr/0004-judging-regions.md}.
 *
 * @param noise the codec's noise beside the regions, in codes of 8 bits
 * @param contrast the share of the input's contrast that the film has kept beside the regions, 0 to
 *     1: a copy inside has kept as much
 */
record TraceLimits(double noise, double contrast) {
  /** Least likeness of a part. A negative is as telling as a picture, so signs do not matter. */
  static final double PART_LIKENESS = 0.8;

  /** Least likeness of a whole region, likewise. */
  private static final double LIKENESS = 0.6;

  /** Least detail that can be judged at all, in codes of 8 bits. */
  private static final double DETAIL = 4;

  /** The share of the detail that is far too much at any quality. */
  private static final double SHARE = 0.5;

  /** Least strength of such a share, and in units of the noise. */
  private static final double STRENGTH = 2.5;

  private static final double STRENGTH_IN_NOISE = 2;

  /** Least strength of a smaller share, likewise. */
  private static final double FAINT_STRENGTH_IN_NOISE = 4;

  private static final double PART_STRENGTH = 8;
  private static final double PART_STRENGTH_IN_NOISE = 6;

  /**
   * Where a mosaic was made but the noise of its cells is not known, an encoder's errors at their
   * edges stand in the way as well: so many times the noise beside the regions is allowed for.
   */
  private static final double MOSAIC_NOISE = 2;

  private static final double LEAST_MOSAIC_NOISE = 1.2;

  /** Those of a frame. */
  static TraceLimits beside(Tone tone) {
    return new TraceLimits(tone.noise(), tone.contrast());
  }

  /** Those within the cells of a mosaic. */
  TraceLimits withinMosaic() {
    return new TraceLimits(MOSAIC_NOISE * Math.max(noise, LEAST_MOSAIC_NOISE), contrast);
  }

  /** Whether a whole region's trace is a leak. */
  boolean isLeak(Trace trace) {
    double least =
        Math.abs(trace.share()) >= SHARE * contrast
            ? leastStrength()
            : leastStrength(FAINT_STRENGTH_IN_NOISE);
    return trace.detail() >= DETAIL
        && Math.abs(trace.likeness()) >= LIKENESS
        && Math.abs(trace.strength()) >= least;
  }

  /** Weaker traces of a whole region are no leak, in codes of 8 bits. */
  double leastStrength() {
    return leastStrength(STRENGTH_IN_NOISE);
  }

  private double leastStrength(double inNoise) {
    return Math.max(STRENGTH, inNoise * noise);
  }

  /** Whether the trace of a part that is like enough is a leak. */
  boolean isPartLeak(Trace part) {
    return Math.abs(part.strength()) >= leastPartStrength();
  }

  /** Weaker traces of a part are no leak, in codes of 8 bits. */
  double leastPartStrength() {
    return Math.max(PART_STRENGTH, PART_STRENGTH_IN_NOISE * noise);
  }
}
