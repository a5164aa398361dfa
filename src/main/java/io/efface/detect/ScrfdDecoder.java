package io.efface.detect;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decoder of SCRFD (arXiv 2105.04714): for each of the strides 8, 16, 32 the scores [1,n,1] and the
 * distances [1,n,4] from the cell's corner to the box's left, top, right and bottom side, in
 * strides, with two anchors a cell one after the other. The landmarks are not read.
 *
 * @param scores names of the score outputs, by stride
 * @param distances names of the distance outputs, by stride
 * @param batched whether the outputs have a batch dimension
 */
record ScrfdDecoder(List<String> scores, List<String> distances, boolean batched)
    implements OutputDecoder {
  private static final int[] STRIDES = {8, 16, 32};

  /** Anchors a cell. */
  static final int ANCHORS = 2;

  ScrfdDecoder {
    scores = List.copyOf(scores);
    distances = List.copyOf(distances);
  }

  @Override
  public Map<String, long[]> outputs(int inputWidth, int inputHeight) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (int k = 0; k < STRIDES.length; k++) {
      long n = (long) ANCHORS * Grid.over(inputWidth, inputHeight, STRIDES[k]).cells();
      shapes.put(scores.get(k), batched ? new long[] {1, n, 1} : new long[] {n, 1});
      shapes.put(distances.get(k), batched ? new long[] {1, n, 4} : new long[] {n, 4});
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
    for (int k = 0; k < STRIDES.length; k++) {
      FloatBuffer score = OutputDecoder.output(outputs, scores.get(k));
      FloatBuffer sides = OutputDecoder.output(outputs, distances.get(k));
      int stride = STRIDES[k];
      Grid grid = Grid.over(inputWidth, inputHeight, stride);
      for (int i = 0; i < ANCHORS * grid.cells(); i++) {
        float value = score.get(i);
        if (OutputDecoder.counts(value, minScore)) {
          int x = grid.column(i / ANCHORS);
          int y = grid.row(i / ANCHORS);
          into.addSides(
              Label.FACE,
              value,
              (x - sides.get(4 * i)) * stride,
              (y - sides.get(4 * i + 1)) * stride,
              (x + sides.get(4 * i + 2)) * stride,
              (y + sides.get(4 * i + 3)) * stride);
        }
      }
    }
  }
}
