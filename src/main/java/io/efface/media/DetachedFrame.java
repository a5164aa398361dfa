package io.efface.media;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/** A decoded picture that outlives its decoder's next one. Owns its native frame. */
public final class DetachedFrame implements AutoCloseable {
  private final PicturePool pool;
  private final AVFrame frame;
  private VideoFrame view;

  /**
   * Takes over a native frame.
   *
   * @param pool its decoder's, used while that is open
   * @param frame owned from now on
   * @param view of its memory
   */
  DetachedFrame(PicturePool pool, AVFrame frame, VideoFrame view) {
    this.pool = pool;
    this.frame = frame;
    this.view = view.over(frame);
  }

  /** The picture, valid until {@link #makeWritable} or {@link #close}. */
  public VideoFrame view() {
    return view;
  }

  /**
   * Another one of the same picture; {@link #makeWritable} parts them.
   *
   * @return owned by the caller
   * @throws MediaException if there is no memory for it
   */
  DetachedFrame share() {
    return new DetachedFrame(pool, pool.share(frame), view);
  }

  /**
   * Moves the picture to memory of its own where others still refer to it.
   *
   * @return the picture, in place of the one before
   * @throws MediaException if there is no memory for it
   */
  VideoFrame makeWritable() {
    pool.makeWritable(frame);
    view = view.over(frame);
    return view;
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
  }
}
