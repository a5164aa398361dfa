package io.efface.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.geometry.Box;
import io.efface.redact.Region;
import io.efface.redact.Style;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegionSightTest {
  private static final double LIKENESS = 0.8;

  /** The interior of a region of 31x31 px, a cell a pixel. */
  private static final Box SMALL = new Box(0, 0, 15, 15);

  private static final int SIDE = 15;

  @Test
  void aSlopeInAFewCellsOfASmallRegionIsNoTrace() {
    RegionSight sight = small();
    double[] face = new double[sight.grid().size()];
    Arrays.setAll(face, i -> 128 + 50 * Math.sin((x(i) - 6) * Math.PI / 5));
    double[] output = new double[face.length];
    // A codec's prediction leaves slopes; over 5 px so is the face itself.
    Arrays.setAll(
        output,
        i -> 90 + (Math.abs(x(i) - 6) <= 2 && Math.abs(y(i) - 6) <= 2 ? 3 * (x(i) - 6) : 0));
    sight.input(face);
    sight.planned(noise(2, face.length, 90, 0.5), /* edged= */ false);
    sight.output(output);
    assertThat(sight.strongestPart(LIKENESS, 0)).isEqualTo(Trace.NONE);
  }

  @Test
  void aRestoredHalfOfASmallRegionIsTheStrongestPart() {
    RegionSight sight = small();
    double[] face = noise(1, sight.grid().size(), 128, 40);
    double[] fill = noise(2, face.length, 90, 0.5);
    double[] output = new double[face.length];
    Arrays.setAll(output, i -> x(i) < 9 ? face[i] : fill[i]);
    sight.input(face);
    sight.planned(fill, /* edged= */ false);
    sight.output(output);
    assertThat(sight.strongestPart(LIKENESS, 0).share()).isGreaterThan(0.9);
  }

  @Test
  void whatAnEncoderMakesOfTheEdgesOfAMosaicIsNoTrace() {
    RegionSight sight = small();
    double[] face = waves();
    double[] mosaic = mosaic(face);
    sight.input(face);
    sight.output(softened(mosaic));
    sight.planned(mosaic, /* edged= */ false);
    assertThat(sight.beyondPlan(0).likeness()).isGreaterThan(0.6);
    sight.planned(mosaic, /* edged= */ true);
    assertThat(Math.abs(sight.beyondPlan(0).likeness())).isLessThan(0.3);
  }

  @Test
  void aFaceThatShowsThroughAMosaicIsATrace() {
    RegionSight sight = small();
    double[] face = waves();
    double[] mosaic = mosaic(face);
    double[] output = softened(mosaic);
    Arrays.setAll(output, i -> output[i] + 0.5 * (face[i] - mosaic[i]));
    sight.input(face);
    sight.output(output);
    sight.planned(mosaic, /* edged= */ true);
    Trace trace = sight.beyondPlan(0);
    assertThat(trace.likeness()).isGreaterThan(0.8);
    assertThat(trace.share()).isBetween(0.4, 0.6);
  }

  @Test
  void theSmoothnessOfFewCellsIsNotJudged() {
    Box tiny = new Box(0, 0, 10, 10);
    CellGrid grid = new CellGrid(tiny, 10, 10);
    RegionSight sight = sight(grid, tiny);
    sight.output(noise(1, grid.size(), 128, 40));
    assertThat(sight.roughness()).isZero();
  }

  private static RegionSight small() {
    return sight(new CellGrid(SMALL, 15, 15), SMALL);
  }

  private static RegionSight sight(CellGrid grid, Box box) {
    Region region = new Region(1, new Style.Blur(), Region.Shape.ELLIPSE, box);
    return new RegionSight(
        grid, grid.inside(region.shape(), box), Layers.alone(grid, region), CellGrid.LUMA);
  }

  private static double[] waves() {
    double[] face = new double[SIDE * SIDE];
    Arrays.setAll(face, i -> 128 + 40 * Math.sin(0.55 * x(i)) + 30 * Math.cos(0.7 * y(i)));
    return face;
  }

  /** Means of squares of three cells a side. */
  private static double[] mosaic(double[] cells) {
    double[] mosaic = new double[cells.length];
    for (int i = 0; i < cells.length; i++) {
      int left = x(i) / 3 * 3;
      int top = y(i) / 3 * 3;
      for (int k = 0; k < 9; k++) {
        mosaic[i] += cells[(top + k / 3) * SIDE + left + k % 3] / 9;
      }
    }
    return mosaic;
  }

  /** Means of three by three cells. */
  private static double[] softened(double[] cells) {
    double[] soft = new double[cells.length];
    for (int i = 0; i < cells.length; i++) {
      int count = 0;
      for (int row = Math.max(0, y(i) - 1); row <= Math.min(SIDE - 1, y(i) + 1); row++) {
        for (int column = Math.max(0, x(i) - 1); column <= Math.min(SIDE - 1, x(i) + 1); column++) {
          soft[i] += cells[row * SIDE + column];
          count++;
        }
      }
      soft[i] /= count;
    }
    return soft;
  }

  private static int x(int cell) {
    return cell % SIDE;
  }

  private static int y(int cell) {
    return cell / SIDE;
  }

  private static double[] noise(long seed, int size, double mean, double sigma) {
    Random random = new Random(seed);
    double[] cells = new double[size];
    Arrays.setAll(cells, i -> mean + sigma * random.nextGaussian());
    return cells;
  }
}
