package io.efface.track;

import io.efface.geometry.Box;
import io.efface.geometry.Similarity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The frames that are not sealed yet, by number. */
final class FrameWindow {
  /** Dropped entries that the list may carry before it is compacted. */
  private static final int SLACK = 512;

  private final ArrayList<Frame> frames = new ArrayList<>();
  private int head;

  /**
   * A frame.
   *
   * @param number in presentation order
   * @param pts in ticks of the stream's time base
   * @param seconds presentation time
   * @param shot number of the shot it belongs to
   * @param shotFrom number of the first frame that may belong to that shot
   * @param camera {@link CameraMotion#toPicture}
   * @param driftX common velocity in steady coordinates, pixels a second
   * @param driftY the same, vertically
   */
  record Frame(
      long number,
      long pts,
      double seconds,
      int shot,
      long shotFrom,
      Similarity camera,
      double driftX,
      double driftY) {

    /** A box of the picture in steady coordinates. */
    Box steady(Box box) {
      return camera.inverse().apply(box);
    }

    /** The same frame for steady coordinates that have moved. */
    Frame moved(Similarity movement) {
      return new Frame(
          number,
          pts,
          seconds,
          shot,
          shotFrom,
          camera.after(movement.inverse()),
          movement.a() * driftX - movement.b() * driftY,
          movement.b() * driftX + movement.a() * driftY);
    }
  }

  void add(Frame frame) {
    frames.add(frame);
  }

  boolean isEmpty() {
    return head == frames.size();
  }

  int size() {
    return frames.size() - head;
  }

  Frame oldest() {
    return frames.get(head);
  }

  Frame newest() {
    return frames.get(frames.size() - 1);
  }

  void removeOldest() {
    head++;
    if (head == frames.size() || head > SLACK) {
      frames.subList(0, head).clear();
      head = 0;
    }
  }

  /** Moves all frames' steady coordinates. */
  void move(Similarity movement) {
    frames.replaceAll(frame -> frame.moved(movement));
  }

  boolean holds(long number) {
    return !isEmpty() && number >= oldest().number() && number <= newest().number();
  }

  Frame get(long number) {
    return frames.get(head + (int) (number - oldest().number()));
  }

  /** The frames after {@code from} and before {@code to}, in order; both need not be held. */
  List<Frame> between(long from, long to) {
    ArrayDeque<Frame> result = new ArrayDeque<>();
    for (long number = to - 1; number > from && holds(number); number--) {
      result.addFirst(get(number));
    }
    return List.copyOf(result);
  }
}
