package io.efface.redact;

import io.efface.geometry.Box;
import io.efface.media.PixelLayout;
import io.efface.media.VideoFrame;
import java.util.Collection;
import java.util.List;

/** Paints groups of touching regions with the surface that their surroundings make. */
final class BlurFill {
  /** Cells across the smallest region of a group: enough to meet the surroundings closely. */
  private static final double CELLS_ACROSS = 16;

  /** Cells of colour difference need be no smaller than this, as eyes see it, in pixels. */
  private static final double FINEST_CHROMA_PX = 12;

  private final Surround surround = new Surround();
  private final Grain grain;
  private final PlaneRows rows = new PlaneRows();
  private int[] fill = new int[0];
  private int[] samples = new int[0];
  private int[] shares = new int[0];

  /** A fill whose noise follows from the seed. */
  BlurFill(long seed) {
    grain = new Grain(seed);
  }

  /**
   * Fills groups of regions in every plane, one group after another.
   *
   * @param masks one a plane, in which every region of the frame is marked
   */
  void paint(VideoFrame frame, Collection<List<Footprint>> groups, RegionMask[] masks) {
    if (groups.isEmpty()) {
      return;
    }
    PixelLayout layout = frame.layout();
    for (int p = 0; p < layout.planes(); p++) {
      rows.attach(frame.planes().get(p), layout.bytesPerSample());
      if (fill.length < rows.width()) {
        fill = new int[rows.width()];
        samples = new int[rows.width()];
        shares = new int[rows.width()];
      }
      for (List<Footprint> group : groups) {
        learn(frame, group, masks[p], layout.isChroma(p));
        if (layout.isChroma(p)) {
          grain.still(layout.bitDepth());
        } else {
          grain.measure(rows, masks[p], surround, layout.bitDepth());
        }
        for (Footprint shape : group) {
          paint(shape, p, frame.index(), masks[p]);
        }
      }
    }
  }

  /**
   * Makes the surface of the group's ring; of the whole picture, or mid grey, if that is covered.
   */
  private void learn(VideoFrame frame, List<Footprint> group, RegionMask mask, boolean chroma) {
    Box bounds = group.get(0).box();
    double smallest = Double.MAX_VALUE;
    for (Footprint shape : group) {
      bounds = bounds.hull(shape.box());
      smallest = Math.min(smallest, shape.shortSide());
    }
    double finestPx = Math.max(smallest / CELLS_ACROSS, chroma ? FINEST_CHROMA_PX : 0);
    int w = frame.width();
    int h = frame.height();
    int depth = frame.layout().bitDepth();
    surround.place(bounds, finestPx, w, h);
    if (!surround.gather(rows, mask, depth)) {
      surround.place(new Box(0, 0, w, h), finestPx, w, h);
      if (!surround.gather(rows, mask, depth)) {
        surround.flood(1 << (depth - 1));
      }
    }
  }

  private void paint(Footprint shape, int plane, long frame, RegionMask mask) {
    int sx = mask.shiftX();
    int sy = mask.shiftY();
    int width = rows.width();
    surround.aim(shape.firstColumn(sx), shape.endColumn(sx, width));
    int end = shape.endRow(true, sy, rows.height());
    for (int y = shape.firstRow(true, sy); y < end; y++) {
      int runs = shape.seek(y, true, sx, sy, width);
      for (int run = 0; run < runs; run++) {
        int from = shape.from(run);
        int to = shape.to(run);
        surround.evaluate(y, from, to, grain, grain.offset(frame, plane, y), fill);
        if (shape.featherPx() > 0) {
          softenBeside(shape, y, from, to, mask);
        }
        rows.write(y, from, to, fill);
      }
    }
  }

  /** Softens what a row with its soft edge holds beside the shape, which has but one run then. */
  private void softenBeside(Footprint shape, int y, int from, int to, RegionMask mask) {
    boolean inside = shape.seek(y, false, mask.shiftX(), mask.shiftY(), rows.width()) > 0;
    soften(shape, y, from, inside ? shape.from(0) : to, mask);
    soften(shape, y, inside ? shape.to(0) : to, to, mask);
  }

  /**
   * Mixes the fill with what is there, beside the shape; covered samples are left, as their own
   * region fills them.
   */
  private void soften(Footprint shape, int y, int from, int to, RegionMask mask) {
    if (from >= to) {
      return;
    }
    rows.read(y, from, to, samples);
    shape.feather(y, from, to, mask.shiftX(), mask.shiftY(), shares);
    int row = y * rows.width();
    byte[] cover = mask.cells();
    int half = Footprint.WHOLE / 2;
    for (int x = from; x < to; x++) {
      int share = cover[row + x] == 0 ? shares[x] : 0;
      fill[x] = samples[x] + ((share * (fill[x] - samples[x]) + half) >> Footprint.WHOLE_BITS);
    }
  }
}
