package io.efface.media;

import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * Brings the pictures of a film whose size changes on its way, as recordings of calls do when a
 * phone is turned, to that of its first one. Where their shape changes too, they are put on black
 * as large as they fit, since a face that is drawn out is a face that is not found. Where their
 * range or their colours' matrix changes, as in recordings that were joined, they are converted,
 * since the output says one thing of all. Single-threaded.
 */
final class PictureFitter {
  /** Shapes that differ by less are the same: sizes are rounded to whole blocks. */
  private static final double SAME_SHAPE = 0.02;

  private final PictureConverter converter;
  private double firstShape;
  private int firstColourSpace = avutil.AVCOL_SPC_UNSPECIFIED;
  private boolean changed;

  /**
   * A fitter for one film.
   *
   * @param converter borrowed
   */
  PictureFitter(PictureConverter converter) {
    this.converter = converter;
  }

  /** Says which picture is the first. */
  void first(AVFrame frame) {
    firstShape = shape(frame);
    firstColourSpace = frame.colorspace();
  }

  /** Whether a picture was of another size or shape than the first. */
  boolean changed() {
    return changed;
  }

  /** Whether a picture has the size, the shape, the range and the matrix of the first one. */
  boolean fits(AVFrame frame, PictureFormat wanted) {
    return isOfSize(frame, wanted) && isOfRange(frame, wanted) && !isOfOtherMatrix(frame);
  }

  /** Whether it has the first one's range; red, green and blue have but one. */
  private static boolean isOfRange(AVFrame frame, PictureFormat wanted) {
    return PixelFormats.isRgb(frame.format())
        || PixelFormats.isFullRange(frame.format(), frame.color_range())
            == wanted.layout().fullRange();
  }

  private boolean isOfSize(AVFrame frame, PictureFormat wanted) {
    return frame.width() == wanted.width()
        && frame.height() == wanted.height()
        && isSame(shape(frame) / firstShape);
  }

  /**
   * Converts a picture.
   *
   * @param source borrowed, not changed
   * @param wanted the first picture's format
   * @return a new frame of that format, the caller's to free
   */
  AVFrame fit(AVFrame source, PictureFormat wanted) {
    changed |= !isOfSize(source, wanted);
    double wider = shape(source) / firstShape;
    if (isSame(wider)) {
      return convert(source, wanted, wanted.width(), wanted.height());
    }
    int cellX = 1 << wanted.layout().chromaShiftX();
    int cellY = 1 << wanted.layout().chromaShiftY();
    int width = whole(wanted.width() * Math.min(1, wider), cellX, wanted.width());
    int height = whole(wanted.height() / Math.max(1, wider), cellY, wanted.height());
    AVFrame content = convert(source, wanted, width, height);
    AVFrame target = avutil.av_frame_alloc();
    try {
      FFmpeg.check(black(target, content, wanted), converter.path(), "convert", FFmpeg.NO_MEMORY);
      copy(
          content,
          target,
          wanted.layout(),
          (wanted.width() - width) / 2 / cellX * cellX,
          (wanted.height() - height) / 2 / cellY * cellY);
      return target;
    } catch (RuntimeException e) {
      avutil.av_frame_free(target);
      throw e;
    } finally {
      avutil.av_frame_free(content);
    }
  }

  private AVFrame convert(AVFrame source, PictureFormat wanted, int width, int height) {
    return converter.convert(
        source,
        wanted.pixelFormat(),
        width,
        height,
        wanted.layout().fullRange(),
        isOfOtherMatrix(source) ? firstColourSpace : avutil.AVCOL_SPC_UNSPECIFIED);
  }

  /** Whether it says that its colours are made otherwise than the first one says. */
  private boolean isOfOtherMatrix(AVFrame frame) {
    Optional<ColourMatrix> first = ColourMatrix.said(firstColourSpace);
    Optional<ColourMatrix> own = ColourMatrix.said(frame.colorspace());
    return first.isPresent() && own.isPresent() && !own.equals(first);
  }

  private static int black(AVFrame target, AVFrame like, PictureFormat wanted) {
    avutil.av_frame_copy_props(target, like);
    target.format(wanted.pixelFormat()).width(wanted.width()).height(wanted.height());
    int code = avutil.av_frame_get_buffer(target, 0);
    if (code < 0) {
      return code;
    }
    try (SizeTPointer strides = new SizeTPointer(4L)) {
      for (int i = 0; i < 4; i++) {
        strides.put(i, target.linesize(i));
      }
      return avutil.av_image_fill_black(
          target.data(),
          strides,
          wanted.pixelFormat(),
          target.color_range(),
          wanted.width(),
          wanted.height());
    }
  }

  private static void copy(AVFrame from, AVFrame to, PixelLayout layout, int left, int top) {
    for (int i = 0; i < layout.planes(); i++) {
      long column = (long) (left >> layout.shiftX(i)) * layout.bytesPerSample();
      long offset = (long) (top >> layout.shiftY(i)) * to.linesize(i) + column;
      BytePointer place = to.data(i);
      avutil.av_image_copy_plane(
          place.position(place.position() + offset),
          to.linesize(i),
          from.data(i),
          from.linesize(i),
          layout.planeWidth(i, from.width()) * layout.bytesPerSample(),
          layout.planeHeight(i, from.height()));
    }
  }

  /** A side in whole cells, at least one and at most all. */
  private static int whole(double side, int cell, int most) {
    long cells = Math.max(1, Math.round(side / cell));
    return (int) Math.min(most, cells * cell);
  }

  /** Width to height as shown, by the picture's own word on its pixels. */
  private static double shape(AVFrame frame) {
    Rational pixel = FFmpeg.rational(frame.sample_aspect_ratio());
    double square = (double) frame.width() / frame.height();
    return pixel.isKnown() ? square * pixel.toDouble() : square;
  }

  private static boolean isSame(double ratio) {
    return Math.abs(Math.log(ratio)) <= SAME_SHAPE;
  }
}
