package io.efface.cli;

import java.util.ArrayList;
import java.util.List;

/** Passes on that somebody stops the program, once; safe from any thread. */
public final class Interruption {
  private final List<Runnable> told = new ArrayList<>();
  private boolean stopped;

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

  /** Stops the program's work. */
  public synchronized void cancel() {
    stopped = true;
    told.forEach(Runnable::run);
  }
}
