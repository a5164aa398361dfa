package io.efface.media;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVBufferPool;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Memory for pictures that are to be changed, used again as soon as nobody holds it: fresh memory
 * for each picture costs more time than the copy. Any thread may use it; pictures outlive it.
 */
final class PicturePool implements AutoCloseable {
  /** What the widest vector instructions want rows to begin at, in bytes. */
  private static final int ALIGNMENT = 64;

  /** Decoders and encoders work on whole blocks: rows that may be touched below the last one. */
  private static final int BLOCK_ROWS = 32;

  private final Path path;
  private AVBufferPool pool = new AVBufferPool(null);
  private int pooledBytes;

  /**
   * An empty pool.
   *
   * @param path for messages
   */
  PicturePool(Path path) {
    this.path = path;
  }

  /**
   * Moves a picture to memory of its own where others still refer to it, as {@code
   * av_frame_make_writable} does.
   *
   * @param frame of a plain format, borrowed
   * @throws MediaException if there is no memory for it
   */
  void makeWritable(AVFrame frame) {
    if (avutil.av_frame_is_writable(frame) > 0) {
      return;
    }
    AVFrame copy = required(avutil.av_frame_alloc());
    try {
      copy.format(frame.format()).width(frame.width()).height(frame.height());
      int rows = (frame.height() + BLOCK_ROWS - 1) / BLOCK_ROWS * BLOCK_ROWS;
      AVBufferRef memory = memory(frame, rows);
      copy.buf(0, memory);
      check(
          avutil.av_image_fill_arrays(
              copy.data(),
              copy.linesize(),
              memory.data(),
              frame.format(),
              frame.width(),
              rows,
              ALIGNMENT));
      check(avutil.av_frame_copy(copy, frame));
      check(avutil.av_frame_copy_props(copy, frame));
      avutil.av_frame_unref(frame);
      avutil.av_frame_move_ref(frame, copy);
    } finally {
      avutil.av_frame_free(copy);
    }
  }

  /**
   * Another reference to a picture; {@link #makeWritable} parts them.
   *
   * @param frame borrowed
   * @return owned by the caller
   * @throws MediaException if there is no memory for it
   */
  AVFrame share(AVFrame frame) {
    return FFmpeg.share(frame, path, "decode");
  }

  private synchronized AVBufferRef memory(AVFrame frame, int rows) {
    int bytes =
        check(avutil.av_image_get_buffer_size(frame.format(), frame.width(), rows, ALIGNMENT))
            + ALIGNMENT;
    if (bytes != pooledBytes) {
      close();
      pool = required(avutil.av_buffer_pool_init(bytes, null));
      pooledBytes = bytes;
    }
    return required(avutil.av_buffer_pool_get(pool));
  }

  private <T> T required(@Nullable T made) {
    if (made == null) {
      throw new MediaException(path, "decode", FFmpeg.NO_MEMORY);
    }
    return made;
  }

  private int check(int code) {
    return FFmpeg.check(code, path, "decode", FFmpeg.NO_MEMORY);
  }

  @Override
  public synchronized void close() {
    if (!pool.isNull()) {
      avutil.av_buffer_pool_uninit(pool);
      pool = new AVBufferPool(null);
      pooledBytes = 0;
    }
  }
}
