package io.efface.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;

import io.efface.geometry.Orientation;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Turns the pictures of a film which says on its way that they are to be turned otherwise, by
 * H.264's and HEVC's display orientation or the EXIF of each JPEG: such that all are seen upright
 * if they are turned like the first. What a picture says holds up to the next one that says
 * something, or to a key picture that says nothing. Single-threaded.
 */
final class FrameTurns {
  private final PictureConverter converter;
  private final Orientation unsaid;
  private Orientation current;
  private boolean changed;

  /**
   * Turns of one film.
   *
   * @param converter borrowed
   * @param unsaid how to turn a picture that says nothing
   */
  FrameTurns(PictureConverter converter, Orientation unsaid) {
    this.converter = converter;
    this.unsaid = unsaid;
    this.current = unsaid;
  }

  /** How the next picture, as it was decoded, has to be turned to be seen upright. */
  Orientation next(AVFrame frame) {
    AVFrameSideData matrix = avutil.av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX);
    if (matrix != null) {
      current = DisplayMatrix.orientation(matrix);
    } else if ((frame.flags() & AVFrame.AV_FRAME_FLAG_KEY) != 0) {
      current = unsaid;
    }
    return current;
  }

  /** Whether a picture had to be turned otherwise than the first. */
  boolean changed() {
    return changed;
  }

  /**
   * Turns a picture such that it is seen upright if it is turned like the first.
   *
   * @param source borrowed, not changed
   * @param shown how it has to be turned to be seen upright
   * @param wanted the first picture's format
   * @return a new frame of another size or format where need be, the caller's to free
   */
  AVFrame turn(AVFrame source, Orientation shown, PictureFormat wanted) {
    changed = true;
    Orientation turn = shown.then(wanted.orientation().inverse());
    PixelLayout layout = wanted.layout();
    boolean uneven = layout.chromaShiftX() != layout.chromaShiftY();
    int format =
        turn.transposed() && uneven ? PixelFormats.allChroma(layout) : wanted.pixelFormat();
    AVFrame plain =
        converter.convert(source, format, source.width(), source.height(), layout.fullRange());
    try {
      AVFrame turned = PictureRotation.upright(plain, turn, converter.path());
      FFmpeg.check(
          avutil.av_frame_copy_props(turned, plain), converter.path(), "decode", FFmpeg.NO_MEMORY);
      if (turn.transposed()) {
        Rational pixel = FFmpeg.rational(plain.sample_aspect_ratio()).inverse();
        turned.sample_aspect_ratio().num(pixel.num()).den(pixel.den());
      }
      return turned;
    } finally {
      avutil.av_frame_free(plain);
    }
  }
}
