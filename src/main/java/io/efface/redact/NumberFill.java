package io.efface.redact;

import io.efface.geometry.Box;
import io.efface.media.VideoFrame;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the numbers of tracks on regions that are filled already, upright and as large as they fit
 * into the part of the region that is in the picture. What belongs to no track, or is too small,
 * gets none. Nothing outside the region changes.
 */
final class NumberFill {
  static final Style.Solid GROUND = new Style.Solid(0, 0, 0);
  private static final Style.Solid INK = new Style.Solid(255, 255, 255);

  /** Digits of three by five dots, row by row from the top; the left dot is the highest bit. */
  private static final int[][] DIGITS = {
    {7, 5, 5, 5, 7}, {2, 6, 2, 2, 7}, {7, 1, 7, 4, 7}, {7, 1, 3, 1, 7}, {5, 5, 7, 1, 1},
    {7, 4, 7, 1, 7}, {7, 4, 7, 5, 7}, {7, 1, 1, 2, 2}, {7, 5, 7, 5, 7}, {7, 5, 7, 1, 7}
  };

  private static final int ROWS = 5;
  private static final int COLUMNS = 3;

  /** Columns from one digit to the next. */
  private static final int PITCH = COLUMNS + 1;

  /** Sides of a rectangle inside an ellipse, in shares of its axes. */
  private static final double INSIDE_ELLIPSE = Math.sqrt(0.5);

  private final SolidFill solid;

  /** Writes with a fill that it borrows. */
  NumberFill(SolidFill solid) {
    this.solid = solid;
  }

  /** Writes a region's number. */
  void paint(VideoFrame frame, Region region) {
    for (Box dot : dots(region, frame.uprightWidth(), frame.uprightHeight())) {
      Region ink = new Region(region.track(), INK, Region.Shape.RECTANGLE, dot);
      Box stored = frame.orientation().toStored(dot, frame.width(), frame.height());
      solid.paint(frame, new Footprint(ink, stored), INK);
    }
  }

  /** The dots of a region's number, each row's neighbours in one, in whole pixels. */
  private static List<Box> dots(Region region, int width, int height) {
    List<Box> dots = new ArrayList<>();
    if (region.track() < 1 || region.outline().isPresent()) {
      return dots;
    }
    String number = Integer.toString(region.track());
    Box room = room(region).clip(width, height);
    int columns = PITCH * number.length() - 1;
    int side = (int) Math.min(room.width() / columns, room.height() / ROWS);
    int left = (int) Math.ceil(room.centreX() - side * columns / 2.0);
    int top = (int) Math.ceil(room.centreY() - side * ROWS / 2.0);
    for (int i = 0; side > 0 && i < number.length(); i++) {
      int[] rows = DIGITS[number.charAt(i) - '0'];
      for (int row = 0; row < ROWS; row++) {
        int y = top + row * side;
        for (int from = 0; from < COLUMNS; from++) {
          int to = from;
          while (to < COLUMNS && isInked(rows[row], to)) {
            to++;
          }
          if (to > from) {
            int x = left + (PITCH * i + from) * side;
            dots.add(Box.ofSize(x, y, (to - from) * side, side));
            from = to;
          }
        }
      }
    }
    return dots;
  }

  private static boolean isInked(int row, int column) {
    return (row >> (COLUMNS - 1 - column) & 1) != 0;
  }

  private static Box room(Region region) {
    Box box = region.box();
    double share = region.shape() == Region.Shape.ELLIPSE ? INSIDE_ELLIPSE : 1;
    return Box.around(box.centreX(), box.centreY(), share * box.width(), share * box.height());
  }
}
