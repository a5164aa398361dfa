package io.efface.cli;

import io.efface.isolation.Limits;
import io.efface.isolation.Workers;
import io.efface.pipeline.JobException;
import io.efface.pipeline.Length;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Hands jobs on to a runner in this process. */
record FakeWorkers(FakeRunner runner, Limits limits) implements Workers {

  FakeWorkers {
    runner.limits.add(limits);
  }

  @Override
  public Outcome.Redacted redact(RedactionJob job, Progress progress) {
    synchronized (runner) {
      return runner.redact(job, progress);
    }
  }

  @Override
  public Length measure(Path file) {
    if (!Files.exists(file)) {
      throw new JobException(file + ": no such file");
    }
    return new Length(OptionalLong.of(500), OptionalDouble.of(20));
  }

  @Override
  public void cancel() {}

  @Override
  public void close() {}
}
