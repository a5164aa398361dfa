package io.efface.pipeline;

import io.efface.media.VideoFrame;
import io.efface.track.SealedFrame;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;

/**
 * The seam between the two passes: sealed frames go in at one thread and come out at another. It
 * holds numbers, never pictures, and is bounded, so the analysis cannot run away from the
 * rendering.
 */
final class Handover implements FramePlan {
  private static final int CAPACITY = 512;

  /** A sealed frame, or the end of the analysis with its error, if any. */
  private sealed interface Item {
    record Frame(SealedFrame frame) implements Item {}

    record End(Optional<RuntimeException> error) implements Item {}
  }

  private final Path input;
  private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(CAPACITY);

  /** A seam for one input. */
  Handover(Path input) {
    this.input = input;
  }

  /** Hands a frame over, waiting while the other side is behind. Called by the analysis. */
  void put(SealedFrame frame) {
    insert(new Item.Frame(frame));
  }

  /** Says that no more frames come. Called by the analysis. */
  void finish(Optional<RuntimeException> error) {
    insert(new Item.End(error));
  }

  private void insert(Item item) {
    try {
      queue.put(item);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped");
    }
  }

  private Item take() {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped");
    }
  }

  @Override
  public Step next(VideoFrame frame) {
    Item item = take();
    if (item instanceof Item.End end && end.error().isPresent()) {
      throw end.error().get();
    }
    if (item instanceof Item.Frame sealed
        && sealed.frame().frame() == frame.index()
        && sealed.frame().pts() == frame.pts()) {
      return new Step(false, sealed.frame().objects(), List.of());
    }
    throw mismatch();
  }

  @Override
  public void end(long frames) {
    if (take() instanceof Item.End end) {
      end.error()
          .ifPresent(
              error -> {
                throw error;
              });
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
