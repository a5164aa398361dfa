package io.efface.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {
  private static final int CELLS = 400;
  private static final boolean[] ALL = new boolean[CELLS];

  static {
    Arrays.fill(ALL, true);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.5, 0.1, -1})
  void theShareOfTheInputIsFoundUnderTheFill(double share) {
    double[] input = noise(1, 30);
    double[] fill = noise(2, 20);
    double[] output = new double[CELLS];
    Arrays.setAll(output, i -> 40 + fill[i] + share * input[i]);
    Trace trace = Trace.of(output, input, ALL, fill);
    assertThat(trace.share()).isCloseTo(share, within(1e-9));
    assertThat(trace.likeness()).isCloseTo(Math.signum(share), within(1e-9));
    assertThat(trace.detail()).isCloseTo(30, within(3.0));
  }

  @Test
  void noStrongTraceIsPassedOver() {
    int[] cells = new int[CELLS];
    Arrays.setAll(cells, i -> i);
    int passedOver = 0;
    int told = 0;
    for (int seed = 0; seed < 200; seed++) {
      double[] input = noise(3L * seed, 30);
      double[] fill = noise(3L * seed + 1, 20);
      double[] codec = noise(3L * seed + 2, 2);
      double share = seed / 1000.0;
      double[] output = new double[CELLS];
      Arrays.setAll(output, i -> 7 + fill[i] + codec[i] + share * input[i]);
      Trace all = Trace.of(output, input, ALL, fill);
      Trace strong = Trace.ofStrong(output, input, cells, CELLS, 3, fill);
      if (Math.abs(all.strength()) >= 3) {
        assertThat(strong).isEqualTo(all);
        told++;
      } else {
        assertThat(strong).isIn(all, Trace.NONE);
        passedOver += strong.equals(Trace.NONE) ? 1 : 0;
      }
    }
    assertThat(told).isGreaterThan(50);
    assertThat(passedOver).isGreaterThan(50);
  }

  @Test
  void noiseOfTheCodecIsLikeNothing() {
    double[] input = noise(1, 30);
    double[] fill = noise(2, 20);
    double[] codec = noise(3, 5);
    double[] output = new double[CELLS];
    Arrays.setAll(output, i -> fill[i] + codec[i]);
    Trace trace = Trace.of(output, input, ALL, fill);
    assertThat(Math.abs(trace.likeness())).isLessThan(0.2);
    assertThat(Math.abs(trace.share())).isLessThan(0.05);
  }

  @Test
  void aFillThatTheInputSharesIsNoTrace() {
    double[] fill = noise(2, 20);
    double[] input = new double[CELLS];
    Arrays.setAll(input, i -> 3 * fill[i] + 17);
    assertThat(Trace.of(fill, input, ALL, fill).likeness()).isZero();
  }

  @Test
  void onlyTheCellsOfTheMaskCount() {
    double[] input = noise(1, 30);
    double[] output = new double[CELLS];
    Arrays.setAll(output, i -> i < CELLS / 2 ? input[i] : 0);
    boolean[] first = new boolean[CELLS];
    Arrays.fill(first, 0, CELLS / 2, true);
    boolean[] second = new boolean[CELLS];
    Arrays.fill(second, CELLS / 2, CELLS, true);
    assertThat(Trace.of(output, input, first).likeness()).isCloseTo(1, within(1e-9));
    assertThat(Trace.of(output, input, second).likeness()).isZero();
  }

  @Test
  void fewCellsSayNothing() {
    boolean[] three = new boolean[CELLS];
    Arrays.fill(three, 0, 3, true);
    double[] input = noise(1, 30);
    assertThat(Trace.of(input, input, three)).isEqualTo(Trace.NONE);
  }

  private static double[] noise(long seed, double sigma) {
    Random random = new Random(seed);
    double[] cells = new double[CELLS];
    Arrays.setAll(cells, i -> sigma * random.nextGaussian());
    return cells;
  }
}
