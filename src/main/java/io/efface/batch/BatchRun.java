package io.efface.batch;

import com.fasterxml.jackson.core.JsonGenerator;
import io.efface.pipeline.JobException;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/**
 * Does the jobs of a batch, some at a time. A job that fails does not stop the ones after it; being
 * cancelled does. What is finished already, as its report tells, is not done again.
 *
 * @param folder where all outputs go, kept by {@code journal}
 * @param journal told of everything; borrowed
 * @param redaction does the jobs
 * @param models SHA-256 of each model that jobs may use, in order
 * @param force whether finished outputs are made again
 * @param replaceable tells outputs that may be replaced although they are of another content than
 *     their input has now: those that were made, since the program began, of what the input was
 *     before; asked from the threads of all slots
 * @param slots how many jobs run at once, at least 1
 * @param listener told of everything
 */
public record BatchRun(
    Path folder,
    Journal journal,
    Redaction redaction,
    List<String> models,
    boolean force,
    Predicate<Path> replaceable,
    int slots,
    BatchListener listener) {

  /** Copies the list and checks the number of slots. */
  public BatchRun {
    models = List.copyOf(models);
    if (slots < 1) {
      throw new IllegalArgumentException("a batch needs at least one job slot");
    }
  }

  /** The same run with other outputs that may be replaced. */
  BatchRun replacing(Predicate<Path> outputs) {
    return new BatchRun(folder, journal, redaction, models, force, outputs, slots, listener);
  }

  /**
   * Does the jobs, each slot on a thread of its own that lives until all are done. Interrupting the
   * calling thread cancels the jobs that run.
   *
   * @return how each ended, by its number; what never began, since the run was stopped, is missing
   */
  public Map<Integer, Ending> run(List<Item> items) {
    BlockingQueue<Item> waiting = new LinkedBlockingQueue<>(items);
    Map<Integer, Ending> endings = new ConcurrentHashMap<>();
    List<Thread> threads = new ArrayList<>();
    for (int slot = 1; slot <= Math.min(slots, items.size()); slot++) {
      Thread thread = new Thread(() -> work(waiting, endings), "efface-slot-" + slot);
      thread.start();
      threads.add(thread);
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          threads.forEach(Thread::interrupt);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (endings.values().stream().noneMatch(BatchRun::isInterruption)) {
      for (Item item : items) {
        endings.computeIfAbsent(item.number(), number -> lost(item));
      }
    }
    return Map.copyOf(endings);
  }

  /** The ending of a job whose slot's thread ended, in the middle of it or before. */
  private Ending lost(Item item) {
    Throwable cause = new IllegalStateException("the thread of its job slot ended");
    return told(item, new Ending.Failed(Failure.of(item.input(), cause)));
  }

  /** Whether somebody stopped a job, and with it the run. */
  static boolean isInterruption(Ending ending) {
    return ending instanceof Ending.Failed failed
        && failed.failure().kind() == Failure.Kind.INTERRUPTED;
  }

  private void work(BlockingQueue<Item> waiting, Map<Integer, Ending> endings) {
    for (Item item = waiting.poll(); item != null; item = waiting.poll()) {
      Ending ending = one(item);
      endings.put(item.number(), ending);
      if (isInterruption(ending)) {
        waiting.clear();
      }
    }
  }

  private Ending one(Item item) {
    Ending ending;
    try {
      ending = attempt(item);
    } catch (RuntimeException | Error e) {
      // An error, too: the thread would end without a word, and the jobs behind would never begin.
      ending = new Ending.Failed(Failure.of(item.input(), e));
    }
    return told(item, ending);
  }

  /** Has an ending written down and told. */
  private Ending told(Item item, Ending ending) {
    Optional<String> unrecorded = record(item, ending).filter(why -> !isReason(ending, why));
    synchronized (listener) {
      unrecorded.ifPresent(listener::remark);
      listener.ended(item, ending);
    }
    return ending;
  }

  /** Whether a job failed for this very reason, which is told anyway. */
  private static boolean isReason(Ending ending, String why) {
    return ending instanceof Ending.Failed failed && failed.failure().message().equals(why);
  }

  /**
   * What stands where a job's output is to go.
   *
   * @throws java.util.concurrent.CancellationException if the program was stopped
   */
  Standing standing(Item item) {
    return Standing.of(item.job(), models, redaction::refuseStopped);
  }

  private Ending attempt(Item item) {
    Standing standing = standing(item);
    if (standing.state() == Standing.State.FINISHED && !force) {
      return new Ending.Skipped(standing.precedent().orElseThrow().attention());
    }
    boolean ours = mayReplace(item, standing.state());
    makeFolder(Objects.requireNonNull(item.job().output().toAbsolutePath().getParent()));
    journal.write("started", json -> identify(json, item));
    Progress progress;
    synchronized (listener) {
      progress = listener.started(item);
    }
    long start = System.nanoTime();
    Outcome.Redacted outcome =
        redaction.redact(item.job().overwriting(item.job().overwrite() || ours), progress);
    return new Ending.Done(outcome, Duration.ofNanos(System.nanoTime() - start));
  }

  /**
   * Whether what stands there may be replaced without being asked to.
   *
   * @throws JobException if it is to stay although a report tells what it is
   */
  private boolean mayReplace(Item item, Standing.State state) {
    return switch (state) {
      case FINISHED, STALE -> true;
      case NOTHING -> false;
      case FOREIGN -> {
        if (!item.job().overwrite()
            && !recordsWhatIsDone(item)
            && Files.exists(item.job().output())) {
          throw new JobException(existsAlready(item));
        }
        yield false;
      }
      case OTHER -> {
        if (!item.job().overwrite() && !replaceable.test(item.job().output())) {
          throw new JobException(ofAnother(item));
        }
        yield true;
      }
    };
  }

  /** Why an output that no report speaks of stays, and what to do. */
  static String existsAlready(Item item) {
    return item.job().output()
        + ": exists already; move it away or add --overwrite"
        + (recordsWhatIsDone(item)
            ? ""
            : ", or leave the JSON report on, which tells what is finished");
  }

  private static boolean recordsWhatIsDone(Item item) {
    return item.job().report().map(request -> request.format().json()).orElse(false);
  }

  /** Why the output of another input stays, and what to do. */
  static String ofAnother(Item item) {
    return item.input()
        + ": "
        + item.job().output()
        + " is the redaction of another file of this name, or of what this one was before; choose"
        + " another folder for outputs, or add --overwrite to replace it";
  }

  /** Makes an output's folder and refuses one that a symbolic link leads away from. */
  private void makeFolder(Path parent) {
    try {
      Files.createDirectories(parent);
      if (!parent.toRealPath().startsWith(folder.toRealPath())) {
        throw new JobException(
            parent + ": a symbolic link leads out of the output folder; remove it");
      }
    } catch (IOException e) {
      throw new JobException(parent + ": cannot be made a folder for outputs", e);
    }
  }

  /** Writes the journal's line; what becomes of that does not change how the job ended. */
  private Optional<String> record(Item item, Ending ending) {
    try {
      recordEnd(item, ending);
      return Optional.empty();
    } catch (JobException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void recordEnd(Item item, Ending ending) {
    if (ending instanceof Ending.Done done) {
      journal.write(
          "done",
          json -> {
            identify(json, item);
            json.writeNumberField("frames", done.outcome().frames());
            json.writeNumberField("seconds", done.took().toMillis() / 1e3);
            json.writeBooleanField("attention", !done.outcome().attention().isEmpty());
          });
    } else if (ending instanceof Ending.Skipped) {
      journal.write("skipped", json -> identify(json, item));
    } else if (ending instanceof Ending.Failed failed) {
      journal.write(
          failed.failure().kind().id(),
          json -> {
            identify(json, item);
            json.writeStringField("error", error(item, failed.failure().message()));
          });
    }
  }

  /**
   * The message without the input's name, which the journal must not tell where outputs hide it.
   */
  private static String error(Item item, String message) {
    String told = message.replace(item.input().toString(), item.label());
    String name = String.valueOf(item.input().getFileName());
    boolean hidden = item.job().recordedName().isPresent();
    return hidden && told.contains(name) ? "see standard error or the log" : told;
  }

  private static void identify(JsonGenerator json, Item item) throws IOException {
    json.writeStringField("output", item.label());
  }
}
