package io.efface.media;

import java.util.Map;
import java.util.Optional;

/**
 * Gives the frames of a file in the order of showing. Single-threaded; whoever opens it closes it.
 */
public interface FrameReader extends AutoCloseable {
  /** What the file holds. */
  MediaInfo info();

  /** The decoder, for what it counted and to make the current frame writable. */
  VideoDecoder decoder();

  /** Why the file seems to end in the middle; complete once {@link #next} has returned empty. */
  Optional<String> damage();

  /**
   * The next frame.
   *
   * @return the frame, valid until the next call; empty at the end
   */
  Optional<VideoFrame> next();

  /** How many pictures could not be copied for which reason, where some were to be. */
  Map<String, Long> refused();

  @Override
  void close();
}
