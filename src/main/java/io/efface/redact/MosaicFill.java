package io.efface.redact;

import io.efface.geometry.Box;
import io.efface.media.PixelLayout;
import io.efface.media.VideoFrame;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Paints regions with a few cells of colour that are read once in a track's life. Each cell holds
 * {@value #BITS_A_CHANNEL} bits a channel, rounded at random by a secret seed; later frames are
 * never looked at, so many frames tell no more than one.
 */
final class MosaicFill {
  /** Bits that a cell's channel is quantised to. */
  static final int BITS_A_CHANNEL = 4;

  /** Tracks remembered; far more than can be in sight at once. */
  static final int MAX_TRACKS = 4096;

  private static final int LEVELS = 1 << BITS_A_CHANNEL;

  private final long seed;
  private final LinkedHashMap<Integer, Frozen> tracks = new LinkedHashMap<>(64, 0.75f, true);
  private final PlaneRows rows = new PlaneRows();
  private int[] samples = new int[0];
  private int[] columns = new int[0];
  private long time;

  /** What is kept of a track: its grid's side and one code of 4 bits for each cell and channel. */
  private static final class Frozen {
    private final int side;
    private final byte[][] codes;
    private long drawn;

    Frozen(int side, byte[][] codes) {
      this.side = side;
      this.codes = codes;
    }
  }

  /** A fill whose rounding follows from the secret seed. */
  MosaicFill(long seed) {
    this.seed = seed;
  }

  /** Says that another frame begins. */
  void nextFrame() {
    time++;
  }

  /** Drops all. */
  void forgetAll() {
    tracks.clear();
  }

  /**
   * Reads the colours of a region's track if it is new. Must run for every region of a frame before
   * any is painted. Samples that a sealed region covers are not read.
   */
  void look(VideoFrame frame, Footprint shape, int side, RegionMask[] masks) {
    int track = shape.region().track();
    Frozen frozen = tracks.get(track);
    if (frozen == null) {
      if (!makeRoom()) {
        return;
      }
      frozen = freeze(frame, shape, side, masks);
      tracks.put(track, frozen);
    }
    frozen.drawn = time;
  }

  /** Drops the track that was out of sight longest; refuses to drop one that may still be live. */
  private boolean makeRoom() {
    if (tracks.size() < MAX_TRACKS) {
      return true;
    }
    Iterator<Map.Entry<Integer, Frozen>> eldest = tracks.entrySet().iterator();
    if (eldest.next().getValue().drawn >= time - 1) {
      return false;
    }
    eldest.remove();
    return true;
  }

  private Frozen freeze(VideoFrame frame, Footprint shape, int side, RegionMask[] masks) {
    PixelLayout layout = frame.layout();
    byte[][] codes = new byte[layout.planes()][];
    for (int p = 0; p < codes.length; p++) {
      attach(frame, p);
      codes[p] = quantise(means(shape, side, masks[p]), shape.region().track(), p, layout);
    }
    return new Frozen(side, codes);
  }

  /** Mean sample of each cell; of the whole region where a cell has none; NaN if all is sealed. */
  private double[] means(Footprint shape, int side, RegionMask mask) {
    long[] sums = new long[side * side];
    long[] counts = new long[side * side];
    int sx = mask.shiftX();
    int sy = mask.shiftY();
    findColumns(shape, sx, side);
    int end = shape.endRow(false, sy, rows.height());
    for (int y = shape.firstRow(false, sy); y < end; y++) {
      int row = side * cell(y, sy, shape.box().top(), shape.box().height(), side);
      int runs = shape.seek(y, false, sx, sy, rows.width());
      for (int run = 0; run < runs; run++) {
        rows.read(y, shape.from(run), shape.to(run), samples);
        for (int x = shape.from(run); x < shape.to(run); x++) {
          if ((mask.cells()[y * rows.width() + x] & RegionMask.SEALED) == 0) {
            int i = row + columns[x];
            sums[i] += samples[x];
            counts[i]++;
          }
        }
      }
    }
    double mean = (double) Arrays.stream(sums).sum() / Arrays.stream(counts).sum();
    double[] means = new double[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = counts[i] > 0 ? (double) sums[i] / counts[i] : mean;
    }
    return means;
  }

  private byte[] quantise(double[] means, int track, int plane, PixelLayout layout) {
    byte[] codes = new byte[means.length];
    for (int i = 0; i < codes.length; i++) {
      double share = Double.isNaN(means[i]) ? 0.5 : means[i] / (1 << layout.bitDepth());
      double chance = Noise.unit(Noise.of(seed, track, plane, i));
      codes[i] = (byte) Math.max(0, Math.min(LEVELS - 1, (int) (share * LEVELS + chance)));
    }
    return codes;
  }

  /** Fills a region with its track's colours; with mid grey if none could be kept. */
  void paint(VideoFrame frame, Footprint shape) {
    PixelLayout layout = frame.layout();
    Frozen frozen = tracks.get(shape.region().track());
    for (int p = 0; p < layout.planes(); p++) {
      attach(frame, p);
      if (frozen != null && p < frozen.codes.length) {
        paint(shape, frozen.codes[p], frozen.side, layout, p);
      } else {
        paint(shape, new byte[] {LEVELS / 2}, 1, layout, p);
      }
    }
  }

  private void paint(Footprint shape, byte[] codes, int side, PixelLayout layout, int plane) {
    int sx = layout.shiftX(plane);
    int sy = layout.shiftY(plane);
    findColumns(shape, sx, side);
    int end = shape.endRow(false, sy, rows.height());
    for (int y = shape.firstRow(false, sy); y < end; y++) {
      int row = side * cell(y, sy, shape.box().top(), shape.box().height(), side);
      int runs = shape.seek(y, false, sx, sy, rows.width());
      for (int run = 0; run < runs; run++) {
        for (int x = shape.from(run); x < shape.to(run); x++) {
          int i = row + columns[x];
          samples[x] = codes[i] << (layout.bitDepth() - BITS_A_CHANNEL);
        }
        rows.write(y, shape.from(run), shape.to(run), samples);
      }
    }
  }

  /** The cell of each column that the shape can reach. */
  private void findColumns(Footprint shape, int shiftX, int side) {
    Box box = shape.box();
    int end = shape.endColumn(shiftX, rows.width());
    for (int x = shape.firstColumn(shiftX); x < end; x++) {
      columns[x] = cell(x, shiftX, box.left(), box.width(), side);
    }
  }

  /** The cell, along one axis, that a sample's middle lies in. */
  private static int cell(int position, int shift, double start, double length, int side) {
    double middle = (position + 0.5) * (1 << shift);
    return (int) Math.max(0, Math.min(side - 1, Math.floor((middle - start) / length * side)));
  }

  private void attach(VideoFrame frame, int plane) {
    rows.attach(frame.planes().get(plane), frame.layout().bytesPerSample());
    if (samples.length < rows.width()) {
      samples = new int[rows.width()];
      columns = new int[rows.width()];
    }
  }
}
