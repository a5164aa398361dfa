package io.efface.audit;

import io.efface.geometry.Box;
import io.efface.redact.Region;
import io.efface.redact.RegionPlanner;
import io.efface.redact.Style;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which region shows in each cell of a grid over one of them: where regions overlap, the redactor
 * paints solids over blurs and these over mosaics, and of one kind the later over the earlier. What
 * shows of each is even by itself, but not across their border. Immutable.
 */
final class Layers {
  /** Of a cell in which a border between two regions lies. */
  private static final int BORDER = -1;

  private static final int MOST_CELLS = Style.Mosaic.MAX_CELLS * Style.Mosaic.MAX_CELLS;

  /** The judged region, then those that are painted over it, the lowest first. */
  private final List<Region> regions;

  private final int[] shown;

  private Layers(List<Region> regions, int[] shown) {
    this.regions = regions;
    this.shown = shown;
  }

  /** A region over which nothing is painted. */
  static Layers alone(CellGrid grid, Region region) {
    return new Layers(List.of(region), new int[grid.size()]);
  }

  /**
   * A region among others.
   *
   * @param all the frame's regions, among them this one, in the order in which they were planned
   */
  static Layers among(CellGrid grid, Region region, List<Region> all) {
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (isOver(all.get(i), i, region, all.indexOf(region))
          && !all.get(i).box().intersect(grid.part()).isEmpty()) {
        regions.add(all.get(i));
      }
    }
    // Of one kind they keep their order.
    regions.sort(Comparator.comparingInt(one -> rank(one.style())));
    regions.add(0, region);
    Layers layers = new Layers(regions, new int[grid.size()]);
    if (regions.size() > 1) {
      for (int i = 0; i < layers.shown.length; i++) {
        layers.shown[i] = layers.shown(grid, i);
      }
    }
    return layers;
  }

  /** Blurs that touch share one surface, so that none of them lies over another. */
  private static boolean isOver(Region one, int place, Region other, int otherPlace) {
    int higher = rank(one.style()) - rank(other.style());
    return higher > 0
        || (higher == 0 && place > otherPlace && !(one.style() instanceof Style.Blur));
  }

  private static int rank(Style style) {
    return style instanceof Style.Mosaic ? 0 : style instanceof Style.Blur ? 1 : 2;
  }

  private int shown(CellGrid grid, int cell) {
    double x = grid.x(cell);
    double y = grid.y(cell);
    double dx = grid.part().width() / grid.columns() / 2;
    double dy = grid.part().height() / grid.rows() / 2;
    int top = 0;
    for (int i = regions.size() - 1; i > 0 && top == 0; i--) {
      Region region = regions.get(i);
      // A polygon is painted so much beyond its outline.
      double reach = region.outline().isPresent() ? RegionPlanner.CODEC_REACH_PX : 0;
      int corners =
          covers(region, x - dx - reach, y - dy - reach)
              + covers(region, x + dx + reach, y - dy - reach)
              + covers(region, x - dx - reach, y + dy + reach)
              + covers(region, x + dx + reach, y + dy + reach);
      if (corners % 4 != 0) {
        return BORDER;
      }
      top = corners == 4 ? i : 0;
    }
    return top;
  }

  private static int covers(Region region, double x, double y) {
    boolean inside =
        region.outline().isPresent()
            ? region.outline().get().contains(x, y)
            : CellGrid.isInside(region.shape(), region.box(), x, y);
    return inside ? 1 : 0;
  }

  /** Whether a cell lies on a border, where no fill is even. */
  boolean isBorder(int cell) {
    return shown[cell] == BORDER;
  }

  /** Whether the same region shows in two cells. */
  boolean isOne(int cell, int other) {
    return shown[cell] == shown[other];
  }

  /**
   * Where a cell lies in the mosaic that shows in it.
   *
   * @param side cells a side of the judged region, and of others that are not said to be mosaics
   * @return a number below {@link #places}; cells of equal numbers are in one cell of a mosaic
   */
  int place(CellGrid grid, int cell, int side) {
    int layer = Math.max(0, shown[cell]);
    Box box = regions.get(layer).box();
    int cells = side(layer, side);
    int column = place((grid.x(cell) - box.left()) / box.width(), cells);
    int row = place((grid.y(cell) - box.top()) / box.height(), cells);
    return layer * MOST_CELLS + row * cells + column;
  }

  /** Whether a cell is more than one and a half away from the edges of the mosaic's cells. */
  boolean isAwayFromEdges(CellGrid grid, int cell, int side) {
    int layer = Math.max(0, shown[cell]);
    Box box = regions.get(layer).box();
    int cells = side(layer, side);
    double nearX = 1.5 * grid.part().width() / grid.columns() / box.width() * cells;
    double nearY = 1.5 * grid.part().height() / grid.rows() / box.height() * cells;
    return isAway((grid.x(cell) - box.left()) / box.width() * cells, nearX)
        && isAway((grid.y(cell) - box.top()) / box.height() * cells, nearY);
  }

  private int side(int layer, int side) {
    return layer > 0 && regions.get(layer).style() instanceof Style.Mosaic own ? own.cells() : side;
  }

  private static boolean isAway(double place, double distance) {
    double past = place - Math.floor(place);
    return past > distance && past < 1 - distance;
  }

  private static int place(double share, int side) {
    return (int) Math.max(0, Math.min(side - 1, Math.floor(share * side)));
  }

  /** How many places there are. */
  int places() {
    return regions.size() * MOST_CELLS;
  }
}
