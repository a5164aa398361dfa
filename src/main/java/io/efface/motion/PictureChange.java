package io.efface.motion;

import io.efface.geometry.Box;
import java.util.Arrays;
import java.util.Optional;

/** Tells whether frames show the same as another one, block by block. Single-threaded. */
public final class PictureChange {
  /** Pixels of a block's side. */
  private static final int BLOCK = 4;

  /** Mean absolute difference of a block's luma, 0 to 255, up to which it is the same picture. */
  private static final double SAME = 1;

  /** The same, from which something changed whatever the noise. */
  private static final double CHANGED = 3;

  /** The same of the usual block, from which the light itself has changed: the scene is another. */
  private static final double ANOTHER_LIGHT = 8;

  /** How many times the usual block's difference a change is; the noise of means varies by less. */
  private static final double ABOVE_NOISE = 3;

  /** How many times its own mean deviation a part differs by that shows something else. */
  private static final double OTHER = 0.8;

  /** Pixels of a part's side at least, where the picture has as many. */
  private static final int LEAST_PART = 2;

  private Optional<SmallPicture> marked = Optional.empty();
  private int[] sums = new int[0];

  /** Whether no block differs by more than rounding: a still picture, coded well. */
  static boolean same(SmallPicture first, SmallPicture second) {
    int width = first.width();
    int height = first.height();
    for (int y = 0; y < down(height); y++) {
      for (int x = 0; x < across(width); x++) {
        if (block(first.luma(), second.luma(), width, height, x, y) > SAME * BLOCK * BLOCK) {
          return false;
        }
      }
    }
    return true;
  }

  /** Keeps a frame's picture for {@link #isIn}. */
  public void mark(SmallPicture picture) {
    marked = Optional.of(picture);
  }

  /**
   * Whether a frame shows anything that the marked one does not: some small part of the picture,
   * about a hundredth of its longer side, differs by more than noise and small changes of light do,
   * or all of it by more than these. True where no frame of its size was marked.
   */
  public boolean isIn(SmallPicture picture) {
    return marked.filter(picture::isOfSize).map(old -> differ(picture, old)).orElse(true);
  }

  private boolean differ(SmallPicture first, SmallPicture second) {
    sum(first.luma(), second.luma(), first.width(), first.height());
    Arrays.sort(sums);
    int largest = sums[sums.length - 1];
    double usual = sums[sums.length / 2];
    return usual > ANOTHER_LIGHT * BLOCK * BLOCK
        || largest > Math.max(CHANGED * BLOCK * BLOCK, ABOVE_NOISE * usual);
  }

  private void sum(byte[] first, byte[] second, int width, int height) {
    int across = across(width);
    int down = down(height);
    if (sums.length != across * down) {
      sums = new int[across * down];
    }
    for (int y = 0, at = 0; y < down; y++) {
      for (int x = 0; x < across; x++, at++) {
        sums[at] = block(first, second, width, height, x, y);
      }
    }
  }

  /**
   * Whether a part of a frame shows what was not there in the frame before, as where something came
   * that moves by about half its size a frame or more: the part differs from what it was by as much
   * as it differs within itself. What moves slowly resembles itself, moved by so little.
   *
   * @param part of the picture as it is stored, in shares of its sides, 0 to 1
   * @param there where the same part was in the frame before, had it moved with the camera alone
   * @return true where the two frames differ in size, too
   */
  public static boolean isOther(SmallPicture now, Box part, SmallPicture before, Box there) {
    if (!now.isOfSize(before)) {
      return true;
    }
    int left = first(part.left(), now.width());
    int right = end(part.right(), left, now.width());
    int top = first(part.top(), now.height());
    int bottom = end(part.bottom(), top, now.height());
    double scaleX = there.width() / part.width();
    double scaleY = there.height() / part.height();
    double mean = now.mean(left, top, right, bottom);
    double differences = 0;
    double deviations = 0;
    for (int y = top; y < bottom; y++) {
      double from = there.top() + ((y + 0.5) / now.height() - part.top()) * scaleY;
      for (int x = left; x < right; x++) {
        double since = there.left() + ((x + 0.5) / now.width() - part.left()) * scaleX;
        double old = before.between(since * now.width() - 0.5, from * now.height() - 0.5);
        differences += Math.abs(now.at(x, y) - old);
        deviations += Math.abs(now.at(x, y) - mean);
      }
    }
    return differences >= OTHER * Math.max(deviations, (right - left) * (bottom - top));
  }

  private static int first(double share, int length) {
    return (int) Math.max(0, Math.min(length - LEAST_PART, Math.floor(share * length)));
  }

  private static int end(double share, int first, int length) {
    return (int) Math.min(length, Math.max(first + LEAST_PART, Math.ceil(share * length)));
  }

  private static int across(int width) {
    return (width + BLOCK - 1) / BLOCK;
  }

  private static int down(int height) {
    return (height + BLOCK - 1) / BLOCK;
  }

  /** Blocks at the right and lower edge reach back into the picture. */
  private static int block(
      byte[] first, byte[] second, int width, int height, int across, int down) {
    int left = Math.max(0, Math.min(across * BLOCK, width - BLOCK));
    int top = Math.max(0, Math.min(down * BLOCK, height - BLOCK));
    int sum = 0;
    for (int y = top; y < Math.min(height, top + BLOCK); y++) {
      for (int x = left; x < Math.min(width, left + BLOCK); x++) {
        sum += Math.abs((first[y * width + x] & 0xff) - (second[y * width + x] & 0xff));
      }
    }
    return sum;
  }
}
