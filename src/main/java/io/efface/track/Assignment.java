package io.efface.track;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Pairs rows with columns at the least total cost; a row may stay alone. The problem falls apart
 * into small groups that share no candidate, each solved by the Hungarian method (shortest
 * augmenting paths, Jonker and Volgenant 1987).
 */
final class Assignment {
  /** Rows times rows times columns above which a group is paired greedily, best first. */
  private static final long LARGEST_EXACT = 40_000_000;

  private Assignment() {}

  /** A possible pair. */
  record Candidate(int row, int column, double cost) {}

  /**
   * Finds the pairs.
   *
   * @param rows number of rows
   * @param columns number of columns
   * @param candidates allowed pairs
   * @param aloneCost cost of a row that stays alone
   * @return for each row its column, or -1
   */
  static int[] solve(int rows, int columns, List<Candidate> candidates, double aloneCost) {
    int[] result = new int[rows];
    Arrays.fill(result, -1);
    int[] parent = new int[rows + columns];
    Arrays.setAll(parent, i -> i);
    for (Candidate c : candidates) {
      parent[root(parent, c.row())] = root(parent, rows + c.column());
    }
    List<List<Candidate>> groups = new ArrayList<>();
    int[] groupOf = new int[rows + columns];
    Arrays.fill(groupOf, -1);
    for (Candidate c : candidates) {
      int root = root(parent, c.row());
      if (groupOf[root] < 0) {
        groupOf[root] = groups.size();
        groups.add(new ArrayList<>());
      }
      groups.get(groupOf[root]).add(c);
    }
    for (List<Candidate> group : groups) {
      solveGroup(group, aloneCost, result);
    }
    return result;
  }

  private static int root(int[] parent, int i) {
    int at = i;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  private static void solveGroup(List<Candidate> group, double aloneCost, int[] result) {
    int[] rowIds = group.stream().mapToInt(Candidate::row).sorted().distinct().toArray();
    int[] columnIds = group.stream().mapToInt(Candidate::column).sorted().distinct().toArray();
    int n = rowIds.length;
    int m = columnIds.length;
    if ((long) n * n * (n + m) > LARGEST_EXACT) {
      greedy(group, aloneCost, result);
      return;
    }
    // Columns m to m + n - 1 mean "alone"; a pair that is not allowed costs more than two rows
    // alone, so it is never chosen.
    double[][] cost = new double[n][m + n];
    for (double[] line : cost) {
      Arrays.fill(line, 0, m, 4 * aloneCost + 1);
      Arrays.fill(line, m, m + n, aloneCost);
    }
    for (Candidate c : group) {
      int row = Arrays.binarySearch(rowIds, c.row());
      cost[row][Arrays.binarySearch(columnIds, c.column())] = c.cost();
    }
    int[] chosen = hungarian(cost);
    for (int row = 0; row < n; row++) {
      if (chosen[row] < m) {
        result[rowIds[row]] = columnIds[chosen[row]];
      }
    }
  }

  private static void greedy(List<Candidate> group, double aloneCost, int[] result) {
    List<Candidate> sorted = new ArrayList<>(group);
    sorted.sort(
        Comparator.comparingDouble(Candidate::cost)
            .thenComparingInt(Candidate::row)
            .thenComparingInt(Candidate::column));
    boolean[] taken = new boolean[1 + group.stream().mapToInt(Candidate::column).max().orElse(0)];
    for (Candidate c : sorted) {
      if (c.cost() < aloneCost && result[c.row()] < 0 && !taken[c.column()]) {
        result[c.row()] = c.column();
        taken[c.column()] = true;
      }
    }
  }

  /** The column of each row at least total cost; there are at least as many columns as rows. */
  private static int[] hungarian(double[][] cost) {
    int n = cost.length;
    int m = cost[0].length;
    double[] rowPotential = new double[n + 1];
    double[] columnPotential = new double[m + 1];
    int[] rowOf = new int[m + 1];
    int[] before = new int[m + 1];
    double[] least = new double[m + 1];
    boolean[] used = new boolean[m + 1];
    // Rows and columns count from 1; column 0 stands for "no column yet".
    for (int row = 1; row <= n; row++) {
      rowOf[0] = row;
      int column = 0;
      Arrays.fill(least, Double.POSITIVE_INFINITY);
      Arrays.fill(used, false);
      do {
        used[column] = true;
        int current = rowOf[column];
        double step = Double.POSITIVE_INFINITY;
        int next = 0;
        for (int j = 1; j <= m; j++) {
          if (used[j]) {
            continue;
          }
          double reduced = cost[current - 1][j - 1] - rowPotential[current] - columnPotential[j];
          if (reduced < least[j]) {
            least[j] = reduced;
            before[j] = column;
          }
          if (least[j] < step) {
            step = least[j];
            next = j;
          }
        }
        for (int j = 0; j <= m; j++) {
          if (used[j]) {
            rowPotential[rowOf[j]] += step;
            columnPotential[j] -= step;
          } else {
            least[j] -= step;
          }
        }
        column = next;
      } while (rowOf[column] != 0);
      while (column != 0) {
        int previous = before[column];
        rowOf[column] = rowOf[previous];
        column = previous;
      }
    }
    int[] result = new int[n];
    for (int j = 1; j <= m; j++) {
      if (rowOf[j] > 0) {
        result[rowOf[j] - 1] = j - 1;
      }
    }
    return result;
  }
}
