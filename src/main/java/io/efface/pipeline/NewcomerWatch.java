package io.efface.pipeline;

import io.efface.geometry.Box;
import io.efface.geometry.Similarity;
import io.efface.media.VideoFrame;
import io.efface.motion.PictureChange;
import io.efface.motion.SmallPicture;
import java.util.List;
import java.util.Optional;

/**
 * Tells who may run by from who may just have been found late: where somebody runs, the frame
 * before showed something else. Of who runs, two looks that are far apart may look like two
 * objects. Shown every frame, in order. Single-threaded.
 */
final class NewcomerWatch {
  private Optional<SmallPicture> before = Optional.empty();

  /**
   * Whether one of the newcomers of a frame may be moving fast; of a shot's first frame, each may.
   *
   * @param newcomers boxes in pixels of the upright picture
   * @param frame borrowed for the call
   * @param signs the frame's
   */
  boolean mayRun(List<Box> newcomers, VideoFrame frame, FrameSigns.Signs signs) {
    Similarity back = signs.movement().map(Similarity::inverse).orElse(Similarity.IDENTITY);
    return newcomers.stream()
        .anyMatch(
            box ->
                signs.cut()
                    || before.isEmpty()
                    || PictureChange.isOther(
                        signs.picture(),
                        shares(box, frame),
                        before.get(),
                        shares(back.apply(box), frame)));
  }

  /** Says that the next frame follows one with such signs. */
  void pass(FrameSigns.Signs signs) {
    before = Optional.of(signs.picture());
  }

  private static Box shares(Box upright, VideoFrame frame) {
    Box stored = frame.orientation().toStored(upright, frame.width(), frame.height());
    return new Box(
        stored.left() / frame.width(),
        stored.top() / frame.height(),
        stored.right() / frame.width(),
        stored.bottom() / frame.height());
  }
}
