package io.efface.pipeline;

import io.efface.media.VideoFrame;
import io.efface.track.SealedFrame;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;

/**
 * The seam between the two passes: sealed frames go in at one thread and come out at another. It
 * holds numbers, never pictures, and is bounded, so the analysis cannot run away from the
 * rendering; what the rendering looks ahead at is one group of pictures at most.
 */
final class Handover implements FramePlan {
  private static final int CAPACITY = 512;

  /** A sealed frame, or the end of the analysis with its error, if any. */
  private sealed interface Item {
    record Frame(SealedFrame frame, boolean corrupt) implements Item {
      boolean is(long number, long pts) {
        return frame.frame() == number && frame.pts() == pts;
      }
    }

    /** All that extends neither {@link Error} nor {@link RuntimeException} stays out. */
    record End(Optional<? extends Throwable> failure) implements Item {
      void rethrow() {
        if (failure.isPresent()) {
          if (failure.get() instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) failure.get();
        }
      }
    }
  }

  private final Path input;
  private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(CAPACITY);

  /** What the rendering has looked at and not taken yet. */
  private final Deque<Item> ahead = new ArrayDeque<>();

  /** A seam for one input. */
  Handover(Path input) {
    this.input = input;
  }

  /**
   * Hands a frame over, waiting while the other side is behind. Called by the analysis.
   *
   * @param corrupt whether it could not be decoded cleanly
   */
  void put(SealedFrame frame, boolean corrupt) {
    insert(new Item.Frame(frame, corrupt));
  }

  /**
   * Says that no more frames come. Called by the analysis, also where its thread was interrupted:
   * whoever waits at the other side would wait for ever.
   */
  void finish(Optional<RuntimeException> error) {
    end(new Item.End(error));
  }

  /** Says that no more frames come, since the analysis ran out of memory or lacks a library. */
  void fail(Error error) {
    end(new Item.End(Optional.of(error)));
  }

  private void insert(Item item) {
    try {
      queue.put(item);
    } catch (InterruptedException e) {
      throw stopped();
    }
  }

  /** Puts an end, for which an interrupted thread makes room: the frames before it are lost. */
  private void end(Item.End end) {
    if (queue.offer(end)) {
      return;
    }
    try {
      queue.put(end);
    } catch (InterruptedException e) {
      CancellationException stopped = stopped();
      queue.clear();
      queue.add(end.failure().isPresent() ? end : new Item.End(Optional.of(stopped)));
    }
  }

  private static CancellationException stopped() {
    Thread.currentThread().interrupt();
    return new CancellationException("stopped");
  }

  private Item take() {
    return ahead.isEmpty() ? receive() : ahead.remove();
  }

  private Item receive() {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw stopped();
    }
  }

  @Override
  public Step next(VideoFrame frame) {
    Item item = take();
    if (item instanceof Item.End end) {
      end.rethrow();
    }
    if (item instanceof Item.Frame sealed && sealed.is(frame.index(), frame.pts())) {
      return new Step(sealed.corrupt(), sealed.frame().objects(), List.of());
    }
    throw mismatch();
  }

  @Override
  public boolean isUntouched(long first, long[] times) {
    Iterator<Item> seen = List.copyOf(ahead).iterator();
    for (int i = 0; i < times.length; i++) {
      Item item;
      if (seen.hasNext()) {
        item = seen.next();
      } else {
        item = receive();
        ahead.add(item);
      }
      if (!(item instanceof Item.Frame sealed)
          || !sealed.is(first + i, times[i])
          || sealed.corrupt()
          || !sealed.frame().objects().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void pass(long first, long[] times) {
    for (int i = 0; i < times.length; i++) {
      ahead.remove();
    }
  }

  @Override
  public void end(long frames) {
    if (take() instanceof Item.End end) {
      end.rethrow();
      return;
    }
    throw mismatch();
  }

  private JobException mismatch() {
    return new JobException(
        input
            + ": read differently the second time, so it cannot be redacted safely; copy it to a local disk first");
  }
}
