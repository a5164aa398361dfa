package io.efface.detect;

import java.nio.FloatBuffer;
import java.util.Map;

/**
 * Decoder of HyperLPR's plate detector: one output [1,n,15], a row a box with the centre's x and y,
 * width and height in pixels of the input, the score of there being a plate, the plate's four
 * corners and the scores of its having one line of text or two. The better of these times the first
 * is the box's score. The corners are not read.
 *
 * @param output the output's name
 */
record HyperLprDecoder(String output) implements OutputDecoder {

  /** Values a box. */
  static final int COLUMNS = 15;

  private static final int PLATE = 4;
  private static final int ONE_LINE = 13;
  private static final int TWO_LINES = 14;

  @Override
  public Map<String, long[]> outputs(int inputWidth, int inputHeight) {
    return Map.of(output, new long[] {OPEN});
  }

  @Override
  public void decode(
      Map<String, FloatBuffer> outputs,
      int inputWidth,
      int inputHeight,
      float minScore,
      Candidates into) {
    FloatBuffer values = OutputDecoder.output(outputs, output);
    for (int row = 0; row + COLUMNS <= values.limit(); row += COLUMNS) {
      float kind = Math.max(values.get(row + ONE_LINE), values.get(row + TWO_LINES));
      float score = values.get(row + PLATE) * kind;
      if (OutputDecoder.counts(score, minScore)) {
        into.addCentred(
            Label.PLATE,
            score,
            values.get(row),
            values.get(row + 1),
            values.get(row + 2),
            values.get(row + 3));
      }
    }
  }
}
