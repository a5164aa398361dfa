package io.efface.cli;

import io.efface.batch.Failure;
import io.efface.bench.Benchmark;
import io.efface.bench.Figures;
import io.efface.bench.Subject;
import io.efface.media.EncoderSettings.Preset;
import io.efface.media.MediaException;
import io.efface.pipeline.JobException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code efface bench CLIP}: times redactions of a clip against FFmpeg's transcode. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Time redactions of a clip against the bundled FFmpeg's own transcode of it, in turns.",
      "Speeds, CPU time and memory are in units of the transcode's: a speed of 0.5 takes twice its"
          + " time. Works in a folder of its own in the system's temporary folder, where one of the"
          + " runs writes the clip as it is; all is removed."
    })
final class BenchCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Spec private @Nullable CommandSpec spec;
  @ParentCommand private @Nullable RootCommand root;

  @Parameters(paramLabel = "CLIP", description = "The video to redact.")
  private Path clip = Path.of("");

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each is timed (default: ${DEFAULT-VALUE}).",
      defaultValue = "3")
  private int rounds;

  @Option(
      names = "--preset",
      paramLabel = "PRESET",
      description = "The encoder's effort, ultrafast to veryslow (default: ${DEFAULT-VALUE}).",
      defaultValue = "fast")
  private Preset preset = Preset.FAST;

  @Option(
      names = "--runs",
      split = ",",
      paramLabel = "RUN",
      description =
          "What is timed beside the transcode: decode, none (no detector), fast, balanced,"
              + " thorough, paranoid, smart (balanced, with --smart auto; these without an audit),"
              + " checked (audit fast), audited (audit full); default: all.")
  private List<Subject> runs = List.of();

  @Option(names = "--json", description = "The figures as one JSON object.")
  private boolean json;

  @Option(names = "--quiet", description = "No progress.")
  private boolean quiet;

  BenchCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  // What listens is closed, never called.
  @SuppressWarnings("try")
  @Override
  public Integer call() {
    if (rounds < 1) {
      throw Usage.error(spec, "--rounds is at least 1, not " + rounds);
    }
    Benchmark benchmark = new Benchmark(clip, preset, subjects());
    try (Interruption.Listening listening = surroundings.interruption().listen(benchmark::cancel)) {
      print(benchmark.run(rounds, progress()));
      return ExitCode.DONE.code();
    } catch (JobException | MediaException | CancellationException e) {
      Failure failure = surroundings.interruption().failure(clip, e);
      Failures.print(err(), failure, root != null && root.stacktrace());
      return ExitCode.of(failure.kind()).code();
    }
  }

  private Set<Subject> subjects() {
    return runs.isEmpty() ? EnumSet.allOf(Subject.class) : EnumSet.copyOf(runs);
  }

  private BiConsumer<Integer, Subject> progress() {
    if (quiet) {
      return (round, subject) -> {};
    }
    return (round, subject) -> {
      err().print("round " + round + " of " + rounds + ": " + subject.title() + "\n");
      err().flush();
    };
  }

  private void print(List<Figures> figures) {
    PrintWriter out = Commands.line(spec).getOut();
    out.print(
        json ? BenchResults.json(clip, preset, rounds, figures) : BenchResults.table(figures));
    out.flush();
  }

  private PrintWriter err() {
    return Commands.line(spec).getErr();
  }
}
