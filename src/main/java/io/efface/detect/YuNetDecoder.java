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
      long n = cells(inputWidth, inputHeight, stride);
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
      int w = OutputDecoder.cells(inputWidth, stride);
      int n = cells(inputWidth, inputHeight, stride);
      for (int cell = 0; cell < n; cell++) {
        float score = (float) Math.sqrt(clamp(classes.get(cell)) * clamp(objects.get(cell)));
        if (OutputDecoder.counts(score, minScore)) {
          int row = cell / w;
          int column = cell % w;
          float x = (column + boxes.get(4 * cell)) * stride;
          float y = (row + boxes.get(4 * cell + 1)) * stride;
          float width = (float) Math.exp(boxes.get(4 * cell + 2)) * stride;
          float height = (float) Math.exp(boxes.get(4 * cell + 3)) * stride;
          into.addCentred(0, score, x, y, width, height);
        }
      }
    }
  }

  private static int cells(int inputWidth, int inputHeight, int stride) {
    return OutputDecoder.cells(inputWidth, stride) * OutputDecoder.cells(inputHeight, stride);
  }

  private static float clamp(float score) {
    return Math.max(0, Math.min(1, score));
  }
}
