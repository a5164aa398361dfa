package io.efface.track;

/**
 * Finds hard cuts in a film by small luma pictures of its frames. It asks whether one frame's
 * structure can be found again in the next, moved by anything up to a third of the picture: a pan,
 * an object that passes or a change of light keeps most of it, a cut nothing. It is made to miss a
 * cut rather than to see one that is not there, since nothing is filled across a cut; dissolves and
 * fades are not cuts. Not safe for use by several threads.
 */
public final class ShotDetector {
  /** Width of the luma pictures in pixels. */
  public static final int WIDTH = 64;

  /** Height of the luma pictures in pixels. */
  public static final int HEIGHT = 36;

  private static final int SIZE = WIDTH * HEIGHT;

  /** Detail is what is left when the mean of a square of this reach on each side is taken away. */
  private static final int DETAIL_REACH = 4;

  /** Mean square of the detail below which a picture is too plain to judge. */
  private static final double PLAIN = 6;

  /** Likeness above which the frames are of one shot without a look at moved ones. */
  private static final double ALIKE = 0.6;

  /** Likeness, at the best move, below which there may be a cut. */
  private static final double UNLIKE = 0.36;

  /** By how much the likeness must fall below what it was of late. */
  private static final double FALL = 0.35;

  /** Mean absolute difference of luma, 0 to 255, below which there is no cut. */
  private static final double LEAST_DIFFERENCE = 8;

  private static final int LARGEST_MOVE_X = 20;
  private static final int LARGEST_MOVE_Y = 12;

  /** Weight of one frame in the mean of recent likeness. */
  private static final double LEARNING = 0.12;

  /** Change of mean luma from frame to frame that may be a flash. */
  private static final double FLASH_STEP = 25;

  /** Frames for which a flash, or a plain picture, is waited out. */
  private static final int LONGEST_WAIT = 3;

  private final float[] reference = new float[SIZE];
  private final float[] detail = new float[SIZE];
  private final int[] referenceLuma = new int[SIZE];
  private final int[] luma = new int[SIZE];
  private double recentLikeness = 1;
  private int waited;
  private int plain;
  private int late;
  private boolean started;

  /**
   * Looks at the next frame.
   *
   * @param picture {@link #WIDTH} times {@link #HEIGHT} luma values, row by row, a whole frame
   *     scaled down by averaging; borrowed
   * @return whether a cut lies between this frame and the one before. After a flash or a plain
   *     picture the answer for the change of scene comes with the first frame that can be judged;
   *     see {@link #late}.
   */
  public boolean isCut(byte[] picture) {
    if (picture.length != SIZE) {
      throw new IllegalArgumentException(
          "luma picture of " + picture.length + " values, not " + SIZE);
    }
    for (int i = 0; i < SIZE; i++) {
      luma[i] = picture[i] & 0xff;
    }
    double energy = takeDetail();
    if (!started) {
      started = energy >= PLAIN;
      if (started) {
        keep();
      }
      return false;
    }
    if (energy < PLAIN) {
      // A black or white picture has nothing to compare: the scene before it stays the reference.
      plain++;
      return false;
    }
    double likeness = likeness(0, 0);
    if (likeness < ALIKE) {
      likeness = Math.max(likeness, bestMovedLikeness());
    }
    boolean unlike =
        likeness < UNLIKE
            && recentLikeness - likeness > FALL
            && meanDifference() >= LEAST_DIFFERENCE;
    if (unlike && isFlash() && waited < LONGEST_WAIT) {
      waited++;
      return false;
    }
    if (unlike) {
      late = waited + plain;
    }
    // A cut counts here too: where every frame looks like one, there are none.
    recentLikeness += LEARNING * (Math.max(0, likeness) - recentLikeness);
    keep();
    return unlike;
  }

  /**
   * How many frames before the last cut that was reported may belong to the shot after it already,
   * from 0: what is much brighter may be a flash, and is waited out; what is plain, such as the
   * first frames of a fade from black, cannot be judged.
   */
  public int late() {
    return late;
  }

  /**
   * Whether the last frame is the first that cannot be judged, after one that could: the one before
   * may have been its shot's last.
   */
  public boolean leftOff() {
    return waited + plain == 1;
  }

  private void keep() {
    System.arraycopy(detail, 0, reference, 0, SIZE);
    System.arraycopy(luma, 0, referenceLuma, 0, SIZE);
    waited = 0;
    plain = 0;
  }

  /** Whether much of the picture is at white while the mean rose: what a flash leaves. */
  private boolean isFlash() {
    double mean = 0;
    double before = 0;
    int white = 0;
    for (int i = 0; i < SIZE; i++) {
      mean += luma[i];
      before += referenceLuma[i];
      if (luma[i] >= 225) {
        white++;
      }
    }
    return (mean - before) / SIZE > FLASH_STEP && white > SIZE / 5;
  }

  private double meanDifference() {
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += Math.abs(luma[i] - referenceLuma[i]);
    }
    return sum / SIZE;
  }

  /** Takes the local mean away, by a summed area table; returns the mean square of the rest. */
  private double takeDetail() {
    int[] sums = new int[(WIDTH + 1) * (HEIGHT + 1)];
    for (int y = 0; y < HEIGHT; y++) {
      int line = 0;
      for (int x = 0; x < WIDTH; x++) {
        line += luma[y * WIDTH + x];
        sums[(y + 1) * (WIDTH + 1) + x + 1] = sums[y * (WIDTH + 1) + x + 1] + line;
      }
    }
    double energy = 0;
    for (int y = 0; y < HEIGHT; y++) {
      int top = Math.max(0, y - DETAIL_REACH) * (WIDTH + 1);
      int bottom = Math.min(HEIGHT, y + DETAIL_REACH + 1) * (WIDTH + 1);
      for (int x = 0; x < WIDTH; x++) {
        int left = Math.max(0, x - DETAIL_REACH);
        int right = Math.min(WIDTH, x + DETAIL_REACH + 1);
        int area = (right - left) * (bottom - top) / (WIDTH + 1);
        int sum = sums[bottom + right] - sums[bottom + left] - sums[top + right] + sums[top + left];
        // Strong edges are held back: a few of them must not stand for the whole picture.
        float value = luma[y * WIDTH + x] - (float) sum / area;
        detail[y * WIDTH + x] = Math.max(-40, Math.min(40, value));
        energy += value * value;
      }
    }
    return energy / SIZE;
  }

  private double bestMovedLikeness() {
    double best = -1;
    for (int dy = -LARGEST_MOVE_Y; dy <= LARGEST_MOVE_Y; dy++) {
      for (int dx = -LARGEST_MOVE_X; dx <= LARGEST_MOVE_X; dx++) {
        best = Math.max(best, likeness(dx, dy));
      }
    }
    return best;
  }

  /** Normalised correlation, -1 to 1, of the details where the moved pictures overlap. */
  private double likeness(int dx, int dy) {
    double product = 0;
    double own = 0;
    double other = 0;
    int fromX = Math.max(0, -dx);
    int toX = Math.min(WIDTH, WIDTH - dx);
    for (int y = Math.max(0, -dy); y < Math.min(HEIGHT, HEIGHT - dy); y++) {
      int a = y * WIDTH;
      int b = (y + dy) * WIDTH + dx;
      float p = 0;
      float q = 0;
      float r = 0;
      for (int x = fromX; x < toX; x++) {
        float u = reference[a + x];
        float v = detail[b + x];
        p += u * v;
        q += u * u;
        r += v * v;
      }
      product += p;
      own += q;
      other += r;
    }
    return own <= 0 || other <= 0 ? 0 : product / Math.sqrt(own * other);
  }
}
