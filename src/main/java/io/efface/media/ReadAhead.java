package io.efface.media;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Decodes on a thread of its own, a few frames ahead of whoever looks at them. Used by one thread;
 * the reader belongs to the inner thread until {@link #next} has returned empty or {@link #close}
 * has returned, and is not closed with this.
 */
public final class ReadAhead implements AutoCloseable {
  /**
   * Memory for frames, in MiB: those that wait and the one that is looked at. Enough for some half
   * a second of full HD, so that decoding goes on while a frame is looked at closely.
   */
  private static final int ROOM_MIB = 48;

  /** A frame counts as so much at least, and at most, whatever it holds: 24 frames, or 4. */
  private static final int LEAST_MIB = ROOM_MIB / 24;

  private static final int MOST_MIB = ROOM_MIB / 4;

  /** Frames, then an empty place for the end, unless nobody looks any more. */
  private final BlockingQueue<Optional<Held>> queue = new LinkedBlockingQueue<>();

  private final Semaphore room = new Semaphore(ROOM_MIB);

  private final Stage<Long> decoding;
  private Optional<Held> current = Optional.empty();
  private boolean ended;

  /** A frame, and the room that it was given: over other memory it may count for more or less. */
  private record Held(DetachedFrame frame, int mebibytes) {}

  /**
   * Begins to decode.
   *
   * @param reader borrowed, see above
   * @param most frames to read at most
   */
  public ReadAhead(VideoReader reader, long most) {
    this(reader, most, frame -> {});
  }

  /**
   * The same, with work on each frame that needs nothing but the frames before it.
   *
   * @param first sees each frame, in order, on the decoding thread before {@link #next} gives it;
   *     borrows it for the call; what it throws, {@code next} throws
   */
  public ReadAhead(VideoReader reader, long most, Consumer<VideoFrame> first) {
    decoding = Stage.start("efface-decode", () -> decode(reader, most, first));
  }

  private long decode(VideoReader reader, long most, Consumer<VideoFrame> first)
      throws InterruptedException {
    long frames = 0;
    try {
      while (frames < most) {
        Optional<VideoFrame> frame = reader.next();
        if (frame.isEmpty()) {
          break;
        }
        first.accept(frame.get());
        handOver(reader.decoder().detach());
        frames++;
      }
    } catch (RuntimeException | Error e) {
      queue.put(Optional.empty());
      throw e;
    }
    queue.put(Optional.empty());
    return frames;
  }

  private void handOver(DetachedFrame frame) throws InterruptedException {
    Held held = new Held(frame, mebibytes(frame));
    try {
      room.acquire(held.mebibytes());
      queue.put(Optional.of(held));
    } catch (InterruptedException e) {
      frame.close();
      throw e;
    }
  }

  private static int mebibytes(DetachedFrame frame) {
    long bytes = frame.view().planes().stream().mapToLong(plane -> plane.data().capacity()).sum();
    return (int) Math.max(LEAST_MIB, Math.min(MOST_MIB, bytes >> 20));
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
      current = queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped");
    }
    if (current.isEmpty()) {
      ended = true;
      long unused = decoding.result();
    }
    return current.map(held -> held.frame().view());
  }

  /**
   * Keeps the current frame beyond the next one.
   *
   * @return owned by the caller, who must not hold many: their memory is not counted
   * @throws IllegalStateException if there is no current frame
   * @throws MediaException if there is no memory for it
   */
  public DetachedFrame keep() {
    return held().share();
  }

  /**
   * Makes the current frame safe to write to, as {@link VideoDecoder#makeWritable}.
   *
   * @return the frame over memory of its own, valid as long as the one it replaces would be
   * @throws IllegalStateException if there is no current frame
   */
  public VideoFrame makeWritable() {
    return held().makeWritable();
  }

  private DetachedFrame held() {
    return current.orElseThrow(() -> new IllegalStateException("no current frame")).frame();
  }

  private void release() {
    current.ifPresent(
        held -> {
          held.frame().close();
          room.release(held.mebibytes());
        });
    current = Optional.empty();
  }

  @Override
  public void close() {
    decoding.close();
    release();
    queue.forEach(waiting -> waiting.map(Held::frame).ifPresent(DetachedFrame::close));
    queue.clear();
  }
}
