package io.efface.batch;

import io.efface.pipeline.JobException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** Works on what arrives in a folder, and then deals with the originals. Belongs to one thread. */
public final class Watch {
  private final Arrivals arrivals;
  private final Jobs jobs;
  private final BatchRun run;
  private final Originals originals;

  /**
   * Outputs of what an input was before it may change; none where originals do not stay, since an
   * output may be all that is left of one. Not changed while jobs run.
   */
  private final Set<Path> made = new HashSet<>();

  private Optional<String> lastFault = Optional.empty();
  private int numbered;

  /** Makes jobs for files. */
  @FunctionalInterface
  public interface Jobs {
    /** Jobs in the files' order, numbered from a number on. */
    List<Item> of(List<Source> sources, int first);
  }

  /**
   * A watch that has seen nothing yet.
   *
   * @param run does the jobs; its listener also hears what went wrong otherwise
   */
  public Watch(Arrivals arrivals, Jobs jobs, BatchRun run, Originals originals) {
    this.arrivals = arrivals;
    this.jobs = jobs;
    this.run = run.replacing(made::contains);
    this.originals = originals;
  }

  /**
   * Works on what has arrived by now, if anything.
   *
   * @return whether it was stopped
   */
  public boolean round() {
    List<Source> sources;
    try {
      sources = arrivals.next(run.listener()::remark);
      lastFault = Optional.empty();
    } catch (JobException e) {
      Optional<String> fault = Optional.of(String.valueOf(e.getMessage()));
      // It is looked again and again: a fault that stays is told once.
      fault.filter(told -> !fault.equals(lastFault)).ifPresent(run.listener()::remark);
      lastFault = fault;
      return false;
    } catch (CancellationException e) {
      return true;
    }
    if (sources.isEmpty()) {
      return false;
    }
    List<Item> items = new ArrayList<>(jobs.of(sources, numbered + 1));
    numbered += items.size();
    Map<Integer, Source> byNumber = new HashMap<>();
    for (int i = 0; i < items.size(); i++) {
      byNumber.put(items.get(i).number(), sources.get(i));
    }
    Map<Integer, Ending> endings = run.run(items);
    for (Item item : items) {
      Ending ending = endings.get(item.number());
      Source source = byNumber.get(item.number());
      if (source != null && (ending instanceof Ending.Done || ending instanceof Ending.Skipped)) {
        if (originals instanceof Originals.Keep) {
          made.add(item.job().output());
        }
        try {
          originals.settle(source, item, run).ifPresent(run.listener()::remark);
        } catch (CancellationException e) {
          // It stays, and is dealt with when the watch is begun again.
          return true;
        }
      }
    }
    return endings.size() < items.size()
        || endings.values().stream().anyMatch(BatchRun::isInterruption);
  }
}
