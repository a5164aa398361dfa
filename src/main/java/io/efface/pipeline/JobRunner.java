package io.efface.pipeline;

/**
 * Runs jobs one after another. Each call returns when the output is whole or throws with nothing
 * left behind.
 */
public interface JobRunner {

  /**
   * Finds, follows and destroys.
   *
   * @throws JobException if the job cannot be done as asked
   * @throws io.efface.media.MediaException if footage cannot be read or written
   * @throws io.efface.detect.DetectionException if the model cannot be loaded or run
   * @throws java.util.concurrent.CancellationException after {@link #cancel}
   */
  Outcome.Redacted redact(RedactionJob job, Progress progress);

  /** Renders a manifest; throws as {@link #redact}. */
  Outcome.Redacted apply(ApplyJob job, Progress progress);

  /** Analyses only; throws as {@link #redact}. */
  Outcome.Detected detect(DetectJob job, Progress progress);

  /**
   * Measures: {@link Outcome.Scored} for stills, {@link Outcome.Judged} for a clip. Throws as
   * {@link #redact}.
   *
   * @throws io.efface.eval.TruthException if the list of truth cannot be used
   */
  Outcome evaluate(EvalJob job, Progress progress);

  /**
   * Audits a file that any program may have made; writes nothing. Throws as {@link #redact} where
   * the manifest or the original cannot be read; what is wrong with the file itself is the outcome.
   */
  Outcome.Verified verify(VerifyJob job, Progress progress);

  /**
   * Asks the running job to stop, from any thread, and waits until it has removed what it had
   * begun. Later jobs are refused.
   */
  void cancel();
}
