package io.efface.pipeline;

/**
 * How the machine's cores are shared out. Both passes and the encoder run at once, so each gets a
 * part. Decoders get one thread each: with several, libav loses the flags of damaged frames, which
 * are to be filled whole.
 *
 * @param decoder libav's threads of each of the two decoders
 * @param alone ONNX Runtime's threads while nothing is rendered, and for photos
 * @param detector ONNX Runtime's threads beside the rendering
 * @param encoder the encoder's threads; 0 lets it choose
 */
record ThreadBudget(int decoder, int alone, int detector, int encoder) {

  /** More are of no use to networks as small as these. */
  private static final int MOST = 8;

  /** The shares for this machine. */
  static ThreadBudget ofMachine() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new ThreadBudget(
        1, Math.min(MOST, cores), Math.max(1, Math.min(MOST, cores / 2)), /* encoder= */ 0);
  }
}
