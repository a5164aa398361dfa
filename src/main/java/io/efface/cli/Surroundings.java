package io.efface.cli;

import io.efface.isolation.Children;
import io.efface.isolation.Sandbox;
import io.efface.isolation.Workers;
import io.efface.models.Downloader;
import io.efface.models.ModelStore;
import io.efface.pipeline.JobRunner;
import io.efface.pipeline.Progress;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Function;

/**
 * What the commands need from outside.
 *
 * @param runner does the jobs
 * @param progress makes what shows a job's progress, on standard error
 * @param models finds models by name
 * @param downloader fetches models
 * @param input what lists of files are read from
 * @param workers do jobs in processes of their own
 * @param interruption told when somebody stops the program
 */
public record Surroundings(
    JobRunner runner,
    Function<PrintWriter, Progress> progress,
    ModelStore models,
    Downloader downloader,
    InputStream input,
    Workers.Factory workers,
    Interruption interruption) {

  /** How long a publisher may be silent. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The user's own models, fetched by a downloader with the usual patience. */
  public Surroundings(JobRunner runner, Function<PrintWriter, Progress> progress) {
    this(
        runner,
        progress,
        ModelStore.ofUser(),
        new Downloader(PATIENCE),
        System.in,
        (limits, view, outputs) -> new Children(Sandbox.best(), limits, view, outputs),
        new Interruption());
  }
}
