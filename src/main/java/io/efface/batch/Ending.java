package io.efface.batch;

import io.efface.pipeline.Outcome;
import java.time.Duration;

/** How a job of a batch ended. */
public sealed interface Ending {

  /**
   * A whole output stands under its name.
   *
   * @param outcome what was made
   * @param took how long it took
   */
  record Done(Outcome.Redacted outcome, Duration took) implements Ending {}

  /**
   * The output was there already, whole, made of the same input with the same options.
   *
   * @param attention whether its report says that somebody should look at it
   */
  record Skipped(boolean attention) implements Ending {}

  /**
   * There is no output, and nothing was left behind.
   *
   * @param failure why
   */
  record Failed(Failure failure) implements Ending {}
}
