package io.efface.cli;

import io.efface.batch.Failure;
import io.efface.media.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;

/** Passes on that somebody stops the program, once; safe from any thread. */
public final class Interruption {
  private final List<Runnable> told = new ArrayList<>();
  private volatile boolean stopped;

  /** Something that listens until it is closed. */
  interface Listening extends AutoCloseable {
    @Override
    void close();
  }

  /** Calls back when the program is stopped, at once if it is stopped already. */
  synchronized Listening listen(Runnable callback) {
    if (stopped) {
      callback.run();
    }
    told.add(callback);
    return () -> forget(callback);
  }

  private synchronized void forget(Runnable callback) {
    told.remove(callback);
  }

  /**
   * Does what may wait for others without end, such as reading from a pipe, on a thread of its own,
   * which is left to itself when the program is stopped.
   *
   * @throws CancellationException if it is stopped
   */
  // What listens is closed, never called.
  @SuppressWarnings("try")
  <T> T await(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "efface-waiting");
    thread.setDaemon(true);
    try (Listening listening = listen(() -> task.cancel(true))) {
      thread.start();
      return Stage.resultOf(task);
    }
  }

  /**
   * Why a job came to nothing. What a job throws once the program is stopped tells how far it was
   * and not what is wrong: libraries that were about to be loaded are refused, for instance.
   *
   * @param input what the job was about
   */
  Failure failure(Path input, Throwable e) {
    return Failure.of(input, isStopped() ? new CancellationException() : e);
  }

  /** Whether somebody has stopped the program, or the virtual machine is about to end. */
  boolean isStopped() {
    return stopped || isEnding();
  }

  /**
   * Goes on unless somebody has stopped the program.
   *
   * @throws CancellationException if so
   */
  void refuseStopped() {
    if (isStopped()) {
      throw new CancellationException();
    }
  }

  /**
   * Whether the virtual machine has begun to end, which nothing stops: it refuses changes of its
   * hooks before it has begun to call them.
   */
  public static boolean isEnding() {
    try {
      Runtime.getRuntime().removeShutdownHook(new Thread(() -> {}));
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** Stops the program's work. */
  public synchronized void cancel() {
    stopped = true;
    told.forEach(Runnable::run);
  }
}
