package io.efface.pipeline;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A flag that says whether the work should stop; safe from any thread. */
final class Cancellation {
  private final AtomicBoolean asked = new AtomicBoolean();

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
    if (asked.get() || Thread.currentThread().isInterrupted()) {
      throw new CancellationException("stopped");
    }
  }
}
