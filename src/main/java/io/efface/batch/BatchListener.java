package io.efface.batch;

import io.efface.pipeline.Progress;

/** Told how a batch goes on; never by two threads at once but for the progress of its jobs. */
public interface BatchListener {
  /** A job begins; gives what hears of its progress, on the job's threads. */
  Progress started(Item item);

  /** Something that changes nothing but should be known, in a line. */
  void remark(String line);

  /** A job ended. */
  void ended(Item item, Ending ending);
}
