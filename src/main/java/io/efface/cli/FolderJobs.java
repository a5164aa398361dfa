package io.efface.cli;

import io.efface.batch.BatchListener;
import io.efface.batch.BatchRun;
import io.efface.batch.Forecast;
import io.efface.batch.Item;
import io.efface.batch.Journal;
import io.efface.batch.Naming;
import io.efface.batch.Redaction;
import io.efface.batch.Source;
import io.efface.models.ModelStore;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.Editing;
import io.efface.pipeline.JobException;
import io.efface.pipeline.Leftovers;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RenderOptions;
import io.efface.pipeline.ReportRequest;
import io.efface.pipeline.Standing;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes and runs the jobs whose outputs go to one folder.
 *
 * @param folder the folder
 * @param detection what is looked for
 * @param render how it is destroyed
 * @param overwrite whether files may be replaced that no report speaks of, and outputs of other
 *     inputs
 * @param report the reports of an output
 * @param naming how outputs are called
 */
record FolderJobs(
    Path folder,
    DetectionOptions detection,
    RenderOptions render,
    boolean overwrite,
    Function<Path, Optional<ReportRequest>> report,
    Naming naming) {

  /** The jobs for files, in their order, numbered from 1. */
  List<Item> items(List<Source> sources) {
    return items(sources, 1);
  }

  /** The jobs for files, in their order, numbered from a number on. */
  List<Item> items(List<Source> sources, int first) {
    List<Path> places = naming.places(sources);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      items.add(item(first + i, sources.get(i), places.get(i)));
    }
    return items;
  }

  private Item item(int number, Source source, Path place) {
    Path named = place.resolveSibling(OutputNames.inFolder(place));
    Path to = folder.resolve(named);
    Optional<String> recorded =
        naming.hides() ? Optional.of(String.valueOf(place.getFileName())) : Optional.empty();
    return new Item(
        number,
        named.toString(),
        new RedactionJob(
            source.file(),
            recorded,
            to,
            detection,
            render,
            overwrite,
            report.apply(to),
            Editing.NONE));
  }

  /**
   * SHA-256 of each model that the jobs may use.
   *
   * @throws io.efface.detect.DetectionException if one is not at hand
   */
  List<String> models(ModelStore store) {
    return Standing.models(detection, store);
  }

  /**
   * Does the jobs.
   *
   * @param redaction does one, in as many threads as there are slots
   * @param force whether finished outputs are made again
   * @throws JobException if the folder cannot be worked in
   */
  void run(
      List<Item> items,
      List<String> models,
      Redaction redaction,
      boolean force,
      int slots,
      BatchListener listener) {
    try (Journal journal = Journal.open(folder, Clock.systemUTC())) {
      removeLeftovers(items);
      BatchRun batch =
          new BatchRun(
              folder,
              journal,
              redaction,
              models,
              force,
              /* replaceable= */ output -> false,
              slots,
              listener);
      batch.run(items);
    }
  }

  private void removeLeftovers(List<Item> items) {
    Set<Path> folders = new HashSet<>(Set.of(folder.toAbsolutePath()));
    items.forEach(item -> folders.add(item.job().output().toAbsolutePath().getParent()));
    Leftovers.remove(folders);
  }

  /** What {@link #run} would do. */
  List<Forecast> forecast(List<Item> items, List<String> models, boolean force, JobSlots slots) {
    return items.stream()
        .map(
            item ->
                Forecast.of(item, models, force, slots.measure(), slots.redaction()::refuseStopped))
        .toList();
  }
}
