package io.efface.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/**
 * Times Efface against a plain transcode by the FFmpeg program of the same build, in turns, on one
 * clip, and prints the median of each and the ratio of speeds; also the peak memory of each process
 * (Linux). No test: absolute times wander, the ratio of one run is what counts.
 *
 * <p>usage: {@code java -cp target/efface.jar:target/test-classes
 * io.efface.benchmark.SpeedComparison CLIP [ROUNDS] [PRESET]}
 */
public final class SpeedComparison {
  private record Run(double seconds, double cpuSeconds, long peakKib) {}

  private SpeedComparison() {}

  /** Runs the comparison. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path clip = Path.of(args[0]);
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    String preset = args.length > 2 ? args[2] : "veryfast";
    Path folder = Files.createTempDirectory("efface-speed");
    String ffmpeg = Loader.load(org.bytedeco.ffmpeg.ffmpeg.class);
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put(
        "ffmpeg -c:v libx264 -preset " + preset,
        List.of(
            ffmpeg,
            "-v",
            "error",
            "-y",
            "-i",
            clip.toString(),
            "-c:v",
            "libx264",
            "-preset",
            preset,
            "-crf",
            "19",
            "-c:a",
            "copy",
            folder.resolve("plain.mp4").toString()));
    for (List<String> options :
        List.of(
            List.of("--detect-size", "640", "--audit", "off"),
            List.of("--detect-size", "1280", "--audit", "off"),
            List.of("--detect-size", "1280", "--audit", "fast"),
            List.of("--detect-size", "1280", "--audit", "full"))) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-jar",
                  "target/efface.jar",
                  "redact",
                  clip.toString(),
                  "-o",
                  folder.resolve("redacted.mp4").toString(),
                  "--overwrite",
                  "--quiet",
                  "--preset",
                  preset));
      command.addAll(options);
      commands.put("efface redact " + String.join(" ", options), command);
    }
    Map<String, List<Run>> runs = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, List<String>> command : commands.entrySet()) {
        runs.computeIfAbsent(command.getKey(), key -> new ArrayList<>())
            .add(time(command.getValue()));
      }
    }
    double plain =
        median(runs.values().iterator().next().stream().mapToDouble(Run::seconds).toArray());
    runs.forEach((name, list) -> print(name, list, plain));
  }

  private static void print(String name, List<Run> runs, double plain) {
    double[] seconds = runs.stream().mapToDouble(Run::seconds).toArray();
    System.out.printf(
        Locale.ROOT,
        "%-48s %6.1f s (%.1f to %.1f), %6.1f CPU-s, %5d MiB, speed ratio %.2f%n",
        name,
        median(seconds),
        Arrays.stream(seconds).min().orElse(0),
        Arrays.stream(seconds).max().orElse(0),
        median(runs.stream().mapToDouble(Run::cpuSeconds).toArray()),
        runs.stream().mapToLong(Run::peakKib).max().orElse(0) / 1024,
        plain / median(seconds));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static Run time(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    double cpu = 0;
    long peak = 0;
    while (process.isAlive()) {
      cpu =
          process
              .info()
              .totalCpuDuration()
              .map(Duration::toMillis)
              .map(ms -> ms / 1000.0)
              .orElse(cpu);
      peak = Math.max(peak, peakKib(process.pid()).orElse(0L));
      Thread.sleep(50);
    }
    if (process.exitValue() != 0 && process.exitValue() != 5) {
      throw new IOException("exit code " + process.exitValue() + " of " + command);
    }
    return new Run((System.nanoTime() - start) / 1e9, cpu, peak);
  }

  private static Optional<Long> peakKib(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
