package io.efface.redact;

import java.util.Arrays;

/**
 * Fills the holes of a grid from what is around them: averaged down level by level to one cell,
 * then pushed back up into the holes, finer levels first where they know something (Gortler et al.,
 * The Lumigraph, SIGGRAPH 1996). That is the start for successive over-relaxation (Young, Iterative
 * Solution of Large Linear Systems, 1971) towards the membrane stretched over each hole, on which
 * the levels leave no trace: their cells change with the grid's place, so that what is left of them
 * would flicker when a region moves. Buffers grow to the largest grid seen.
 */
final class PushPull {
  /** Holes are up to some 20 cells across: a dozen rounds take the start's error to 1 %. */
  private static final int ROUNDS = 14;

  /** Near the best for holes of 20 cells, and safe for all. */
  private static final float OVER_RELAXATION = 1.7f;

  private static final int MAX_LEVELS = 24;

  private static final int HOLE = 5;

  private final int[] widths = new int[MAX_LEVELS];
  private final int[] heights = new int[MAX_LEVELS];
  private final int[] offsets = new int[MAX_LEVELS];
  private float[] values = new float[0];
  private float[] weights = new float[0];
  private float[] spare = new float[0];
  private int levels;

  /** For each hole its place and its four neighbours' places; itself beyond the grid's edge. */
  private int[] holes = new int[0];

  private int listed;

  /** Sets the grid's size; what is in it is undefined until {@link #clear}. */
  void resize(int width, int height) {
    int w = width;
    int h = height;
    int total = 0;
    levels = 0;
    while (true) {
      widths[levels] = w;
      heights[levels] = h;
      offsets[levels++] = total;
      total += w * h;
      if (w == 1 && h == 1) {
        break;
      }
      w = (w + 1) / 2;
      h = (h + 1) / 2;
    }
    if (values.length < total) {
      values = new float[total];
      weights = new float[total];
      spare = new float[total];
    }
  }

  /** Makes all of the grid a hole. */
  void clear() {
    Arrays.fill(weights, 0, widths[0] * heights[0], 0);
    Arrays.fill(values, 0, widths[0] * heights[0], 0);
  }

  /** Columns. */
  int width() {
    return widths[0];
  }

  /** Rows. */
  int height() {
    return heights[0];
  }

  /**
   * Sets a cell.
   *
   * @param weight how much of the cell is known, 0 to 1
   */
  void set(int x, int y, float value, float weight) {
    values[y * widths[0] + x] = value;
    weights[y * widths[0] + x] = weight;
  }

  /** Cells row by row from index 0; borrowed, valid after {@link #fill}. */
  float[] values() {
    return values;
  }

  /** Least cell. */
  float least() {
    float least = values[0];
    for (int i = widths[0] * heights[0] - 1; i > 0; i--) {
      least = Math.min(least, values[i]);
    }
    return least;
  }

  /** Largest cell. */
  float most() {
    float most = values[0];
    for (int i = widths[0] * heights[0] - 1; i > 0; i--) {
      most = Math.max(most, values[i]);
    }
    return most;
  }

  /** Sets every cell to one value. */
  void flood(float value) {
    Arrays.fill(values, 0, widths[0] * heights[0], value);
  }

  /**
   * Fills the holes and smooths the whole.
   *
   * @return whether any cell was known; if none was, the grid is unusable
   */
  boolean fill() {
    for (int level = 1; level < levels; level++) {
      pull(level);
    }
    if (weights[offsets[levels - 1]] == 0) {
      return false;
    }
    findHoles();
    for (int level = levels - 2; level >= 0; level--) {
      push(level);
    }
    for (int i = 0; i < ROUNDS; i++) {
      relax();
    }
    smooth();
    return true;
  }

  /**
   * Lists cells that are not wholly known, each with its neighbours; must run before a push. In the
   * order of a chessboard, one colour after the other: no cell waits for the one before it.
   */
  private void findHoles() {
    int w = widths[0];
    int h = heights[0];
    if (holes.length < HOLE * w * h) {
      holes = new int[HOLE * w * h];
    }
    for (int i = 0; i < w * h; i++) {
      spare[i] = weights[i] * values[i];
    }
    listed = 0;
    for (int colour = 0; colour < 2; colour++) {
      for (int y = 0; y < h; y++) {
        for (int x = (y + colour) & 1; x < w; x += 2) {
          int i = y * w + x;
          if (weights[i] < 1) {
            holes[listed] = i;
            holes[listed + 1] = x > 0 ? i - 1 : i;
            holes[listed + 2] = x < w - 1 ? i + 1 : i;
            holes[listed + 3] = y > 0 ? i - w : i;
            holes[listed + 4] = y < h - 1 ? i + w : i;
            listed += HOLE;
          }
        }
      }
    }
  }

  /** Moves each hole towards its neighbours' mean, mixed with what is known of it, and beyond. */
  private void relax() {
    float[] v = values;
    for (int k = 0; k < listed; k += HOLE) {
      int i = holes[k];
      float sum = v[holes[k + 1]] + v[holes[k + 2]] + v[holes[k + 3]] + v[holes[k + 4]];
      float wanted = spare[i] + (1 - weights[i]) * 0.25f * sum;
      v[i] += OVER_RELAXATION * (wanted - v[i]);
    }
  }

  private void pull(int level) {
    int fineW = widths[level - 1];
    int fineH = heights[level - 1];
    int fine = offsets[level - 1];
    int w = widths[level];
    for (int y = 0; y < heights[level]; y++) {
      for (int x = 0; x < w; x++) {
        float sum = 0;
        float weight = 0;
        for (int fy = 2 * y; fy < Math.min(fineH, 2 * y + 2); fy++) {
          for (int fx = 2 * x; fx < Math.min(fineW, 2 * x + 2); fx++) {
            int i = fine + fy * fineW + fx;
            sum += weights[i] * values[i];
            weight += weights[i];
          }
        }
        int o = offsets[level] + y * w + x;
        values[o] = weight > 0 ? sum / weight : 0;
        weights[o] = Math.min(1, weight);
      }
    }
  }

  /** Mixes a level with the coarser one, interpolated linearly, by how much is known. */
  private void push(int level) {
    int w = widths[level];
    int coarseW = widths[level + 1];
    int coarseH = heights[level + 1];
    int coarse = offsets[level + 1];
    for (int y = 0; y < heights[level]; y++) {
      int near = y / 2;
      int far = Math.max(0, Math.min(coarseH - 1, near + ((y & 1) == 0 ? -1 : 1)));
      int nearRow = coarse + near * coarseW;
      int farRow = coarse + far * coarseW;
      for (int x = 0; x < w; x++) {
        int i = offsets[level] + y * w + x;
        float known = weights[i];
        if (known < 1) {
          int nx = x / 2;
          int fx = Math.max(0, Math.min(coarseW - 1, nx + ((x & 1) == 0 ? -1 : 1)));
          float up =
              0.5625f * values[nearRow + nx]
                  + 0.1875f * (values[nearRow + fx] + values[farRow + nx])
                  + 0.0625f * values[farRow + fx];
          values[i] = known * values[i] + (1 - known) * up;
        }
      }
    }
  }

  /** Replaces every cell by the binomial mean of its neighbourhood. */
  private void smooth() {
    int w = widths[0];
    int h = heights[0];
    for (int y = 0; y < h; y++) {
      smoothRow(y * w, y * w + w - 1);
    }
    for (int y = 0; y < h; y++) {
      int above = y > 0 ? -w : 0;
      int below = y < h - 1 ? w : 0;
      for (int i = y * w; i < y * w + w; i++) {
        values[i] = 0.25f * (spare[i + above] + spare[i + below]) + 0.5f * spare[i];
      }
    }
  }

  private void smoothRow(int row, int last) {
    float[] v = values;
    float[] to = spare;
    to[row] = 0.75f * v[row] + 0.25f * v[Math.min(last, row + 1)];
    for (int i = row + 1; i < last; i++) {
      to[i] = 0.25f * (v[i - 1] + v[i + 1]) + 0.5f * v[i];
    }
    to[last] = 0.75f * v[last] + 0.25f * v[Math.max(row, last - 1)];
  }
}
