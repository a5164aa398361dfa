package io.efface.audit;

import io.efface.geometry.Box;
import io.efface.geometry.Polygon;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a zone into parts that are judged one by one: in a region as large as a street a face would
 * be lost among the cells.
 */
final class ZoneParts {
  /** Longest side of a part: a third of it, the least that is told apart, is a face's 85 px. */
  static final int MAX_SIDE_PX = 256;

  private ZoneParts() {}

  /**
   * Boxes of equal size that together hold what is seen of a zone.
   *
   * @param picture the whole upright picture
   * @return at least one, empty where nothing of the zone is in the picture
   */
  static List<Box> of(Polygon outline, Box picture) {
    Box seen = outline.bounds().intersect(picture);
    int columns = (int) Math.max(1, Math.ceil(seen.width() / MAX_SIDE_PX));
    int rows = (int) Math.max(1, Math.ceil(seen.height() / MAX_SIDE_PX));
    double width = seen.width() / columns;
    double height = seen.height() / rows;
    List<Box> parts = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        parts.add(
            Box.ofSize(seen.left() + column * width, seen.top() + row * height, width, height));
      }
    }
    return parts;
  }
}
