package io.efface.redact;

import io.efface.geometry.Box;

/**
 * A smooth surface over a part of one plane, made of the samples outside every region only: their
 * means over small cells, the holes between them filled by {@link PushPull}, evaluated as a uniform
 * cubic B-spline, which has no visible joints. Cells are aligned to the picture, not to the part,
 * so that the surface does not swim when a region moves.
 */
final class Surround {
  private static final int[] CELLS_PX = {6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256};
  private static final int MAX_CELLS = 1 << 12;
  private static final int RING_CELLS = 2;

  /** Samples looked at on each side of a cell; more would not make its mean visibly better. */
  private static final int SAMPLES_A_SIDE = 4;

  /** Bits that samples are scaled to where fractions matter. */
  static final int SCALED_BITS = 24;

  /** More than the arithmetic is off by, in scaled values. */
  private static final int ROUNDING = 256;

  private final PushPull grid = new PushPull();
  private int cellPx;
  private int left;
  private int top;
  private int cellW;
  private int cellH;
  private int originX;
  private int originY;
  private int shift;
  private int low;
  private int high;
  private int[] samples = new int[0];
  private float[] line = new float[0];
  private final float[] phases = new float[CELLS_PX[CELLS_PX.length - 1]];

  // The rows of the spline between which the rest is interpolated, and their difference a row.
  private int firstColumn;
  private int endColumn;
  private int knotStep;
  private int knotRow;
  private boolean knotsKnown;
  private int[] knot = new int[0];
  private int[] nextKnot = new int[0];
  private int[] slope = new int[0];

  /**
   * Chooses the cells.
   *
   * @param part of the stored picture that will be evaluated; a ring of cells is added around it
   * @param finestPx the cell size wished for, in pixels
   */
  void place(Box part, double finestPx, int pictureWidth, int pictureHeight) {
    Box inside = part.clip(pictureWidth, pictureHeight);
    for (int size : CELLS_PX) {
      cellPx = size;
      left = (int) Math.floor(inside.left() / size) - RING_CELLS;
      top = (int) Math.floor(inside.top() / size) - RING_CELLS;
      int right = (int) Math.ceil(inside.right() / size) + RING_CELLS;
      int bottom = (int) Math.ceil(inside.bottom() / size) + RING_CELLS;
      int w = Math.max(1, right - left);
      int h = Math.max(1, bottom - top);
      boolean largest = size == CELLS_PX[CELLS_PX.length - 1];
      if (largest || (size > finestPx * 0.75 && (long) w * h <= MAX_CELLS)) {
        grid.resize(w, h);
        return;
      }
    }
  }

  /** The part's first column, ring included, in pixels of the picture; may be negative. */
  int leftPx() {
    return left * cellPx;
  }

  /** The part's first row, ring included, in pixels of the picture; may be negative. */
  int topPx() {
    return top * cellPx;
  }

  /** First column beyond the part, ring included, in pixels; may be beyond the picture. */
  int rightPx() {
    return (left + grid.width()) * cellPx;
  }

  /** First row beyond the part, ring included, in pixels; may be beyond the picture. */
  int bottomPx() {
    return (top + grid.height()) * cellPx;
  }

  /**
   * Averages a plane's open samples and fills the holes.
   *
   * @param rows attached to the plane
   * @param mask the plane's; covered samples are skipped
   * @param bitDepth bits a sample
   * @return whether the part holds any open sample; if none, the surface is unusable
   */
  boolean gather(PlaneRows rows, RegionMask mask, int bitDepth) {
    grid.clear();
    shift = SCALED_BITS - bitDepth;
    cellW = cellPx >> mask.shiftX();
    cellH = cellPx >> mask.shiftY();
    originX = left * cellW;
    originY = top * cellH;
    for (int i = 0; i < cellW; i++) {
      phases[i] = (i + ((cellW & 1) == 0 ? 0.5f : 0f)) / cellW;
    }
    knotStep = Math.max(1, cellH / 2);
    knotsKnown = false;
    int stepX = (cellW + SAMPLES_A_SIDE - 1) / SAMPLES_A_SIDE;
    int stepY = (cellH + SAMPLES_A_SIDE - 1) / SAMPLES_A_SIDE;
    if (line.length < grid.width()) {
      line = new float[grid.width()];
    }
    if (samples.length < SAMPLES_A_SIDE * rows.width()) {
      samples = new int[SAMPLES_A_SIDE * rows.width()];
    }
    for (int row = 0; row < grid.height(); row++) {
      gatherRow(row, stepX, stepY, rows, mask.cells());
    }
    boolean known = grid.fill();
    bound();
    return known;
  }

  /** Finds between which values the surface lies: those of its cells, as a B-spline's do. */
  private void bound() {
    low = (int) (grid.least() * (1 << shift)) - ROUNDING;
    high = (int) (grid.most() * (1 << shift)) + ROUNDING;
  }

  private void gatherRow(int row, int stepX, int stepY, PlaneRows rows, byte[] cover) {
    int planeW = rows.width();
    int from = Math.max(0, originX);
    int to = Math.min(planeW, originX + grid.width() * cellW);
    // Cells begin at or before the picture's edge, at a whole number of cells from it.
    int y0 = originY + row * cellH;
    int end = Math.min(rows.height(), y0 + cellH);
    if (from >= to || y0 < 0 || y0 >= end) {
      return;
    }
    int lines = (end - y0 + stepY - 1) / stepY;
    for (int i = 0; i < lines; i++) {
      rows.read(y0 + i * stepY, from, to, samples, i * planeW);
    }
    float full = (cellW + stepX - 1) / stepX * ((cellH + stepY - 1) / stepY);
    int lowest = (end - 1) * planeW;
    for (int cell = (from - originX) / cellW; cell < grid.width(); cell++) {
      int x0 = originX + cell * cellW;
      int x1 = Math.min(to, x0 + cellW);
      // A cell whose corners are covered is as good as covered: its holes are filled anyway.
      if (x0 >= x1
          || (cover[y0 * planeW + x0]
                  & cover[y0 * planeW + x1 - 1]
                  & cover[lowest + x0]
                  & cover[lowest + x1 - 1])
              != 0) {
        continue;
      }
      int sum = 0;
      int count = 0;
      for (int i = 0; i < lines; i++) {
        int coverRow = (y0 + i * stepY) * planeW;
        int sampleRow = i * planeW;
        for (int x = x0; x < x1; x += stepX) {
          int open = (cover[coverRow + x] & RegionMask.COVERED) - 1;
          sum += open & samples[sampleRow + x];
          count -= open;
        }
      }
      if (count > 0) {
        // Half a cell of open samples knows its mean well enough.
        grid.set(cell, row, (float) sum / count, Math.min(1, 2 * count / full));
      }
    }
  }

  /** Makes the surface flat. */
  void flood(float value) {
    grid.flood(value);
    bound();
  }

  /** Says which columns of the plane last gathered will be evaluated. */
  void aim(int from, int to) {
    firstColumn = from;
    endColumn = to;
    knotsKnown = false;
    if (slope.length < to) {
      knot = new int[to];
      nextKnot = new int[to];
      slope = new int[to];
    }
  }

  /**
   * Evaluates the surface, with grain, along a row of the plane, at columns {@code from} to {@code
   * to} of those aimed at, as samples in the same places of {@code out}. Cheapest row after row.
   *
   * <p>Linear between rows of the spline half a cell apart: off by less than 1/32 of the surface's
   * bend over a cell.
   *
   * @param place where in the grain the row begins
   */
  void evaluate(int y, int from, int to, Grain grain, int place, int[] out) {
    int past = Math.floorMod(y - originY, knotStep);
    findKnots(y - past);
    grain.copy(place, from, to, out);
    blend(from, to, past, out);
    if (low + grain.least() < 0 || high + grain.most() >= 1 << SCALED_BITS) {
      int max = (1 << (SCALED_BITS - shift)) - 1;
      for (int i = from; i < to; i++) {
        out[i] = Math.max(0, Math.min(max, out[i]));
      }
    }
  }

  /** One index for all arrays and no branches: vector code is made of such loops only. */
  private void blend(int from, int to, int past, int[] out) {
    int[] base = knot;
    int[] rise = slope;
    int bits = shift;
    for (int x = from; x < to; x++) {
      out[x] = (out[x] + base[x] + past * rise[x]) >> bits;
    }
  }

  private void findKnots(int y) {
    if (knotsKnown && y == knotRow) {
      return;
    }
    if (knotsKnown && y == knotRow + knotStep) {
      int[] spare = knot;
      knot = nextKnot;
      nextKnot = spare;
    } else {
      spline(y, knot);
    }
    spline(y + knotStep, nextKnot);
    // Whole numbers, without divisions, become vector code; 1/256 code of 8 bits is exact enough.
    int share = (1 << 16) / knotStep;
    for (int x = firstColumn; x < endColumn; x++) {
      slope[x] = (((nextKnot[x] - knot[x] + 128) >> 8) * share) >> 8;
    }
    knotRow = y;
    knotsKnown = true;
  }

  private void spline(int y, int[] out) {
    int gw = grid.width();
    int halfW = cellW / 2;
    int first = Math.floorDiv(firstColumn - originX - halfW, cellW);
    int last = Math.floorDiv(endColumn - 1 - originX - halfW, cellW);
    blendRows(y, Math.max(0, first - 1), Math.min(gw, last + 3));
    for (int i = first; i <= last; i++) {
      float p0 = line[Math.max(0, Math.min(gw - 1, i - 1))];
      float p1 = line[Math.max(0, Math.min(gw - 1, i))];
      float p2 = line[Math.max(0, Math.min(gw - 1, i + 1))];
      float p3 = line[Math.max(0, Math.min(gw - 1, i + 2))];
      float a = (p0 + 4 * p1 + p2) * (1 / 6f);
      float b = (p2 - p0) * 0.5f;
      float c = (p0 - 2 * p1 + p2) * 0.5f;
      float d = (p3 - 3 * p2 + 3 * p1 - p0) * (1 / 6f);
      int start = originX + halfW + i * cellW;
      int end = Math.min(endColumn, start + cellW);
      for (int x = Math.max(firstColumn, start); x < end; x++) {
        float t = phases[x - start];
        out[x] = (int) (a + t * (b + t * (c + t * d)));
      }
    }
  }

  /** The four grid rows around a plane row, weighted by the cubic B-spline's basis and scaled. */
  private void blendRows(int y, int from, int to) {
    int gw = grid.width();
    int last = grid.height() - 1;
    int halfH = cellH / 2;
    int i = Math.floorDiv(y - originY - halfH, cellH);
    int phase = Math.floorMod(y - originY - halfH, cellH);
    float t = (phase + ((cellH & 1) == 0 ? 0.5f : 0f)) / cellH;
    float s = 1 - t;
    float unit = (1 << shift) / 6f;
    float w0 = unit * s * s * s;
    float w1 = unit * (4 - 6 * t * t + 3 * t * t * t);
    float w2 = unit * (4 - 6 * s * s + 3 * s * s * s);
    float w3 = unit * t * t * t;
    int r0 = gw * Math.max(0, Math.min(last, i - 1));
    int r1 = gw * Math.max(0, Math.min(last, i));
    int r2 = gw * Math.max(0, Math.min(last, i + 1));
    int r3 = gw * Math.max(0, Math.min(last, i + 2));
    float[] v = grid.values();
    for (int x = from; x < to; x++) {
      line[x] = w0 * v[r0 + x] + w1 * v[r1 + x] + w2 * v[r2 + x] + w3 * v[r3 + x];
    }
  }
}
