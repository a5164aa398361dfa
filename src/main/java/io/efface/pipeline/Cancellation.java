package io.efface.pipeline;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A flag that says whether the work should stop, and a count of the steps that asked; safe from any
 * thread.
 */
final class Cancellation {
  private final AtomicBoolean asked = new AtomicBoolean();
  private final AtomicLong steps = new AtomicLong();

  /** Asks the work to stop. */
  void cancel() {
    asked.set(true);
  }

  /**
   * Goes on, or ends the work.
   *
   * @throws CancellationException if a stop was asked for or the thread was interrupted
   */
  void check() {
    steps.incrementAndGet();
    if (asked.get() || Thread.currentThread().isInterrupted()) {
      throw new CancellationException("stopped");
    }
  }

  /** How often the work asked so far, which is once a frame of each pass and a block of a file. */
  long steps() {
    return steps.get();
  }
}
