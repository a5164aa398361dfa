package io.efface.audit;

import java.util.Arrays;
import java.util.Optional;

/**
 * Sums over the cells of a {@link RegionDetail}, cells as they are stored, row by row. Detail is
 * nine times the difference of a sample from the mean of the 3x3 around it, so that it is whole.
 */
final class DetailSums {
  /** Samples of a 3x3 square. */
  static final int SQUARE = 9;

  /**
   * Of so many rows the squares of a column, of at most 16 times 1,023 codes each, fit an int.
   * Columns are summed up before cells, as a processor does many of them at once.
   */
  private static final int INT_ROWS = 7;

  private final RegionSamples.Part part;
  private final int[] xs;
  private final long[] samples;
  private final long[] inputs;
  private final long[] outputs;
  private final long[] products;
  private final int[] most;

  /** Sums of the columns since they were last added to their cells. */
  private final int[] inputColumns;

  private final int[] outputColumns;
  private final int[] productColumns;
  private final int[] mostOfColumns;

  /** Detail of one row, and sums of three samples one below the other. */
  private final int[] inputDetail;

  private final int[] outputDetail;
  private final int[] threes;

  private DetailSums(RegionSamples.Part part, int[] xs, int cells) {
    this.part = part;
    this.xs = xs;
    samples = new long[cells];
    inputs = new long[cells];
    outputs = new long[cells];
    products = new long[cells];
    most = new int[cells];
    inputColumns = new int[part.width()];
    outputColumns = new int[part.width()];
    productColumns = new int[part.width()];
    mostOfColumns = new int[part.width()];
    inputDetail = new int[part.width()];
    outputDetail = new int[part.width()];
    threes = new int[part.width()];
  }

  /**
   * Sums up.
   *
   * @param xs where the cells begin and end, in samples of the plane
   * @param ys likewise
   * @param planned what is taken out of the output
   */
  static DetailSums of(
      RegionSamples.Part part,
      int[] xs,
      int[] ys,
      RegionSamples input,
      RegionSamples output,
      Optional<RegionSamples> planned) {
    DetailSums sums = new DetailSums(part, xs, (xs.length - 1) * (ys.length - 1));
    Rows in = new Rows(input, Optional.empty(), part.width());
    Rows out = new Rows(output, planned, part.width());
    for (int row = 0; row < ys.length - 1; row++) {
      int from = Math.max(1, ys[row] - part.top());
      int to = Math.min(part.height() - 1, ys[row + 1] - part.top());
      for (int y = from; y < to; y += INT_ROWS) {
        int end = Math.min(to, y + INT_ROWS);
        sums.add(in, out, y, end);
        sums.addToCells(row, end - y);
      }
    }
    return sums;
  }

  /** Three rows of samples, of which two stay when the next one is read. */
  private static final class Rows {
    private final RegionSamples samples;
    private final Optional<RegionSamples> known;
    private final int[][] rows;
    private final int[] knownRow;
    private int next;

    Rows(RegionSamples samples, Optional<RegionSamples> known, int width) {
      this.samples = samples;
      this.known = known;
      rows = new int[3][width];
      knownRow = new int[known.isPresent() ? width : 0];
    }

    /** Reads on to the rows around one; asked for downwards. */
    void around(int y) {
      for (next = Math.max(next, y - 1); next <= y + 1; next++) {
        int[] row = row(next);
        samples.row(next, row);
        if (known.isPresent()) {
          known.get().row(next, knownRow);
          subtract(row, knownRow);
        }
      }
    }

    int[] row(int y) {
      return rows[y % rows.length];
    }

    private static void subtract(int[] row, int[] known) {
      for (int x = 0; x < row.length; x++) {
        row[x] -= known[x];
      }
    }
  }

  private void add(Rows in, Rows out, int from, int to) {
    Arrays.fill(inputColumns, 0);
    Arrays.fill(outputColumns, 0);
    Arrays.fill(productColumns, 0);
    Arrays.fill(mostOfColumns, 0);
    for (int y = from; y < to; y++) {
      in.around(y);
      addUp(in.row(y - 1), in.row(y), in.row(y + 1), threes);
      detail(in.row(y), threes, inputDetail);
      out.around(y);
      addUp(out.row(y - 1), out.row(y), out.row(y + 1), threes);
      detail(out.row(y), threes, outputDetail);
      addProducts(inputDetail, inputDetail, inputColumns);
      addProducts(outputDetail, outputDetail, outputColumns);
      addProducts(inputDetail, outputDetail, productColumns);
      heedSums(out.row(y), outputDetail, mostOfColumns);
    }
  }

  private static void addUp(int[] above, int[] row, int[] below, int[] into) {
    for (int x = 0; x < into.length; x++) {
      into[x] = above[x] + row[x] + below[x];
    }
  }

  /** All but the first and the last, which have nothing beside them. */
  private static void detail(int[] row, int[] threes, int[] into) {
    for (int x = 1; x < into.length - 1; x++) {
      into[x] = SQUARE * row[x] - (threes[x - 1] + threes[x] + threes[x + 1]);
    }
  }

  private static void addProducts(int[] a, int[] b, int[] sums) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] += a[x] * b[x];
    }
  }

  private static void heedSums(int[] row, int[] detail, int[] most) {
    for (int x = 0; x < most.length; x++) {
      most[x] = Math.max(most[x], Math.abs(SQUARE * row[x] - detail[x]));
    }
  }

  private void addToCells(int row, int rows) {
    for (int u = 0; u < xs.length - 1; u++) {
      int at = row * (xs.length - 1) + u;
      int from = Math.max(1, xs[u] - part.left());
      int to = Math.min(part.width() - 1, xs[u + 1] - part.left());
      for (int x = from; x < to; x++) {
        inputs[at] += inputColumns[x];
        outputs[at] += outputColumns[x];
        products[at] += productColumns[x];
        most[at] = Math.max(most[at], mostOfColumns[x]);
      }
      samples[at] += (long) Math.max(0, to - from) * rows;
    }
  }

  /** How many samples of a cell have others all around them in the part. */
  long samples(int cell) {
    return samples[cell];
  }

  /** Squares of the input's detail. */
  long inputs(int cell) {
    return inputs[cell];
  }

  /** Squares of the output's detail beyond what is planned. */
  long outputs(int cell) {
    return outputs[cell];
  }

  /** Products of both. */
  long products(int cell) {
    return products[cell];
  }

  /** How far the sum of 3x3 samples of the output is from the planned one at most. */
  int most(int cell) {
    return most[cell];
  }
}
