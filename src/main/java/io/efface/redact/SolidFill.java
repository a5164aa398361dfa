package io.efface.redact;

import io.efface.media.PixelLayout;
import io.efface.media.VideoFrame;
import java.util.Arrays;

/** Paints regions, or a whole picture, with one colour. */
final class SolidFill {
  private final PlaneRows rows = new PlaneRows();
  private int[] line = new int[0];

  /** Fills a region in every plane. */
  void paint(VideoFrame frame, Footprint shape, Style.Solid colour) {
    PixelLayout layout = frame.layout();
    for (int p = 0; p < layout.planes(); p++) {
      open(frame, p, sample(colour, frame, p));
      int sx = layout.shiftX(p);
      int sy = layout.shiftY(p);
      int end = shape.endRow(false, sy, rows.height());
      for (int y = shape.firstRow(false, sy); y < end; y++) {
        int runs = shape.seek(y, false, sx, sy, rows.width());
        for (int run = 0; run < runs; run++) {
          rows.writeStaged(y, shape.from(run), shape.to(run));
        }
      }
    }
  }

  /** Fills the whole picture with mid grey, reading none of it. */
  void blank(VideoFrame frame) {
    PixelLayout layout = frame.layout();
    for (int p = 0; p < layout.planes(); p++) {
      open(frame, p, 1 << (layout.bitDepth() - 1));
      for (int y = 0; y < rows.height(); y++) {
        rows.writeStaged(y, 0, rows.width());
      }
    }
  }

  private void open(VideoFrame frame, int plane, int value) {
    rows.attach(frame.planes().get(plane), frame.layout().bytesPerSample());
    if (line.length < rows.width()) {
      line = new int[rows.width()];
    }
    Arrays.fill(line, 0, rows.width(), value);
    rows.stage(0, rows.width(), line);
  }

  /** The colour's sample in a plane: by the frame's matrix for YUV and grey, scaled for GBR. */
  static int sample(Style.Solid colour, VideoFrame frame, int plane) {
    PixelLayout layout = frame.layout();
    double r = colour.red() / 255.0;
    double g = colour.green() / 255.0;
    double b = colour.blue() / 255.0;
    int max = (1 << layout.bitDepth()) - 1;
    if (layout.model() == PixelLayout.ColourModel.GBR) {
      return (int) Math.round(max * (plane == 0 ? g : plane == 1 ? b : r));
    }
    double kr = frame.matrix().red();
    double kb = frame.matrix().blue();
    double y = kr * r + (1 - kr - kb) * g + kb * b;
    double unit = 1 << (layout.bitDepth() - 8);
    if (plane == 0) {
      return (int) Math.round(layout.fullRange() ? max * y : unit * (16 + 219 * y));
    }
    double difference = plane == 1 ? (b - y) / (2 * (1 - kb)) : (r - y) / (2 * (1 - kr));
    double span = layout.fullRange() ? max : unit * 224;
    return (int) Math.max(0, Math.min(max, Math.round(unit * 128 + span * difference)));
  }
}
