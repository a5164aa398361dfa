package io.efface.batch;

import io.efface.media.MediaException;
import io.efface.pipeline.JobException;
import io.efface.pipeline.Length;
import io.efface.pipeline.Standing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a run would do with one job.
 *
 * @param item the job
 * @param fate what would become of it
 * @param length how long the film is, where it is to be worked on and tells
 * @param problem why it would be refused, as far as can be told without working on it
 */
public record Forecast(Item item, Fate fate, Optional<Length> length, Optional<String> problem) {

  /** What would become of a job. */
  public enum Fate {
    /** It would be done. */
    DO,
    /** It would be done again, since options or models changed or its files did, or by request. */
    REDO,
    /** It is finished. */
    SKIP,
    /** It would be refused. */
    REFUSE
  }

  /**
   * Looks at one job; nothing is written.
   *
   * @param models SHA-256 of each model that the job may use, in order
   * @param force whether finished outputs are made again
   * @param measure tells a film's length; throws as {@link Length#of}
   * @param everyBlock called before each block of a file that is read; may throw to end the look
   */
  public static Forecast of(
      Item item,
      List<String> models,
      boolean force,
      Function<Path, Length> measure,
      Runnable everyBlock) {
    try {
      Standing.State state = Standing.of(item.job(), models, everyBlock).state();
      if (state == Standing.State.FINISHED && !force) {
        return new Forecast(item, Fate.SKIP, Optional.empty(), Optional.empty());
      }
      if (state == Standing.State.FOREIGN && !item.job().overwrite()) {
        return refused(item, BatchRun.existsAlready(item));
      }
      if (state == Standing.State.OTHER && !item.job().overwrite()) {
        return refused(item, BatchRun.ofAnother(item));
      }
      return new Forecast(
          item,
          state == Standing.State.NOTHING ? Fate.DO : Fate.REDO,
          Optional.of(measure.apply(item.input())),
          Optional.empty());
    } catch (MediaException | JobException e) {
      return refused(item, String.valueOf(e.getMessage()));
    }
  }

  private static Forecast refused(Item item, String why) {
    return new Forecast(item, Fate.REFUSE, Optional.empty(), Optional.of(why));
  }
}
