package io.efface.pipeline;

/**
 * How the machine's cores are shared out. Both passes and the encoder run at once, so each gets a
 * part. Decoders get one thread each: with several, libav loses the flags of damaged frames, which
 * are to be filled whole.
 *
 * @param decoder libav's threads of each of the two decoders
 * @param detector ONNX Runtime's threads
 * @param encoder the encoder's threads; 0 lets it choose
 */
record ThreadBudget(int decoder, int detector, int encoder) {

  /** The shares for this machine. */
  static ThreadBudget ofMachine() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new ThreadBudget(1, Math.max(1, Math.min(8, cores / 2)), 0);
  }
}
