package io.efface.media;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Work on a thread of its own. Closing it interrupts the work and waits for its end, so that
 * nothing native is freed under it.
 *
 * @param <T> what the work comes to
 */
public final class Stage<T> implements AutoCloseable {
  private final FutureTask<T> task;
  private final Thread thread;

  private Stage(String name, Callable<T> work) {
    this.task = new FutureTask<>(work);
    this.thread = new Thread(task, name);
  }

  /** Starts the work; whoever starts it closes it. */
  public static <T> Stage<T> start(String name, Callable<T> work) {
    Stage<T> stage = new Stage<>(name, work);
    stage.thread.start();
    return stage;
  }

  /** Waits for the result, or throws what the work threw. */
  public T result() {
    return resultOf(task);
  }

  /**
   * Waits for what work on any other thread comes to, or throws what it threw.
   *
   * @throws CancellationException if the work is cancelled, or the waiting thread interrupted
   */
  public static <T> T resultOf(Future<T> task) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
