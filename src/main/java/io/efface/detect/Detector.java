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
   * Looks at a frame shortly after another one: at less cost where the detector can, and then small
   * objects may be missed. Otherwise as {@link #detect}.
   */
  default List<Detection> glance(VideoFrame frame) {
    return detect(frame);
  }

  /**
   * Looks at a picture that is seen only once, a photo, as carefully as the detector can, at some
   * times the cost. Otherwise as {@link #detect}.
   */
  default List<Detection> scrutinise(VideoFrame frame) {
    return detect(frame);
  }

  /** Says that the next frame is of another shot, of which the frames before tell nothing. */
  default void newShot() {}

  /**
   * From the next look on, uses at most so many threads: others work beside it now.
   *
   * @param most from 1
   */
  default void useThreads(int most) {}

  /**
   * From the next look on, has something called before each run of a network; what it throws ends
   * the look.
   */
  default void everyRun(Runnable everyRun) {}

  @Override
  void close();
}
