package io.efface.detect;

import io.efface.media.VideoFrame;
import java.util.List;

/** Finds objects in a frame. Single-threaded; whoever creates it closes it. */
public interface Detector extends AutoCloseable {

  /**
   * Finds objects.
   *
   * @param frame borrowed for the call, not changed
   * @return what was found, best score first, in pixels of the upright picture; boxes may reach
   *     beyond its edge
   * @throws DetectionException if the model fails
   */
  List<Detection> detect(VideoFrame frame);

  /**
   * Looks at a frame in passing, at a fraction of the work, as at those between two frames that are
   * looked at in full.
   *
   * @param frame borrowed for the call, not changed
   * @return as {@link #detect}, but only what is seen without a close look; here nothing
   * @throws DetectionException if the model fails
   */
  default List<Detection> glance(VideoFrame frame) {
    return List.of();
  }

  @Override
  void close();
}
