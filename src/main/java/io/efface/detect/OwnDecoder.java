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
 * @param labels the C classes
 */
record OwnDecoder(List<Integer> strides, List<Label> labels) implements OutputDecoder {

  /** The classes of the project's own networks, in the order of their scores. */
  static final List<Label> CLASSES = List.of(Label.FACE, Label.PLATE);

  OwnDecoder {
    strides = List.copyOf(strides);
    labels = List.copyOf(labels);
  }

  @Override
  public Map<String, long[]> outputs(int inputWidth, int inputHeight) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (int stride : strides) {
      Grid grid = Grid.over(inputWidth, inputHeight, stride);
      shapes.put("score" + stride, new long[] {1, labels.size(), grid.rows(), grid.columns()});
      shapes.put("box" + stride, new long[] {1, 4, grid.rows(), grid.columns()});
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
      Grid grid = Grid.over(inputWidth, inputHeight, stride);
      int cells = grid.cells();
      for (int k = 0; k < labels.size(); k++) {
        for (int cell = 0; cell < cells; cell++) {
          float score = scores.get(k * cells + cell);
          if (OutputDecoder.counts(score, minScore)) {
            float x = (grid.column(cell) + 0.5f + boxes.get(cell)) * stride;
            float y = (grid.row(cell) + 0.5f + boxes.get(cells + cell)) * stride;
            float width = OutputDecoder.size(boxes.get(2 * cells + cell)) * stride;
            float height = OutputDecoder.size(boxes.get(3 * cells + cell)) * stride;
            into.addCentred(labels.get(k), score, x, y, width, height);
          }
        }
      }
    }
  }
}
