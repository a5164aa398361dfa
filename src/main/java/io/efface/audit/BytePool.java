package io.efface.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * Arrays that are used again frame after frame: fresh ones for each region would fill the heap
 * faster than it is cleared. Single-threaded.
 */
final class BytePool {
  private static final int STEP = 1 << 12;

  private final List<byte[]> free = new ArrayList<>();
  private final List<byte[]> taken = new ArrayList<>();

  /** An array of at least so many bytes, whatever they are, until {@link #giveBack}. */
  byte[] take(int least) {
    int best = -1;
    for (int i = 0; i < free.size(); i++) {
      int length = free.get(i).length;
      if (length >= least && (best < 0 || length < free.get(best).length)) {
        best = i;
      }
    }
    byte[] array = best < 0 ? new byte[(least / STEP + 1) * STEP] : free.remove(best);
    taken.add(array);
    return array;
  }

  /** Takes all arrays back that were given out. */
  void giveBack() {
    // What was not needed this time is let go, so that one large region does not stay for good.
    free.clear();
    free.addAll(taken);
    taken.clear();
  }
}
