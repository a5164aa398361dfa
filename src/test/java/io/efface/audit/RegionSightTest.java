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
    sight.planned(noise(2, face.length, 90, 0.5));
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
    sight.planned(fill);
    sight.output(output);
    assertThat(sight.strongestPart(LIKENESS, 0).share()).isGreaterThan(0.9);
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

  private static int x(int cell) {
    return cell % 15;
  }

  private static int y(int cell) {
    return cell / 15;
  }

  private static double[] noise(long seed, int size, double mean, double sigma) {
    Random random = new Random(seed);
    double[] cells = new double[size];
    Arrays.setAll(cells, i -> mean + sigma * random.nextGaussian());
    return cells;
  }
}
