package io.efface.media;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;

/**
 * Decodes on a thread of its own, a few frames ahead of whoever looks at them. Used by one thread;
 * the reader belongs to the inner thread until {@link #next} has returned empty or {@link #close}
 * has returned, and is not closed with this.
 */
public final class ReadAhead implements AutoCloseable {
  /** Frames that wait, beside the one that is looked at and the one in the making. */
  private static final int WAITING = 2;

  private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(WAITING);
  private final Thread thread;
  private volatile boolean closed;
  private Optional<DetachedFrame> current = Optional.empty();
  private boolean ended;

  private sealed interface Item {
    record Frame(DetachedFrame frame) implements Item {}

    record End(Optional<Throwable> error) implements Item {}
  }

  /**
   * Begins to decode.
   *
   * @param reader borrowed, see above
   * @param most frames to read at most
   */
  public ReadAhead(VideoReader reader, long most) {
    thread = new Thread(() -> decode(reader, most), "efface-decode");
    thread.start();
  }

  private void decode(VideoReader reader, long most) {
    Optional<Throwable> error = Optional.empty();
    try {
      for (long n = 0; n < most && !closed && reader.next().isPresent(); n++) {
        DetachedFrame frame = reader.decoder().detach();
        if (!handOver(new Item.Frame(frame))) {
          frame.close();
          return;
        }
      }
    } catch (RuntimeException | Error e) {
      error = Optional.of(e);
    }
    handOver(new Item.End(error));
  }

  /** Waits for room; false if nobody looks any more. */
  private boolean handOver(Item item) {
    try {
      queue.put(item);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /**
   * The next frame.
   *
   * @return the frame, valid until the next call or {@link #close}; empty at the end
   * @throws MediaException as the reader's
   */
  public Optional<VideoFrame> next() {
    release();
    if (ended) {
      return Optional.empty();
    }
    try {
      Item item = queue.take();
      if (item instanceof Item.Frame one) {
        current = Optional.of(one.frame());
        return Optional.of(one.frame().view());
      }
      ended = true;
      ((Item.End) item).error().ifPresent(ReadAhead::rethrow);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped");
    }
  }

  private static void rethrow(Throwable error) {
    if (error instanceof RuntimeException e) {
      throw e;
    }
    throw new IllegalStateException("decoding ended: " + error, error);
  }

  /**
   * Makes the current frame safe to write to, as {@link VideoDecoder#makeWritable}.
   *
   * @return the frame over memory of its own, valid as long as the one it replaces would be
   * @throws IllegalStateException if there is no current frame
   */
  public VideoFrame makeWritable() {
    return current.orElseThrow(() -> new IllegalStateException("no current frame")).makeWritable();
  }

  private void release() {
    current.ifPresent(DetachedFrame::close);
    current = Optional.empty();
  }

  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    release();
    for (Item item = queue.poll(); item != null; item = queue.poll()) {
      if (item instanceof Item.Frame one) {
        one.frame().close();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
