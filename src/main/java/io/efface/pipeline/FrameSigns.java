package io.efface.pipeline;

import io.efface.geometry.Similarity;
import io.efface.media.VideoFrame;
import io.efface.motion.PictureMotion;
import io.efface.motion.SmallPicture;
import io.efface.track.ShotDetector;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What can be told of each frame before anything is looked for in it: how the picture moved, and
 * whether a shot begins. Frames are seen on one thread, as they are decoded, and the signs taken on
 * another, one for each frame in the same order. Owns native memory; closed once no frame comes any
 * more.
 */
final class FrameSigns implements AutoCloseable {
  private final PictureMotion motion = new PictureMotion();
  private final ShotDetector shots = new ShotDetector();
  private final byte[] thumbnail = new byte[ShotDetector.WIDTH * ShotDetector.HEIGHT];
  private final Queue<Signs> seen = new ConcurrentLinkedQueue<>();

  /**
   * A frame's signs.
   *
   * @param movement of the picture since the frame before, in pixels of the upright picture; empty
   *     where that cannot be told
   * @param cut whether another shot begins with it
   * @param late how many frames before it may belong to that shot already; 0 where there is no cut
   * @param leftOff whether the frame before it may be its shot's last one
   * @param picture what it shows, made small
   */
  record Signs(
      Optional<Similarity> movement,
      boolean cut,
      int late,
      boolean leftOff,
      SmallPicture picture) {}

  /** Sees the next frame; borrows it for the call. */
  void see(VideoFrame frame) {
    Optional<Similarity> movement = motion.next(frame);
    motion.thumbnail(ShotDetector.WIDTH, ShotDetector.HEIGHT, thumbnail);
    boolean cut = shots.isCut(thumbnail);
    int late = cut ? shots.late() : 0;
    boolean leftOff = (cut && late == 0) || shots.leftOff();
    seen.add(new Signs(movement, cut, late, leftOff, motion.picture()));
  }

  /**
   * The signs of the next frame.
   *
   * @throws java.util.NoSuchElementException if it was not seen yet
   */
  Signs next() {
    return seen.remove();
  }

  @Override
  public void close() {
    motion.close();
  }
}
