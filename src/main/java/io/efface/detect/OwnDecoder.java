package io.efface.detect;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decoder of Efface's own networks: for each stride s, {@code scoreS} [1,C,h,w] with the score of
 * each class in each cell and {@code boxS} [1,4,h,w] with dx, dy from the cell's centre to the
 * box's, in strides, and the logarithms of width and height in strides.
 *
 * @param strides pixels a cell, one for each pair of outputs
 * @param classes number of classes C
 */
record OwnDecoder(List<Integer> strides, int classes) implements OutputDecoder {

  /** Training never sees sizes beyond; what lies beyond is noise and would overflow. */
  private static final float MAX_LOG_SIZE = 8;

  OwnDecoder {
    strides = List.copyOf(strides);
  }

  @Override
  public Map<String, long[]> outputs(int inputWidth, int inputHeight) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (int stride : strides) {
      int w = OutputDecoder.cells(inputWidth, stride);
      int h = OutputDecoder.cells(inputHeight, stride);
      shapes.put("score" + stride, new long[] {1, classes, h, w});
      shapes.put("box" + stride, new long[] {1, 4, h, w});
    }
    return shapes;
  }

  @Override
  public void decode(
      Map<String, FloatBuffer> outputs,
      int inputWidth,
      int inputHeight,
      float minScore,
      Candidates into) {
    for (int stride : strides) {
      FloatBuffer scores = OutputDecoder.output(outputs, "score" + stride);
      FloatBuffer boxes = OutputDecoder.output(outputs, "box" + stride);
      int w = OutputDecoder.cells(inputWidth, stride);
      int cells = w * OutputDecoder.cells(inputHeight, stride);
      for (int label = 0; label < classes; label++) {
        for (int cell = 0; cell < cells; cell++) {
          float score = scores.get(label * cells + cell);
          if (OutputDecoder.counts(score, minScore)) {
            int row = cell / w;
            int column = cell % w;
            float x = (column + 0.5f + boxes.get(cell)) * stride;
            float y = (row + 0.5f + boxes.get(cells + cell)) * stride;
            float width = size(boxes.get(2 * cells + cell)) * stride;
            float height = size(boxes.get(3 * cells + cell)) * stride;
            into.addCentred(label, score, x, y, width, height);
          }
        }
      }
    }
  }

  private static float size(float log) {
    return (float) Math.exp(Math.min(log, MAX_LOG_SIZE));
  }
}
