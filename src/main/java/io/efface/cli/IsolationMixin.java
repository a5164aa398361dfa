package io.efface.cli;

import io.efface.isolation.Limits;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how many jobs run at once, where, and what each may take. */
final class IsolationMixin {
  /** Where jobs run. */
  enum Isolate {
    /** Many files in processes of their own, one file in this one unless it is given bounds. */
    AUTO,
    /** In this process. */
    OFF
  }

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--isolate",
      paramLabel = "auto|off",
      description =
          "auto: with -d and more than one file, or with --silence, --memory or --max-megapixels,"
              + " footage is opened in processes that can do little harm ('efface doctor' tells"
              + " how little) and cost one file when they crash (default: auto).")
  private @Nullable Isolate isolate;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Files that are worked on at once with -d (default: 1).")
  private @Nullable Integer jobs;

  @Option(
      names = "--silence",
      paramLabel = "SECONDS",
      description =
          "With processes: how long nothing of a file may get on before it is given up (default: "
              + Limits.DEFAULT_SILENCE_SECONDS
              + ").")
  private @Nullable Integer silence;

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      description =
          "With processes: what each may have (default: half of the machine's, shared out, at least"
              + " 2048).")
  private @Nullable Long memory;

  @Option(
      names = "--max-megapixels",
      paramLabel = "N",
      description =
          "With processes: the largest picture (default: " + Limits.DEFAULT_MEGAPIXELS + ").")
  private @Nullable Integer megapixels;

  /** How many jobs run at once. */
  int slots() {
    return jobs == null ? 1 : jobs;
  }

  /**
   * What each of the processes may take; empty where jobs run in this one.
   *
   * @param files how many files there are
   * @throws ParameterException if the options are out of range or contradict each other
   */
  Optional<Limits> limits(int files) {
    if (slots() < 1 || slots() > 64) {
      throw Usage.error(spec, "--jobs is 1 to 64");
    }
    checkBounds();
    if (isolate == Isolate.OFF) {
      if (slots() > 1 || silence != null || memory != null || megapixels != null) {
        throw Usage.error(
            spec,
            "--jobs, --silence, --memory and --max-megapixels need processes; leave out"
                + " --isolate off");
      }
      return Optional.empty();
    }
    Limits usual = Limits.shared(slots());
    Limits limits =
        Usage.checked(
            spec,
            () ->
                new Limits(
                    silence == null ? usual.silence() : Duration.ofSeconds(silence),
                    memory == null ? usual.memoryBytes() : memory << 20,
                    megapixels == null ? usual.megapixels() : megapixels,
                    usual.cores()));
    boolean bounded = silence != null || memory != null || megapixels != null;
    return files > 1 || bounded ? Optional.of(limits) : Optional.empty();
  }

  private void checkBounds() {
    if (silence != null && silence < 1) {
      throw Usage.error(spec, "--silence is at least 1 second, not " + silence);
    }
    long most = Limits.machineMebibytes();
    if (memory != null && (memory < Limits.LEAST_MEBIBYTES || memory > most)) {
      throw Usage.error(
          spec,
          "--memory is "
              + Limits.LEAST_MEBIBYTES
              + " to "
              + most
              + " MiB, which is all that this machine has, not "
              + memory);
    }
    if (megapixels != null && megapixels < 1) {
      throw Usage.error(spec, "--max-megapixels is at least 1, not " + megapixels);
    }
  }

  /** Whether an option was given that only a folder of outputs has a use for. */
  boolean given() {
    return isolate != null
        || jobs != null
        || silence != null
        || memory != null
        || megapixels != null;
  }
}
