package io.efface.detect;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decoder of YuNet, as in OpenCV's {@code FaceDetectorYN}: for each stride, {@code cls_S} and
 * {@code obj_S} [1,n,1] whose geometric mean is the score, and {@code bbox_S} [1,n,4] with dx, dy
 * from the cell's top left corner to the box's centre, in strides, and the logarithms of width and
 * height in strides. The landmarks are not read.
 */
record YuNetDecoder() implements OutputDecoder {
  private static final int[] STRIDES = {8, 16, 32};

  @Override
  public Map<String, long[]> outputs(int inputWidth, int inputHeight) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (int stride : STRIDES) {
      long n = Grid.over(inputWidth, inputHeight, stride).cells();
      shapes.put("cls_" + stride, new long[] {1, n, 1});
      shapes.put("obj_" + stride, new long[] {1, n, 1});
      shapes.put("bbox_" + stride, new long[] {1, n, 4});
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
    for (int stride : STRIDES) {
      FloatBuffer classes = OutputDecoder.output(outputs, "cls_" + stride);
      FloatBuffer objects = OutputDecoder.output(outputs, "obj_" + stride);
      FloatBuffer boxes = OutputDecoder.output(outputs, "bbox_" + stride);
      Grid grid = Grid.over(inputWidth, inputHeight, stride);
      for (int cell = 0; cell < grid.cells(); cell++) {
        float score = (float) Math.sqrt(clamp(classes.get(cell)) * clamp(objects.get(cell)));
        if (OutputDecoder.counts(score, minScore)) {
          float x = (grid.column(cell) + boxes.get(4 * cell)) * stride;
          float y = (grid.row(cell) + boxes.get(4 * cell + 1)) * stride;
          float width = OutputDecoder.size(boxes.get(4 * cell + 2)) * stride;
          float height = OutputDecoder.size(boxes.get(4 * cell + 3)) * stride;
          into.addCentred(Label.FACE, score, x, y, width, height);
        }
      }
    }
  }

  private static float clamp(float score) {
    return Math.max(0, Math.min(1, score));
  }
}
