package io.efface.isolation;

import io.efface.audit.AuditException;
import io.efface.batch.Failure;
import io.efface.detect.OnnxLibrary;
import io.efface.media.Natives;
import io.efface.pipeline.JobException;
import io.efface.pipeline.Length;
import io.efface.pipeline.OtherProcess;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.StagedJob;
import io.efface.pipeline.Staging;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Does jobs in child processes, one for each job that runs at once, kept from job to job and
 * replaced when it is lost, or when another file or folder stands where it was shown one. Safe for
 * many threads; whoever opens it closes it.
 */
public final class Children implements Workers {
  private final Sandbox sandbox;
  private final Limits limits;
  private final Function<Path, View> view;
  private final Staging staging;
  private final Deque<ChildProcess> idle = new ConcurrentLinkedDeque<>();
  private final Set<ChildProcess> all = ConcurrentHashMap.newKeySet();

  /** A sandbox may end with the thread that started it, so one that outlives them all does that. */
  private final ExecutorService starter =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "efface-children");
            thread.setDaemon(true);
            return thread;
          });

  private volatile boolean cancelled;

  /**
   * Children that write below a folder.
   *
   * @param view what they see, where they write to a given folder
   * @param outputs the folder of the outputs, made if it is not there
   * @throws JobException if that cannot be written to
   */
  public Children(Sandbox sandbox, Limits limits, Function<Path, View> view, Path outputs) {
    // Children see what is unpacked already, and cannot unpack what is missing beside it.
    Natives.load();
    Natives.loadOpenCv();
    OnnxLibrary.prepare();
    this.sandbox = sandbox;
    this.limits = limits;
    this.view = view;
    this.staging = Staging.in(outputs);
  }

  @Override
  public Outcome.Redacted redact(RedactionJob job, Progress progress) {
    try (StagedJob staged = stage(job)) {
      Reply.Last reply =
          ask(new Request.Redact(staged.job()), job.input(), new OfOutput(job.output(), progress));
      if (reply instanceof Reply.Redacted redacted) {
        return staged.publish(
            new Outcome.Redacted(
                job.input(),
                job.output(),
                Optional.empty(),
                redacted.frames(),
                redacted.objects(),
                0,
                redacted.corruptFrames(),
                redacted.attention(),
                redacted.notes()),
            this::refuseCancelled);
      }
      throw failure(job, staged, reply);
    } finally {
      progress.finished();
    }
  }

  /** Tells of the output by the name that it is to get, which the child does not know. */
  private record OfOutput(Path output, Progress told) implements Progress {
    @Override
    public void started(Path input, OptionalLong frames) {
      told.started(input, frames);
    }

    @Override
    public void advanced(long frames, int objects) {
      told.advanced(frames, objects);
    }

    @Override
    public void auditing(Path ignored, OptionalLong frames) {
      told.auditing(output, frames);
    }

    @Override
    public void finished() {
      told.finished();
    }
  }

  private StagedJob stage(RedactionJob job) {
    synchronized (staging) {
      return staging.stage(job);
    }
  }

  /** Why a job came to nothing, by what a child says. */
  static RuntimeException failure(RedactionJob asked, StagedJob staged, Reply.Last reply) {
    if (!(reply instanceof Reply.Failed failed)) {
      return new JobException(staged.job().input() + ": its process answered something else");
    }
    if (failed.kind() == Failure.Kind.AUDIT_FAILED) {
      return new AuditException(staged.quarantined(failed.message()));
    }
    String message = staged.retold(failed.message());
    return switch (failed.kind()) {
      case INTERNAL -> new IllegalStateException(message);
      // Only this process stops a batch; a child that says so of itself failed with one file.
      case INTERRUPTED ->
          new JobException(
              asked.input() + ": its process stopped without being told to; nothing was kept");
      default -> new JobException(message);
    };
  }

  @Override
  public Length measure(Path file) {
    Path named = OtherProcess.named(file);
    Reply.Last reply = ask(new Request.Measure(named), file, Progress.NONE);
    if (reply instanceof Reply.Measured measured) {
      return measured.length();
    }
    String message = reply instanceof Reply.Failed failed ? failed.message() : "cannot be read";
    throw new JobException(message.replace(named.toString(), file.toString()));
  }

  /** What a child can do that it should not. */
  Reply.Probed probe(int port, Path file) {
    Reply.Last reply = ask(new Request.Probe(port, file), file, Progress.NONE);
    if (reply instanceof Reply.Probed probed) {
      return probed;
    }
    throw new JobException("a child process does not answer as it should");
  }

  private Reply.Last ask(Request request, Path subject, Progress progress) {
    refuseCancelled();
    ChildProcess child = child(request);
    try {
      refuseCancelled();
      Reply.Last reply = child.ask(request, subject, progress);
      idle.push(child);
      return reply;
    } catch (RuntimeException e) {
      child.close();
      all.remove(child);
      refuseCancelled();
      throw e;
    }
  }

  /** One that is idle, or a new one where a folder was made or mounted anew since they began. */
  private ChildProcess child(Request request) {
    for (ChildProcess child = idle.poll(); child != null; child = idle.poll()) {
      if (child.usable() && child.sees(request)) {
        return child;
      }
      child.close();
      all.remove(child);
    }
    ChildProcess child =
        ChildProcess.start(this::started, sandbox, view.apply(staging.folder()), limits);
    all.add(child);
    return child;
  }

  /** Starts a process; an interrupted thread waits all the same, or nobody would end it. */
  private Process started(ProcessBuilder builder) throws IOException {
    Future<Process> process = starter.submit(builder::start);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return process.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void refuseCancelled() {
    if (cancelled) {
      throw new CancellationException("stopped");
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    all.forEach(child -> child.handle().destroyForcibly());
  }

  /** Processes that are at work, for tests that end them. */
  List<ProcessHandle> handles() {
    return all.stream().map(ChildProcess::handle).toList();
  }

  @Override
  public void close() {
    all.forEach(ChildProcess::close);
    all.clear();
    idle.clear();
    starter.shutdown();
    staging.close();
  }
}
