package io.efface.audit;

import java.util.Arrays;

/**
 * How far one picture follows another beyond what is known to be in both: a partial regression over
 * the cells of a grid. What is known (a constant, the planned fill, …) is taken out of both; of
 * what remains of the output, {@code share} times what remains of the input is the best
 * explanation.
 *
 * @param detail root mean square of what remains of the input, in codes of 8 bits
 * @param share the part of it that is found in the output: 1 in a copy, about 0 in a fill
 * @param likeness correlation of the two remainders, -1 to 1
 * @param cells how many cells were compared: of few, chance makes any two alike
 */
record Trace(double detail, double share, double likeness, int cells) {
  /** Nothing to be seen, because the input holds nothing there that the known does not explain. */
  static final Trace NONE = new Trace(0, 0, 0, 0);

  /** A column shorter than this share of its length before is explained by the others. */
  private static final double DEPENDENT = 1e-6;

  /** How strong the input shows in the output: root mean square, in codes of 8 bits. */
  double strength() {
    return detail * share;
  }

  /**
   * Compares.
   *
   * @param output cells of the output
   * @param input cells of the input
   * @param mask which cells count
   * @param known cells of what explains both without any leak; a constant is added
   */
  static Trace of(double[] output, double[] input, boolean[] mask, double[]... known) {
    int[] cells = new int[mask.length];
    int count = 0;
    for (int i = 0; i < mask.length; i++) {
      cells[count] = i;
      count += mask[i] ? 1 : 0;
    }
    return of(output, input, cells, count, known);
  }

  /**
   * Compares over listed cells, unless the trace can only be weak: it is at most as strong as what
   * the output holds beyond the known one and a constant, by the inequality of Cauchy and Schwarz.
   *
   * @param cells which cells count, in its first {@code count} places
   * @param strength traces that are weaker than this may come back as {@link #NONE}
   * @param known at least one; the first is what the output is held against for that
   */
  static Trace ofStrong(
      double[] output, double[] input, int[] cells, int count, double strength, double[]... known) {
    double sum = 0;
    double squares = 0;
    for (int k = 0; k < count; k++) {
      double beyond = output[cells[k]] - known[0][cells[k]];
      sum += beyond;
      squares += beyond * beyond;
    }
    return squares * count - sum * sum < strength * strength * count * count
        ? NONE
        : of(output, input, cells, count, known);
  }

  /**
   * Compares over listed cells.
   *
   * @param cells which cells count, in its first {@code count} places
   */
  static Trace of(double[] output, double[] input, int[] cells, int count, double[]... known) {
    // As many cells again as there are unknowns, or chance explains all.
    if (count < 2 * (known.length + 2)) {
      return NONE;
    }
    double[][] basis = new double[known.length + 1][];
    double[] constant = new double[count];
    Arrays.fill(constant, 1);
    basis[0] = constant;
    for (int i = 0; i < known.length; i++) {
      basis[i + 1] = pick(known[i], cells, count);
    }
    for (int i = 0; i < basis.length; i++) {
      double length = Math.sqrt(dot(basis[i], basis[i]));
      for (int k = 0; k < i; k++) {
        takeOut(basis[k], basis[i]);
      }
      double rest = Math.sqrt(dot(basis[i], basis[i]));
      double scale = rest > DEPENDENT * length ? 1 / rest : 0;
      for (int j = 0; j < count; j++) {
        basis[i][j] *= scale;
      }
    }
    double[] out = pick(output, cells, count);
    double[] in = pick(input, cells, count);
    for (double[] column : basis) {
      takeOut(column, out);
      takeOut(column, in);
    }
    double inner = dot(out, in);
    double inEnergy = dot(in, in);
    double outEnergy = dot(out, out);
    if (inEnergy <= count * DEPENDENT || outEnergy <= count * DEPENDENT) {
      return new Trace(Math.sqrt(inEnergy / count), 0, 0, count);
    }
    return new Trace(
        Math.sqrt(inEnergy / count),
        inner / inEnergy,
        inner / Math.sqrt(inEnergy * outEnergy),
        count);
  }

  private static double[] pick(double[] values, int[] cells, int count) {
    double[] picked = new double[count];
    for (int i = 0; i < count; i++) {
      picked[i] = values[cells[i]];
    }
    return picked;
  }

  private static void takeOut(double[] unit, double[] from) {
    double share = dot(unit, from);
    for (int i = 0; i < from.length; i++) {
      from[i] -= share * unit[i];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
