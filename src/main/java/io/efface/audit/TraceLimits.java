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

  /** Least strength of such a share, in codes of 8 bits, and in units of the noise. */
  static final double STRENGTH = 2.5;

  private static final double STRENGTH_IN_NOISE = 2;

  /** Least strength of a smaller share, likewise. */
  private static final double FAINT_STRENGTH_IN_NOISE = 4;

  /**
   * A whole region of so many cells that is so like the input, and has so much of its detail, is a
   * leak whatever the noise, which a forger can add beside the regions.
   */
  private static final int PLAIN_CELLS = 200;

  private static final double PLAIN_LIKENESS = 0.8;
  private static final double PLAIN_SHARE = 0.3;

  private static final double PART_STRENGTH = 8;
  private static final double PART_STRENGTH_IN_NOISE = 6;

  /**
   * Where a mosaic was made but the noise of its cells is not known, an encoder's errors at their
   * edges stand in the way as well: so many times the noise beside the regions is allowed for.
   */
  private static final double MOSAIC_NOISE = 2;

  private static final double LEAST_MOSAIC_NOISE = 1.2;

  /** Over fewer samples no likeness of detail finer than the cells is told. */
  static final int FINE_SAMPLES = 500;

  /** The same where a mosaic's edges may be among it, which are the input's in part. */
  static final int FINE_SAMPLES_OF_MOSAIC = 1000;

  /**
   * From when on such detail is the input's, whatever the noise: over so many samples a codec's
   * errors are like it by chance only.
   */
  private static final double FINE_LIKENESS = 0.4;

  private static final double FINE_STRENGTH = 0.3;
  private static final double FINE_PART_LIKENESS = 0.6;
  private static final double FINE_PART_STRENGTH = 1;

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
    if (isPlain(trace)) {
      return true;
    }
    return trace.detail() >= DETAIL
        && Math.abs(trace.likeness()) >= LIKENESS
        && Math.abs(trace.strength()) >= least;
  }

  private static boolean isPlain(Trace trace) {
    return trace.detail() >= DETAIL
        && trace.cells() >= PLAIN_CELLS
        && Math.abs(trace.likeness()) >= PLAIN_LIKENESS
        && Math.abs(trace.share()) >= PLAIN_SHARE
        && Math.abs(trace.strength()) >= STRENGTH;
  }

  /** Whether a trace of detail finer than the cells is a leak, all over a region. */
  static boolean isFineLeak(Trace whole) {
    return isFineLeak(whole, FINE_LIKENESS, FINE_STRENGTH);
  }

  /** Whether such a trace is a leak in a part. */
  static boolean isFinePartLeak(Trace part) {
    return isFineLeak(part, FINE_PART_LIKENESS, FINE_PART_STRENGTH);
  }

  private static boolean isFineLeak(Trace trace, double likeness, double strength) {
    return Math.abs(trace.likeness()) >= likeness && Math.abs(trace.strength()) >= strength;
  }

  private double leastStrength() {
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
