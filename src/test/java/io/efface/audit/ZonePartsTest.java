package io.efface.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.geometry.Box;
import io.efface.geometry.Point;
import io.efface.geometry.Polygon;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZonePartsTest {
  @Test
  void partsHoldWhatIsSeenOfAZoneAndAreSmall() {
    Polygon zone =
        new Polygon(
            List.of(
                new Point(-100, 50),
                new Point(900, 50),
                new Point(900, 700),
                new Point(-100, 700)));
    List<Box> parts = ZoneParts.of(zone, new Box(0, 0, 800, 600));
    assertThat(parts).hasSize(4 * 3);
    assertThat(parts).allMatch(p -> p.width() <= 256 && p.height() <= 256);
    assertThat(parts.stream().mapToDouble(Box::area).sum()).isEqualTo(800 * 550);
    assertThat(parts.stream().reduce(parts.get(0), Box::hull)).isEqualTo(new Box(0, 50, 800, 600));
  }

  @Test
  void aZoneBesideThePictureHasOneEmptyPart() {
    Polygon zone = new Polygon(List.of(new Point(900, 0), new Point(950, 0), new Point(900, 50)));
    assertThat(ZoneParts.of(zone, new Box(0, 0, 800, 600))).allMatch(Box::isEmpty).hasSize(1);
  }
}
