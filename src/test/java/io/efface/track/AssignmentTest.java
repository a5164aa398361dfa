package io.efface.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.efface.track.Assignment.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theTotalCostIsTheLeastThereIs(long seed) {
    Random random = new Random(seed);
    double[][] cost = new double[5][6];
    List<Candidate> candidates = new ArrayList<>();
    for (int r = 0; r < 5; r++) {
      Arrays.fill(cost[r], Double.POSITIVE_INFINITY);
      for (int c = 0; c < 6; c++) {
        if (random.nextDouble() < 0.5) {
          cost[r][c] = 2 * random.nextDouble();
          candidates.add(new Candidate(r, c, cost[r][c]));
        }
      }
    }
    int[] pairs = Assignment.solve(5, 6, candidates, 1.2);
    double total = 0;
    for (int r = 0; r < 5; r++) {
      total += pairs[r] < 0 ? 1.2 : cost[r][pairs[r]];
    }
    assertThat(Arrays.stream(pairs).filter(c -> c >= 0).toArray()).doesNotHaveDuplicates();
    assertThat(total).isCloseTo(least(cost, 0, new boolean[6]), offset(1e-9));
  }

  private static double least(double[][] cost, int row, boolean[] taken) {
    if (row == cost.length) {
      return 0;
    }
    double best = 1.2 + least(cost, row + 1, taken);
    for (int c = 0; c < taken.length; c++) {
      if (!taken[c] && cost[row][c] < Double.POSITIVE_INFINITY) {
        taken[c] = true;
        best = Math.min(best, cost[row][c] + least(cost, row + 1, taken));
        taken[c] = false;
      }
    }
    return best;
  }

  @Test
  void aGroupTooLargeToSolveExactlyIsPairedAllTheSame() {
    List<Candidate> candidates = new ArrayList<>();
    for (int r = 0; r < 300; r++) {
      for (int c = 0; c < 300; c++) {
        candidates.add(new Candidate(r, c, Math.abs(r - c) / 300.0));
      }
    }
    int[] pairs = Assignment.solve(300, 300, candidates, 2);
    assertThat(pairs).containsExactly(IntStream.range(0, 300).toArray());
  }

  @Test
  void nothingToPairIsNoTrouble() {
    assertThat(Assignment.solve(2, 0, List.of(), 1)).containsExactly(-1, -1);
    assertThat(Assignment.solve(0, 3, List.of(), 1)).isEmpty();
  }
}
