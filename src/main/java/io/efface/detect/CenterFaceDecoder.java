package io.efface.detect;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decoder of CenterFace (arXiv 1911.03599), whose one stride is 4: a heatmap [1,1,h,w] of scores,
 * the logarithms of height and width in strides [1,2,h,w], and y and x from the cell's centre to
 * the box's, in strides [1,2,h,w]. The landmarks are not read.
 *
 * @param heatmap name of the output of scores
 * @param sizes name of the output of sizes, height first
 * @param offsets name of the output of offsets, y first
 */
record CenterFaceDecoder(String heatmap, String sizes, String offsets) implements OutputDecoder {
  private static final int STRIDE = 4;

  /** The decoder for outputs in CenterFace's order. */
  CenterFaceDecoder(List<String> outputs) {
    this(outputs.get(0), outputs.get(1), outputs.get(2));
  }

  @Override
  public Map<String, long[]> outputs(int inputWidth, int inputHeight) {
    Grid grid = Grid.over(inputWidth, inputHeight, STRIDE);
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(heatmap, new long[] {1, 1, grid.rows(), grid.columns()});
    shapes.put(sizes, new long[] {1, 2, grid.rows(), grid.columns()});
    shapes.put(offsets, new long[] {1, 2, grid.rows(), grid.columns()});
    return shapes;
  }

  @Override
  public void decode(
      Map<String, FloatBuffer> outputs,
      int inputWidth,
      int inputHeight,
      float minScore,
      Candidates into) {
    FloatBuffer scores = OutputDecoder.output(outputs, heatmap);
    FloatBuffer size = OutputDecoder.output(outputs, sizes);
    FloatBuffer offset = OutputDecoder.output(outputs, offsets);
    Grid grid = Grid.over(inputWidth, inputHeight, STRIDE);
    int cells = grid.cells();
    for (int cell = 0; cell < cells; cell++) {
      float score = scores.get(cell);
      if (OutputDecoder.counts(score, minScore)) {
        float y = (grid.row(cell) + 0.5f + offset.get(cell)) * STRIDE;
        float x = (grid.column(cell) + 0.5f + offset.get(cells + cell)) * STRIDE;
        float height = OutputDecoder.size(size.get(cell)) * STRIDE;
        float width = OutputDecoder.size(size.get(cells + cell)) * STRIDE;
        into.addCentred(Label.FACE, score, x, y, width, height);
      }
    }
  }
}
