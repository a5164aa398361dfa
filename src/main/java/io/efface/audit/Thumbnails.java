package io.efface.audit;

import io.efface.geometry.Box;
import io.efface.media.FrameScaler;
import io.efface.media.VideoFrame;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A finished frame and the input's as small pictures of luma, and which of their cells lie beside
 * the regions. Used again for one frame after the other.
 */
final class Thumbnails {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 36;

  /** Pixels around a region that are not compared: its soft edge, and what the codec mixes in. */
  private static final double MARGIN_PX = 24;

  /** Fewer cells beside the regions say little. */
  private static final int MIN_CELLS = 200;

  private final byte[] output = new byte[WIDTH * HEIGHT];
  private final byte[] input = new byte[WIDTH * HEIGHT];
  private final boolean[] open = new boolean[WIDTH * HEIGHT];

  /**
   * Takes the place of what was there before.
   *
   * @param frame the finished file's, borrowed for the call
   * @param original the input's, likewise
   * @param covered where the two differ on purpose, in pixels of the upright picture
   */
  void take(FrameScaler scaler, VideoFrame frame, VideoFrame original, List<Box> covered) {
    scaler.luma(frame, WIDTH, HEIGHT, output);
    scaler.luma(original, WIDTH, HEIGHT, input);
    markOpen(original, covered);
  }

  private void markOpen(VideoFrame frame, List<Box> covered) {
    Arrays.fill(open, true);
    for (Box upright : covered) {
      Box box =
          frame
              .orientation()
              .toStored(upright.grow(MARGIN_PX, MARGIN_PX), frame.width(), frame.height());
      for (int i = 0; i < open.length; i++) {
        int row = i / WIDTH;
        double x = (i % WIDTH + 0.5) * frame.width() / WIDTH;
        double y = (row + 0.5) * frame.height() / HEIGHT;
        open[i] &= x < box.left() || x > box.right() || y < box.top() || y > box.bottom();
      }
    }
  }

  /** How the output follows the input beside the regions; empty where too little is open. */
  Optional<Tone> tone() {
    return Tone.of(output, input, open, MIN_CELLS);
  }

  /**
   * Mean difference of this output and another frame's input, in codes of 8 bits, beside the
   * regions of both; NaN where too little is open.
   */
  double difference(Thumbnails other) {
    long sum = 0;
    int count = 0;
    for (int i = 0; i < open.length; i++) {
      if (open[i] && other.open[i]) {
        sum += Math.abs((output[i] & 0xff) - (other.input[i] & 0xff));
        count++;
      }
    }
    return count < MIN_CELLS ? Double.NaN : (double) sum / count;
  }
}
