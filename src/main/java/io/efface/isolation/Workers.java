package io.efface.isolation;

import io.efface.pipeline.Length;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionJob;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Does jobs where footage can do little harm. Safe for many threads; whoever opens it closes it.
 */
public interface Workers extends AutoCloseable {

  /** Opens such workers. */
  @FunctionalInterface
  interface Factory {
    /**
     * Opens workers.
     *
     * @param view what they may see, where they write to a given folder
     * @param outputs the folder of the outputs, made if it is not there
     * @throws io.efface.pipeline.JobException if that cannot be written to
     */
    Workers open(Limits limits, Function<Path, View> view, Path outputs);
  }

  /**
   * Does a job; throws as {@link io.efface.pipeline.JobRunner#redact}, and {@link
   * io.efface.pipeline.JobException} where a limit is passed or a worker is lost.
   */
  Outcome.Redacted redact(RedactionJob job, Progress progress);

  /**
   * Tells how long a film is.
   *
   * @throws io.efface.pipeline.JobException if it cannot be read
   */
  Length measure(Path file);

  /** Ends all work, from any thread, and refuses what would follow. */
  void cancel();

  @Override
  void close();
}
