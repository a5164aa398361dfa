package io.efface.cli;

import io.efface.batch.Redaction;
import io.efface.isolation.Limits;
import io.efface.isolation.View;
import io.efface.isolation.Workers;
import io.efface.pipeline.Length;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionJob;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * Where a batch's jobs are done: in processes of their own, which end when the program is stopped,
 * or in this one. Whoever opens it closes it.
 *
 * @param redaction does a job
 * @param measure tells a film's length
 * @param end releases what was opened
 */
record JobSlots(Redaction redaction, Function<Path, Length> measure, Runnable end)
    implements AutoCloseable {

  /**
   * Opens slots.
   *
   * @param limits of each process; empty for this process
   * @param inputs what jobs read
   * @param model the model's name or file, or several
   * @param outputs the folder where processes may write
   */
  static JobSlots open(
      Surroundings surroundings,
      Optional<Limits> limits,
      Collection<Path> inputs,
      String model,
      Path outputs) {
    Interruption interruption = surroundings.interruption();
    if (limits.isEmpty()) {
      return new JobSlots(
          new Stoppable(surroundings.runner()::redact, interruption), Length::of, () -> {});
    }
    Workers workers =
        surroundings
            .workers()
            .open(
                limits.get(),
                writable -> View.of(inputs, model, surroundings.models(), writable),
                outputs);
    Interruption.Listening listening = interruption.listen(workers::cancel);
    return new JobSlots(
        new Stoppable(workers::redact, interruption),
        workers::measure,
        () -> {
          listening.close();
          workers.close();
        });
  }

  /** Whatever a job throws after the program was stopped says no more than that it was. */
  private record Stoppable(Redaction of, Interruption interruption) implements Redaction {
    @Override
    public Outcome.Redacted redact(RedactionJob job, Progress progress) {
      try {
        return of.redact(job, progress);
      } catch (RuntimeException | LinkageError e) {
        if (interruption.isStopped()) {
          CancellationException stopped = new CancellationException();
          stopped.initCause(e);
          throw stopped;
        }
        throw e;
      }
    }

    @Override
    public void refuseStopped() {
      interruption.refuseStopped();
    }
  }

  @Override
  public void close() {
    end.run();
  }
}
