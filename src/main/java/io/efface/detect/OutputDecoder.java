package io.efface.detect;

import java.nio.FloatBuffer;
import java.util.Map;

/** Turns a network's output tensors into boxes; one kind for each family of networks. */
sealed interface OutputDecoder
    permits OwnDecoder,
        YuNetDecoder,
        ScrfdDecoder,
        CenterFaceDecoder,
        YoloDecoder,
        EndToEndDecoder,
        HyperLprDecoder {

  /** The size of an output that only a run tells. */
  long OPEN = -1;

  /** Training never sees sizes beyond; what lies beyond is noise and would overflow. */
  float MAX_LOG_SIZE = 8;

  /**
   * The outputs to ask for and their shapes, one of {@link #OPEN} where only a run tells it.
   *
   * @param inputWidth pixels a row of the input
   * @param inputHeight rows of the input
   */
  Map<String, long[]> outputs(int inputWidth, int inputHeight);

  /**
   * Reads boxes from the outputs.
   *
   * @param outputs one buffer for each of {@link #outputs}, read by index, not changed
   * @param inputWidth pixels a row of the input
   * @param inputHeight rows of the input
   * @param minScore boxes with lower scores are left out
   * @param into receives the boxes, in pixels of the input
   * @throws DetectionException if a score is not a number or a box not finite: then nothing in the
   *     frame can be trusted
   */
  void decode(
      Map<String, FloatBuffer> outputs,
      int inputWidth,
      int inputHeight,
      float minScore,
      Candidates into);

  /** Whether a score counts; refuses one that is not a number. */
  static boolean counts(float score, float minScore) {
    return refuseNoNumber(score) >= minScore;
  }

  /** The score, refused if it is not a number. */
  static float refuseNoNumber(float score) {
    if (Float.isNaN(score)) {
      throw new DetectionException("the model gave a score that is not a number");
    }
    return score;
  }

  /** A size of which the model gives the logarithm; finite unless that is not a number. */
  static float size(float log) {
    return (float) Math.exp(Math.min(log, MAX_LOG_SIZE));
  }

  /** The buffer of an output that was asked for. */
  static FloatBuffer output(Map<String, FloatBuffer> outputs, String name) {
    FloatBuffer buffer = outputs.get(name);
    if (buffer == null) {
      throw new IllegalStateException("no output " + name);
    }
    return buffer;
  }
}
