package io.efface.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.geometry.Point;
import io.efface.geometry.Polygon;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How much more than the object is destroyed. */
class RegionPlannerTest {
  private static final Style BLUR = new Style.Blur();
  private static final Style BLACK = new Style.Solid(0, 0, 0);
  private static final Map<Label, Style> STYLES = Map.of(Label.FACE, BLUR, Label.PLATE, BLACK);

  static long[] seeds() {
    return new Random(17).longs(100).toArray();
  }

  private static RegionPlanner planner(double margin) {
    return new RegionPlanner(margin, STYLES, 1920, 1080);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aFacesEllipseHoldsItsBoxAndTheCodecsReachAroundItsOwnEllipse(long seed) {
    Random random = new Random(seed);
    Box face = Box.around(960, 540, 2 + random.nextDouble() * 700, 2 + random.nextDouble() * 700);
    Box ellipse = planner(random.nextInt(5) * 0.1).plan(1, Label.FACE, face).box();
    double a = ellipse.width() / 2;
    double b = ellipse.height() / 2;
    double corner = Math.hypot(face.width() / 2 / a, face.height() / 2 / b);
    assertThat(corner).isLessThan(1 + 1e-9);
    for (double angle = 0; angle < 6.3; angle += 0.05) {
      double nx = Math.cos(angle);
      double ny = Math.sin(angle);
      double object = Math.hypot(face.width() / 2 * nx, face.height() / 2 * ny);
      assertThat(Math.hypot(a * nx, b * ny)).isGreaterThan(object + 8 - 1e-9);
    }
  }

  @Test
  void aMarginIsWithinOneLimit() {
    assertThat(planner(RegionPlanner.MAX_MARGIN).plan(1, Label.PLATE, Box.ofSize(9, 9, 20, 10)))
        .isNotNull();
    assertThatThrownBy(() -> planner(Math.nextUp(RegionPlanner.MAX_MARGIN)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aHeadIsCoveredWithItsFace() {
    Box face = Box.ofSize(500, 400, 100, 120);
    RegionPlanner heads = new RegionPlanner(0.25, Cover.HEAD, STYLES, 1920, 1080);
    Box head = heads.plan(1, Label.FACE, face).box();
    Box alone = planner(0.25).plan(1, Label.FACE, face).box();
    assertThat(alone.hull(head)).isEqualTo(head);
    // The top of the hair, both ears and the chin, as shares of the face's box.
    for (double[] at : new double[][] {{0.5, -0.54}, {-0.4, 0.3}, {1.4, 0.3}, {0.5, 1.2}}) {
      double dx = (face.left() + at[0] * face.width() - head.centreX()) / (head.width() / 2);
      double dy = (face.top() + at[1] * face.height() - head.centreY()) / (head.height() / 2);
      assertThat(Math.hypot(dx, dy)).isLessThan(1);
    }
    Box plate = Box.ofSize(500, 400, 100, 20);
    assertThat(heads.plan(1, Label.PLATE, plate))
        .isEqualTo(planner(0.25).plan(1, Label.PLATE, plate));
  }

  @Test
  void aZoneGrowsByTheCodecsReachAndNoMargin() {
    Polygon drawn = new Polygon(List.of(new Point(0, 0), new Point(50, 10), new Point(20, 90)));
    Region region = planner(1).zone(2, drawn);
    assertThat(region.shape()).isEqualTo(Region.Shape.POLYGON);
    assertThat(region.style()).as("that of faces").isEqualTo(BLUR);
    assertThat(region.track()).as("no track's number").isNegative();
    assertThat(region.outline()).contains(drawn);
    assertThat(region.box()).isEqualTo(new Box(-8, -8, 58, 98));
  }

  @Test
  void aPlateGrowsByItsMarginButNeverLessThanATransformBlock() {
    Region region = planner(0.25).plan(3, Label.PLATE, Box.ofSize(500, 500, 100, 20));
    assertThat(region).isEqualTo(RedactorTest.rectangle(3, BLACK, new Box(475, 492, 625, 528)));
  }

  @Test
  void aPlateThatFillsMuchOfThePictureGrowsByLess() {
    Box box = planner(0.25).plan(3, Label.PLATE, Box.ofSize(500, 400, 592, 200)).box();
    assertThat(500 - box.left()).as("0.25 x (192 + 0.4 x 400)").isCloseTo(88, within(1e-9));
    assertThat(box.right() - 1092).isCloseTo(88, within(1e-9));
    assertThat(400 - box.top()).as("0.25 x (192 + 0.4 x 8)").isCloseTo(48.8, within(1e-9));
  }

  @Test
  void anObjectNearTheBorderGoesOnBeyondIt() {
    Box face = new Box(6, 400, 106, 520);
    Region region = planner(0.25).plan(1, Label.FACE, face);
    assertThat(region.shape()).isEqualTo(Region.Shape.ELLIPSE);
    for (double y : new double[] {400, 519}) {
      double dx = (0 - region.box().centreX()) / (region.box().width() / 2);
      double dy = (y - region.box().centreY()) / (region.box().height() / 2);
      assertThat(Math.hypot(dx, dy)).as("the border beside row %s", y).isLessThan(1);
    }
    Box plate = planner(0).plan(1, Label.PLATE, new Box(1700, 1050, 1915, 1078)).box();
    assertThat(plate.right()).isGreaterThanOrEqualTo(1928);
    assertThat(plate.bottom()).isGreaterThanOrEqualTo(1088);
    assertThat(plate.left()).isEqualTo(1692 - 0.0);
  }

  @Test
  void anObjectAwayFromTheBorderStaysCentred() {
    Box box = planner(0.25).plan(1, Label.FACE, Box.around(300, 300, 40, 50)).box();
    assertThat(box.centreX()).isEqualTo(300);
    assertThat(box.centreY()).isEqualTo(300);
  }

  @Test
  void refusesAMarginOrStylesThatMakeNoSense() {
    assertThatThrownBy(() -> new RegionPlanner(-0.1, STYLES, 10, 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RegionPlanner(0.25, Map.of(Label.FACE, BLUR), 10, 10))
        .hasMessageContaining("plate");
  }
}
