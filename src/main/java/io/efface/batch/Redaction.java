package io.efface.batch;

import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionJob;

/** Does jobs of a batch; throws as {@link io.efface.pipeline.JobRunner#redact}. */
@FunctionalInterface
public interface Redaction {
  /** Does a job; called by as many threads at once as there are job slots. */
  Outcome.Redacted redact(RedactionJob job, Progress progress);

  /**
   * Asked again and again while large files are read to tell whether there is anything to do.
   *
   * @throws java.util.concurrent.CancellationException if the program was stopped
   */
  default void refuseStopped() {}
}
