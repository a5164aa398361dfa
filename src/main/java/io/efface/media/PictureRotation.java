package io.efface.media;

import io.efface.geometry.Orientation;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;

/** Turns a stored picture upright, sample by sample. */
final class PictureRotation {
  private PictureRotation() {}

  /**
   * Turns a picture.
   *
   * @param source borrowed; chroma must be subsampled alike in both directions if the orientation
   *     transposes
   * @param path for the message
   * @return a new frame, the caller's to free
   * @throws MediaException if there is no memory for it
   */
  static AVFrame upright(AVFrame source, Orientation orientation, Path path) {
    AVFrame target = avutil.av_frame_alloc();
    boolean turned = false;
    try {
      fill(source, orientation, target, path);
      turned = true;
      return target;
    } finally {
      if (!turned) {
        avutil.av_frame_free(target);
      }
    }
  }

  private static void fill(AVFrame source, Orientation orientation, AVFrame target, Path path) {
    target
        .format(source.format())
        .width(orientation.uprightWidth(source.width(), source.height()))
        .height(orientation.uprightHeight(source.width(), source.height()))
        .color_range(source.color_range())
        .colorspace(source.colorspace());
    FFmpeg.check(avutil.av_frame_get_buffer(target, 0), path, "write", FFmpeg.NO_MEMORY);
    AVPixFmtDescriptor description = avutil.av_pix_fmt_desc_get(source.format());
    for (int plane = 0; plane < avutil.av_pix_fmt_count_planes(source.format()); plane++) {
      int shiftX = plane == 1 || plane == 2 ? description.log2_chroma_w() : 0;
      int shiftY = plane == 1 || plane == 2 ? description.log2_chroma_h() : 0;
      int step = description.comp(Math.min(plane, description.nb_components() - 1)).step();
      turn(
          view(source, plane, shiftY),
          source.linesize(plane),
          view(target, plane, shiftY),
          target.linesize(plane),
          -(-target.width() >> shiftX),
          -(-target.height() >> shiftY),
          step,
          orientation);
    }
  }

  private static ByteBuffer view(AVFrame frame, int plane, int shiftY) {
    long rows = -(-frame.height() >> shiftY);
    return frame.data(plane).capacity(rows * frame.linesize(plane)).asByteBuffer();
  }

  private static void turn(
      ByteBuffer from,
      int fromStride,
      ByteBuffer to,
      int toStride,
      int width,
      int height,
      int step,
      Orientation orientation) {
    for (int y = 0; y < height; y++) {
      int v = orientation.mirroredY() ? height - 1 - y : y;
      for (int x = 0; x < width; x++) {
        int u = orientation.mirroredX() ? width - 1 - x : x;
        int sourceX = orientation.transposed() ? v : u;
        int sourceY = orientation.transposed() ? u : v;
        int at = sourceY * fromStride + sourceX * step;
        for (int i = 0; i < step; i++) {
          to.put(y * toStride + x * step + i, from.get(at + i));
        }
      }
    }
  }
}
