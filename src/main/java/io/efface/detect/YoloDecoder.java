package io.efface.detect;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * Decoder of YOLOv8 and its like, as exported without suppression of doubles: one output
 * [1,4+C+r,n] with, for each of n boxes, the centre's x and y, width and height in pixels of the
 * input, a score a class and r further values (landmarks) that are not read.
 *
 * @param output the output's name
 * @param channels values a box, 4+C+r
 * @param classes number of classes C
 * @param labels what the classes mean
 */
record YoloDecoder(String output, int channels, int classes, ClassLabels labels)
    implements OutputDecoder {

  /** Values of a box before its scores. */
  static final int BOX = 4;

  YoloDecoder {
    if (classes < 1 || BOX + classes > channels) {
      throw new IllegalArgumentException(classes + " classes in " + channels + " channels");
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
    int n = values.limit() / channels;
    for (int k = 0; k < classes; k++) {
      Optional<Label> label = labels.of(k);
      for (int i = 0; label.isPresent() && i < n; i++) {
        float score = values.get((BOX + k) * n + i);
        if (OutputDecoder.counts(score, minScore)) {
          into.addCentred(
              label.get(),
              score,
              values.get(i),
              values.get(n + i),
              values.get(2 * n + i),
              values.get(3 * n + i));
        }
      }
    }
  }
}
