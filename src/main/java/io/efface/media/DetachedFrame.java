package io.efface.media;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/** A decoded picture that outlives its decoder's next one. Owns its native frame. */
public final class DetachedFrame implements AutoCloseable {
  private final Path path;
  private final AVFrame frame;
  private VideoFrame view;

  /**
   * Takes over a native frame.
   *
   * @param path for messages
   * @param frame owned from now on
   * @param view of its memory
   */
  DetachedFrame(Path path, AVFrame frame, VideoFrame view) {
    this.path = path;
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
    return new DetachedFrame(path, FFmpeg.share(frame, path, "decode"), view);
  }

  /**
   * Moves the picture to memory of its own where others still refer to it.
   *
   * @return the picture, in place of the one before
   * @throws MediaException if there is no memory for it
   */
  VideoFrame makeWritable() {
    FFmpeg.makeWritable(frame, path);
    view = view.over(frame);
    return view;
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
  }
}
