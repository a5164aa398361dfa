package io.efface.pipeline;

import io.efface.geometry.Orientation;
import io.efface.media.PixelLayout;
import io.efface.media.PixelLayout.ColourModel;
import io.efface.media.Rational;
import io.efface.media.VideoFrame;

/** Tiny frames of which only number and time matter. */
final class Frames {
  private static final VideoFrame PICTURE =
      VideoFrame.allocate(new PixelLayout(ColourModel.GREY, 0, 0, 8, true), 16, 16);

  private Frames() {}

  static VideoFrame at(long index, long pts) {
    return new VideoFrame(
        index,
        pts,
        1,
        new Rational(1, 1000),
        PICTURE.width(),
        PICTURE.height(),
        Rational.UNKNOWN,
        Orientation.UPRIGHT,
        PICTURE.layout(),
        PICTURE.planes(),
        false);
  }
}
