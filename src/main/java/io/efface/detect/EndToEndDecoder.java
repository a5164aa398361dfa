package io.efface.detect;

import java.nio.FloatBuffer;
import java.util.Map;

/**
 * Decoder of YOLO networks that suppress doubles themselves: one output [n,6], [n,7] or with a
 * batch dimension before, a row a box. Six values are left, top, right, bottom, score, class; seven
 * are the picture's number, left, top, right, bottom, class, score. Sides are in pixels of the
 * input; rows that hold no box have a score of 0.
 *
 * @param output the output's name
 * @param columns values a box, 6 or 7
 * @param labels what the classes mean
 */
record EndToEndDecoder(String output, int columns, ClassLabels labels) implements OutputDecoder {

  /** Values of a row without and with the picture's number. */
  static final int SHORT_ROW = 6;

  static final int LONG_ROW = 7;

  EndToEndDecoder {
    if (columns != SHORT_ROW && columns != LONG_ROW) {
      throw new IllegalArgumentException(columns + " columns");
    }
  }

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
    boolean numbered = columns == LONG_ROW;
    for (int row = 0; row + columns <= values.limit(); row += columns) {
      int box = numbered ? row + 1 : row;
      float score = values.get(numbered ? box + 5 : box + 4);
      if (OutputDecoder.counts(score, minScore)) {
        int number = Math.round(values.get(numbered ? box + 4 : box + 5));
        labels
            .of(number)
            .ifPresent(
                label ->
                    into.addSides(
                        label,
                        score,
                        values.get(box),
                        values.get(box + 1),
                        values.get(box + 2),
                        values.get(box + 3)));
      }
    }
  }
}
