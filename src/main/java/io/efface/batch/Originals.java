package io.efface.batch;

import io.efface.pipeline.FileStamp;
import io.efface.pipeline.FreeName;
import io.efface.pipeline.JobException;
import io.efface.pipeline.Standing;
import io.efface.report.Check;
import io.efface.report.ReportHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What becomes of an original once its output is whole. */
public sealed interface Originals {

  /**
   * Deals with a finished job's original. Whatever is put under its name meanwhile stays.
   *
   * @param run what did the job; tells what stands there
   * @return what a person should know, where the original could not be dealt with as asked
   * @throws java.util.concurrent.CancellationException if the program was stopped; it stays then
   */
  Optional<String> settle(Source source, Item item, BatchRun run);

  /** It stays where it is. */
  record Keep() implements Originals {
    @Override
    public Optional<String> settle(Source source, Item item, BatchRun run) {
      return Optional.empty();
    }
  }

  /**
   * It is moved to a folder, in which it keeps its path; where a name is taken it gets a number.
   * What has changed since it was redacted stays.
   *
   * @param folder made if it is not there
   */
  record Move(Path folder) implements Originals {
    @Override
    public Optional<String> settle(Source source, Item item, BatchRun run) {
      try {
        FileStamp stamp = FileStamp.of(source.file());
        if (run.standing(item).state() != Standing.State.FINISHED) {
          return Optional.of(source.file() + ": stays, since it has changed since it was redacted");
        }
        Path target = folder.resolve(source.place());
        Files.createDirectories(target.toAbsolutePath().getParent());
        return Aside.end(source.file(), stamp, aside -> Files.move(aside, FreeName.of(target)));
      } catch (JobException | IOException e) {
        return Optional.of(
            source.file() + ": is redacted, but cannot be moved to " + folder + "; it stays");
      }
    }
  }

  /**
   * It is deleted, if the output is whole and of this very original, every check of a full audit
   * ran and passed, and nothing about the output wants a look. Else it stays.
   */
  record Delete() implements Originals {
    private static final Set<String> FULL =
        Set.of(Check.CONTAINER, Check.FRAMES, Check.REGIONS, Check.RESIDUE);

    @Override
    public Optional<String> settle(Source source, Item item, BatchRun run) {
      try {
        FileStamp stamp = FileStamp.of(source.file());
        Standing standing = run.standing(item);
        Optional<ReportHead> report =
            standing.state() == Standing.State.FINISHED ? standing.precedent() : Optional.empty();
        if (!report.map(Delete::isProved).orElse(false)) {
          return Optional.of(stays(source, "its output did not pass every check of a full audit"));
        }
        if (report.get().attention()) {
          return Optional.of(stays(source, "something about its output wants a look"));
        }
        return Aside.end(source.file(), stamp, Files::delete);
      } catch (JobException | IOException e) {
        return Optional.of(source.file() + ": is redacted, but cannot be deleted; it stays");
      }
    }

    private static String stays(Source source, String why) {
      return source.file()
          + ": stays, since "
          + why
          + "; look at it and delete the original by hand";
    }

    private static boolean isProved(ReportHead report) {
      Set<String> passed =
          report.checks().stream()
              .filter(Check::passed)
              .map(Check::name)
              .collect(Collectors.toSet());
      return passed.containsAll(FULL) && report.checks().stream().allMatch(Check::passed);
    }
  }
}
