package io.efface.cli;

import io.efface.batch.Claims;
import io.efface.batch.Journal;
import io.efface.batch.NameKey;
import io.efface.batch.Naming;
import io.efface.media.Container;
import io.efface.media.ImageFormat;
import io.efface.pipeline.JobException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options for many files and a folder of outputs. */
final class BatchMixin {
  private static final String HASH = "hash:";

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--rename",
      paramLabel = "counter|hash:KEYFILE",
      description =
          "Call outputs 000001, 000002, ... or by a hash of the input's name with a secret key (made"
              + " if it is not there); neither they nor their reports tell the inputs' names.")
  private @Nullable String rename;

  @Option(names = "--force", description = "Make outputs again that are finished.")
  private boolean force;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "Append what happens to this file, a log of Efface's or a new one, with times.")
  private @Nullable Path log;

  /**
   * How outputs are called. Nothing is written; {@link Naming#keep} does that.
   *
   * @param folder where outputs go, in which no key may lie
   * @throws ParameterException if it is neither way, or the key cannot be used
   */
  Naming naming(Path folder) {
    if (rename == null) {
      return new Naming.Kept();
    }
    if (rename.equals("counter")) {
      return new Naming.Counted();
    }
    if (!rename.startsWith(HASH) || rename.length() == HASH.length()) {
      throw Usage.error(
          spec, "--rename is counter, or hash: and a file with a key, as in hash:names.key");
    }
    Path file = Path.of(rename.substring(HASH.length()));
    if (Folders.isWithin(file, folder)) {
      throw Usage.error(
          spec, "the key " + file + " would lie among the outputs; keep it elsewhere");
    }
    try {
      return new Naming.Hashed(NameKey.of(file));
    } catch (JobException e) {
      throw Usage.error(spec, Failures.message(e));
    }
  }

  boolean force() {
    return force;
  }

  /**
   * The log's file, to which nothing is written yet.
   *
   * @param folder where outputs go
   * @param inputs files that are read, as far as they are known
   * @param outputs files that are written, as far as they are known
   * @throws ParameterException if it would tell names among outputs that hide them, is needed for
   *     something else, or is there and no log
   */
  Optional<Path> log(Path folder, Collection<Path> inputs, Collection<Path> outputs) {
    if (log == null) {
      return Optional.empty();
    }
    if (rename != null && Folders.isWithin(log, folder)) {
      throw Usage.error(
          spec, "the log " + log + " tells the inputs' names; keep it out of " + folder);
    }
    List<Path> read = new ArrayList<>(inputs);
    read.add(folder.resolve(Journal.NAME));
    if (rename != null && rename.startsWith(HASH)) {
      read.add(Path.of(rename.substring(HASH.length())));
    }
    List<Path> written = new ArrayList<>(outputs);
    written.add(log);
    if (Claims.fault(read, written).isPresent()
        || (Folders.isWithin(log, folder) && isNamedAsAnOutput(log))) {
      throw Usage.error(
          spec,
          "the log "
              + log
              + " would be written where an input, an output, a report, a key or the journal lies;"
              + " name another file");
    }
    if (!BatchLog.canContinue(log)) {
      throw Usage.error(spec, log + " is there and no log of Efface's; name another file");
    }
    return Optional.of(log);
  }

  /** Whether an output of a later run, or of what is still to arrive, may have this name. */
  private static boolean isNamedAsAnOutput(Path file) {
    return Container.ofName(file).isPresent()
        || ImageFormat.ofName(file).isPresent()
        || OutputNames.fileName(file)
            .toLowerCase(Locale.ROOT)
            .matches(".*\\.report\\.(json|html|sig)");
  }

  /** Whether an option was given that only a folder of outputs has a use for. */
  boolean given() {
    return rename != null || force || log != null;
  }
}
