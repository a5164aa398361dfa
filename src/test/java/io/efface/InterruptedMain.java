package io.efface;

import io.efface.pipeline.ApplyJob;
import io.efface.pipeline.DetectJob;
import io.efface.pipeline.EvalJob;
import io.efface.pipeline.JobRunner;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.VerifyJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/** A program of its own whose job works until it is cancelled, and then tidies up. */
public final class InterruptedMain {
  private InterruptedMain() {}

  /** Runs {@link Main} over a job that makes its output and removes it when cancelled. */
  public static void main(String[] args) {
    Main.end(Main.run(new EndlessRunner(), args));
  }

  private static final class EndlessRunner implements JobRunner {
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final CountDownLatch tidy = new CountDownLatch(1);

    @Override
    public Outcome.Redacted redact(RedactionJob job, Progress progress) {
      try {
        Files.createFile(job.output());
        cancelled.await();
        Thread.sleep(100);
        Files.delete(job.output());
        tidy.countDown();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new CancellationException();
    }

    @Override
    public Outcome.Redacted apply(ApplyJob job, Progress progress) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Outcome.Detected detect(DetectJob job, Progress progress) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Outcome evaluate(EvalJob job, Progress progress) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Outcome.Verified verify(VerifyJob job, Progress progress) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void cancel() {
      cancelled.countDown();
      try {
        tidy.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
