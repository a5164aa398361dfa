package io.efface.audit;

import java.util.Optional;

/**
 * How the luma of a finished frame follows that of the input's beside the regions. What a straight
 * line from one to the other explains was done to brightness or contrast; the rest is the codec's
 * noise. Were the whole difference taken for noise, a film would only have to be made brighter to
 * pass with nothing destroyed.
 *
 * <p>An honest output's line is that of no change, but for what an encoder owes it at low quality:
 * differences of up to a dozen codes that are the same all over a block, as when the light changes,
 * and detail. A picture that lost detail has less contrast too, but is less like the input then.
 *
 * @param difference mean difference, in codes of 8 bits
 * @param scatter mean difference from the line, at most {@code difference}
 * @param shift how much brighter the output is on average
 * @param gain the line's slope: 1 in a copy, 1 also where the input is too even to tell
 * @param spread standard deviation of the input
 * @param likeness correlation of the two, -1 to 1; 0 where either is too even to tell
 */
record Tone(
    double difference, double scatter, double shift, double gain, double spread, double likeness) {
  /** Of a frame that cannot be compared: no noise is allowed for. */
  static final Tone UNKNOWN = new Tone(0, 0, 0, 1, 0, 0);

  /** Evener pictures have no contrast that could be compared. */
  private static final double LEAST_VARIANCE = 1;

  /**
   * So much of a difference counts as noise whatever it is like, as in even pictures a codec's
   * error looks like a change of brightness.
   */
  private static final double SURE_NOISE = 4;

  /**
   * More counts as so much. No trace in an honest region came near the limits that follow from
   * this, at any quality (ADR 4).
   */
  private static final double MOST_NOISE = 8;

  /** From this likeness on the line's slope is the film's contrast. */
  private static final double LIKENESS = 0.95;

  /** An output that only lost detail and is so like the input has a slope of 0.9 at least. */
  private static final double LESS_CONTRAST = 0.8;

  /** An honest trace that is like the input has at most 0.21 of it (ADR 4), less than half this. */
  private static final double LEAST_CONTRAST = 0.5;

  /**
   * Changes of brightness or contrast that no encoder makes in a whole film. By its quantiser, x264
   * leaves out even differences of some 13 codes at the least quality, in the first frame of 3.
   */
  private static final double LEAST_CHANGE = 16;

  /** How much larger than the scatter a change of brightness is. */
  private static final double CHANGE_IN_SCATTER = 4;

  /**
   * Compares.
   *
   * @param output luma of the output's cells, in codes of 8 bits
   * @param input the input's
   * @param open which cells count
   * @param leastCells fewer say little
   * @return empty where too few cells count
   */
  static Optional<Tone> of(byte[] output, byte[] input, boolean[] open, int leastCells) {
    int count = 0;
    long outputs = 0;
    long inputs = 0;
    long outputSquares = 0;
    long inputSquares = 0;
    long products = 0;
    long apart = 0;
    for (int i = 0; i < open.length; i++) {
      if (open[i]) {
        long out = output[i] & 0xff;
        long in = input[i] & 0xff;
        count++;
        outputs += out;
        inputs += in;
        outputSquares += out * out;
        inputSquares += in * in;
        products += out * in;
        apart += Math.abs(out - in);
      }
    }
    if (count == 0 || count < leastCells) {
      return Optional.empty();
    }
    double outputMean = (double) outputs / count;
    double inputMean = (double) inputs / count;
    double outputVariance = (double) outputSquares / count - outputMean * outputMean;
    double inputVariance = (double) inputSquares / count - inputMean * inputMean;
    double covariance = (double) products / count - outputMean * inputMean;
    double gain = inputVariance < LEAST_VARIANCE ? 1 : covariance / inputVariance;
    double likeness =
        inputVariance < LEAST_VARIANCE || outputVariance < LEAST_VARIANCE
            ? 0
            : covariance / Math.sqrt(inputVariance * outputVariance);
    double scattered = 0;
    for (int i = 0; i < open.length; i++) {
      if (open[i]) {
        double expected = outputMean + gain * ((input[i] & 0xff) - inputMean);
        scattered += Math.abs((output[i] & 0xff) - expected);
      }
    }
    double difference = (double) apart / count;
    return Optional.of(
        new Tone(
            difference,
            Math.min(difference, scattered / count),
            outputMean - inputMean,
            gain,
            Math.sqrt(Math.max(0, inputVariance)),
            likeness));
  }

  /** The codec's noise as far as limits on detail allow for it, in codes of 8 bits. */
  double noise() {
    return Math.min(MOST_NOISE, Math.max(scatter, Math.min(difference, SURE_NOISE)));
  }

  /** The same for limits on brightness, where an encoder that is late is no less so in a region. */
  double levelNoise() {
    return Math.min(MOST_NOISE, difference);
  }

  /**
   * The share of the input's contrast that the film has kept, {@value #LEAST_CONTRAST} to 1; 1
   * unless it clearly lost some.
   */
  double contrast() {
    double kept = Math.abs(gain);
    return Math.abs(likeness) >= LIKENESS && kept < LESS_CONTRAST
        ? Math.max(LEAST_CONTRAST, kept)
        : 1;
  }

  /** Whether it is plainly brighter, darker or of another contrast than the input. */
  boolean isAnother() {
    boolean brightness =
        Math.abs(shift) >= LEAST_CHANGE && Math.abs(shift) >= CHANGE_IN_SCATTER * scatter;
    boolean contrast =
        Math.abs(likeness) >= LIKENESS && Math.abs(gain - 1) * spread >= LEAST_CHANGE;
    return brightness || contrast;
  }
}
