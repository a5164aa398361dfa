package io.efface.bench;

import io.efface.media.EncoderSettings;
import io.efface.media.EncoderSettings.Preset;
import io.efface.media.FfmpegProgram;
import io.efface.pipeline.JobException;
import io.efface.pipeline.OtherProcess;
import io.efface.pipeline.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;

/**
 * Times redactions of a clip and FFmpeg's transcode of it with the same encoder and settings, in
 * turns. Each run is a process of its own. FFmpeg writes nothing; what the redactions write lies in
 * a folder that only the user can read, and goes as soon as it is timed. One benchmark at a time;
 * {@link #cancel} may come from any thread.
 */
public final class Benchmark {
  /** Edits that keep a corner in which nothing is found: a redaction without a detector. */
  private static final String NO_EDITS =
      "{\"format\":\"efface-edits\",\"version\":1,\"zones\":[{\"decision\":\"keep\","
          + "\"polygon\":[[0,0],[8,0],[0,8]],\"reason\":\"benchmark\"}]}";

  private final Path clip;
  private final Preset preset;
  private final Set<Subject> subjects;
  private Optional<TimedProcess> running = Optional.empty();
  private boolean cancelled;

  /**
   * A benchmark.
   *
   * @param clip what is redacted
   * @param preset the encoder's effort
   * @param subjects what is timed beside the transcode
   */
  public Benchmark(Path clip, Preset preset, Set<Subject> subjects) {
    this.clip = clip;
    this.preset = preset;
    this.subjects = EnumSet.of(Subject.TRANSCODE);
    this.subjects.addAll(subjects);
  }

  /**
   * Runs it.
   *
   * @param rounds how often each is timed, from 1
   * @param progress told of the number of the round and what is timed next
   * @return the transcode first
   * @throws JobException if a run fails or there is no room for what it writes
   * @throws io.efface.media.MediaException if the clip cannot be read
   * @throws CancellationException after {@link #cancel}
   */
  public List<Figures> run(int rounds, BiConsumer<Integer, Subject> progress) {
    if (Files.isDirectory(clip)) {
      throw new JobException(clip + ": is a folder; name a video in it");
    }
    if (!Files.isRegularFile(clip)) {
      throw new JobException(clip + ": is not there; name a video");
    }
    Path folder = folder();
    try {
      Map<Subject, List<String>> commands = commands(folder);
      Map<Subject, List<Run>> runs = new EnumMap<>(Subject.class);
      for (int round = 1; round <= rounds; round++) {
        for (Subject subject : subjects) {
          progress.accept(round, subject);
          runs.computeIfAbsent(subject, s -> new ArrayList<>())
              .add(time(subject, commands.getOrDefault(subject, List.of()), folder));
        }
      }
      List<Run> reference = runs.getOrDefault(Subject.TRANSCODE, List.of());
      List<Figures> figures = new ArrayList<>();
      runs.forEach((subject, list) -> figures.add(Figures.of(subject, list, reference)));
      return List.copyOf(figures);
    } finally {
      Staging.remove(folder);
    }
  }

  /** Stops the benchmark; what it had begun is removed before {@link #run} throws. */
  public synchronized void cancel() {
    cancelled = true;
    running.ifPresent(TimedProcess::end);
  }

  private Run time(Subject subject, List<String> command, Path folder) {
    Path said = folder.resolve("said.txt");
    Path out = made(folder.resolve("out"));
    try (TimedProcess process = start(command, said)) {
      return process.watch(subject.title(), said);
    } catch (JobException e) {
      // A process that was ended has failed, too.
      refuseCancelled();
      throw e;
    } finally {
      synchronized (this) {
        running = Optional.empty();
      }
      Staging.remove(out);
    }
  }

  private synchronized TimedProcess start(List<String> command, Path said) {
    refuseCancelled();
    TimedProcess process = TimedProcess.start(command, said);
    running = Optional.of(process);
    return process;
  }

  private synchronized void refuseCancelled() {
    if (cancelled) {
      throw new CancellationException("stopped");
    }
  }

  private Map<Subject, List<String>> commands(Path folder) {
    Map<Subject, List<String>> commands = new EnumMap<>(Subject.class);
    EncoderSettings settings =
        new EncoderSettings(Optional.empty(), EncoderSettings.DEFAULT_QUALITY, preset);
    for (Subject subject : subjects) {
      commands.put(
          subject,
          switch (subject) {
            case TRANSCODE -> FfmpegProgram.transcode(clip, settings);
            case DECODE -> FfmpegProgram.decode(clip);
            case NONE -> redaction(subject, folder, List.of("--edits", noEdits(folder)));
            default -> redaction(subject, folder, List.of());
          });
    }
    return commands;
  }

  private List<String> redaction(Subject subject, Path folder, List<String> more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                OtherProcess.java(),
                "-cp",
                System.getProperty("java.class.path", ""),
                "io.efface.Main",
                "redact",
                clip.toAbsolutePath().toString(),
                "-o",
                folder.resolve("out").resolve("out.mp4").toString(),
                "--quiet",
                "--overwrite",
                "--audio",
                "drop",
                "--encoder",
                "software",
                "--preset",
                preset.id()));
    command.addAll(subject.options());
    command.addAll(more);
    return command;
  }

  private static String noEdits(Path folder) {
    try {
      return Files.writeString(folder.resolve("edits.json"), NO_EDITS).toString();
    } catch (IOException e) {
      throw new JobException(folder + ": cannot be written to; is the disk full?", e);
    }
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectory(folder);
    } catch (IOException e) {
      throw new JobException(folder + ": cannot be made; is the disk full?", e);
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("efface-bench");
    } catch (IOException e) {
      throw new JobException(
          System.getProperty("java.io.tmpdir")
              + ": no folder can be made there; free some space or set -Djava.io.tmpdir",
          e);
    }
  }
}
