package io.efface.redact;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Makes a fill look like the picture around it: measures the picture's noise in open samples and
 * adds as much to the fill, and dithers it, so that smooth slopes show no bands.
 */
final class Grain {
  private static final int TABLE = 1 << 12;

  /** Steps of the strength a code of 8 bits; finer ones could not be told apart. */
  private static final int STRENGTHS_A_CODE = 8;

  /** One code of 8 bits in values scaled to {@link Surround#SCALED_BITS}. */
  private static final int CODE = 1 << (Surround.SCALED_BITS - 8);

  /** Kept free at both ends of a code, so that an exact value stays what it is when rounded. */
  private static final int DITHER_MARGIN = 64;

  private static final int BINS = 256;

  /** Bins a code of 8 bits, so that deeper samples are measured finer. */
  private static final int BINS_PER_CODE = 4;

  /** More than this, in codes of 8 bits, is texture and not noise. */
  private static final float MAX_SIGMA = 2.5f;

  private static final int MEASURED_ROWS = 12;
  private static final int MEASURED_COLUMNS = 48;
  private static final int ENOUGH = 32;

  private final long seed;
  private final float[] gauss = new float[TABLE];
  private final int[] dither = new int[TABLE];
  private final int[][] tables = new int[(int) (MAX_SIGMA * STRENGTHS_A_CODE) + 1][0];
  private int[] table = tables[0];
  private final int[] leasts = new int[tables.length];
  private final int[] mosts = new int[tables.length];
  private int least;
  private int most;
  private int depth;
  private final int[] histogram = new int[BINS];
  private int[] samples = new int[0];

  /** Grain whose pattern follows from the seed. */
  Grain(long seed) {
    this.seed = seed;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < TABLE; i += 2) {
      // Box and Muller's pairs; strict maths, so that every machine makes the same table.
      double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
      double angle = 2 * Math.PI * random.nextDouble();
      gauss[i] = (float) (radius * StrictMath.cos(angle));
      gauss[i + 1] = (float) (radius * StrictMath.sin(angle));
      dither[i] = random.nextInt(DITHER_MARGIN, CODE - DITHER_MARGIN);
      dither[i + 1] = random.nextInt(DITHER_MARGIN, CODE - DITHER_MARGIN);
    }
  }

  /** Fills without noise, but dithers. */
  void still(int bitDepth) {
    choose(0, bitDepth);
  }

  /**
   * Measures the noise of a plane's open samples in a part of the picture, as the median second
   * difference along rows, which slopes do not enter, and sets the strength to it.
   */
  void measure(PlaneRows rows, RegionMask mask, Surround part, int bitDepth) {
    choose(Math.round(sigma(rows, mask, part, bitDepth) * STRENGTHS_A_CODE), bitDepth);
  }

  /** Takes the table of a strength, making it when it is first asked for. */
  private void choose(int strength, int bitDepth) {
    if (bitDepth != depth) {
      Arrays.fill(tables, new int[0]);
      depth = bitDepth;
    }
    if (tables[strength].length == 0) {
      float sigma = (float) strength / STRENGTHS_A_CODE * CODE;
      int[] made = new int[TABLE];
      for (int i = 0; i < TABLE; i++) {
        made[i] = (int) (sigma * gauss[i]) + (dither[i] >> (bitDepth - 8));
      }
      tables[strength] = made;
      leasts[strength] = Arrays.stream(made).min().orElse(0);
      mosts[strength] = Arrays.stream(made).max().orElse(0);
    }
    table = tables[strength];
    least = leasts[strength];
    most = mosts[strength];
  }

  /** Starts a row of the fill: its place in the table. */
  int offset(long frame, int plane, int y) {
    return (int) Noise.of(seed, frame, plane, y) & (TABLE - 1);
  }

  /**
   * Copies what to add to a row's values, scaled to {@link Surround#SCALED_BITS}, before their
   * fractions are cut off.
   *
   * @param place from {@link #offset}
   */
  void copy(int place, int from, int to, int[] out) {
    int x = from;
    while (x < to) {
      int start = (place + x) & (TABLE - 1);
      int run = Math.min(to - x, TABLE - start);
      System.arraycopy(table, start, out, x, run);
      x += run;
    }
  }

  /** Least in the table. */
  int least() {
    return least;
  }

  /** Most in the table. */
  int most() {
    return most;
  }

  /** Standard deviation of the noise in codes of 8 bits; 0 where too little is open. */
  private float sigma(PlaneRows rows, RegionMask mask, Surround part, int bitDepth) {
    int from = Math.max(0, part.leftPx());
    int to = Math.min(rows.width(), part.rightPx());
    int top = Math.max(0, part.topPx());
    int bottom = Math.min(rows.height(), part.bottomPx());
    if (to - from < 3) {
      return 0;
    }
    samples = samples.length < rows.width() ? new int[rows.width()] : samples;
    Arrays.fill(histogram, 0);
    int total = 0;
    byte[] cover = mask.cells();
    int stepX = Math.max(1, (to - from) / MEASURED_COLUMNS);
    int stepY = Math.max(1, (bottom - top) / MEASURED_ROWS);
    for (int y = top; y < bottom; y += stepY) {
      rows.read(y, from, to, samples);
      int row = y * rows.width();
      for (int x = from + 1; x < to - 1; x += stepX) {
        if ((cover[row + x - 1] | cover[row + x] | cover[row + x + 1]) == 0) {
          int d = Math.abs(samples[x - 1] - 2 * samples[x] + samples[x + 1]);
          histogram[Math.min(BINS - 1, (d * BINS_PER_CODE) >> (bitDepth - 8))]++;
          total++;
        }
      }
    }
    return total < ENOUGH ? 0 : Math.min(MAX_SIGMA, median(total, bitDepth) / 1.652f);
  }

  /** Median in codes of 8 bits; a normal second difference's is 0.6745 * sqrt(6) sigma = 1.652. */
  private float median(int total, int bitDepth) {
    int below = 0;
    int bin = 0;
    while (2 * (below + histogram[bin]) < total) {
      below += histogram[bin++];
    }
    // Codes are whole numbers: the median lies somewhere in the half code on each side.
    float step = bitDepth == 8 ? BINS_PER_CODE : 1;
    float share = (total / 2f - below) / histogram[bin];
    float low = Math.max(0, bin - step / 2);
    float high = bin + step / 2;
    float value = bin == 0 ? high * share : low + (high - low) * share;
    // A flat picture has no grain, though half a code would fit its differences too.
    return bin == 0 && share < 0.75f ? 0 : value / BINS_PER_CODE;
  }
}
