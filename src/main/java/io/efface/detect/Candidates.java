package io.efface.detect;

import java.util.Arrays;

/**
 * Boxes that a decoder found, before doubles are removed: a growing list in plain arrays that is
 * reused from frame to frame. Coordinates are pixels of the detector's input.
 */
final class Candidates {
  private int size;
  private float[] scores = new float[256];
  private Label[] labels = new Label[256];
  private float[] boxes = new float[4 * 256];

  /** Forgets all boxes and keeps the memory. */
  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  /**
   * Adds a box given by its centre and size. A box that has no area is left out: it covers nothing.
   *
   * @throws DetectionException if the box is not finite: something is there, and nobody knows where
   */
  void addCentred(Label label, float score, float x, float y, float width, float height) {
    addSides(label, score, x - width / 2, y - height / 2, x + width / 2, y + height / 2);
  }

  /** Adds a box given by its sides; see {@link #addCentred}. */
  void addSides(Label label, float score, float left, float top, float right, float bottom) {
    if (!Float.isFinite(right - left) || !Float.isFinite(bottom - top)) {
      throw new DetectionException("the model gave a box that is not finite");
    }
    if (right <= left || bottom <= top) {
      return;
    }
    if (size == scores.length) {
      scores = Arrays.copyOf(scores, 2 * size);
      labels = Arrays.copyOf(labels, 2 * size);
      boxes = Arrays.copyOf(boxes, 8 * size);
    }
    scores[size] = Math.min(1, score);
    labels[size] = label;
    int at = 4 * size;
    boxes[at] = left;
    boxes[at + 1] = top;
    boxes[at + 2] = right;
    boxes[at + 3] = bottom;
    size++;
  }

  float score(int index) {
    return scores[index];
  }

  Label label(int index) {
    return labels[index];
  }

  float left(int index) {
    return boxes[4 * index];
  }

  float top(int index) {
    return boxes[4 * index + 1];
  }

  float right(int index) {
    return boxes[4 * index + 2];
  }

  float bottom(int index) {
    return boxes[4 * index + 3];
  }

  float area(int index) {
    return (right(index) - left(index)) * (bottom(index) - top(index));
  }

  /** Common area of two boxes. */
  float shared(int a, int b) {
    float width = Math.min(right(a), right(b)) - Math.max(left(a), left(b));
    float height = Math.min(bottom(a), bottom(b)) - Math.max(top(a), top(b));
    return width > 0 && height > 0 ? width * height : 0;
  }
}
