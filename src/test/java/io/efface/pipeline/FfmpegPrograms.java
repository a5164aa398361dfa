package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;

/**
 * FFmpeg's own programs, which come in the same artefact as its libraries: they make footage for
 * tests and judge files without any code of the product.
 */
public final class FfmpegPrograms {
  private static final Set<String> FREE_CLOCKS =
      Set.of(".ts", ".ps", ".mpg", ".flv", ".avi", ".webm", ".mkv");

  private FfmpegPrograms() {}

  /**
   * How a program ended.
   *
   * @param exit its exit code
   * @param out what it wrote to standard output
   * @param err what it wrote to standard error
   */
  public record Run(int exit, String out, String err) {}

  /** Runs {@code ffmpeg}. */
  public static Run ffmpeg(Object... args) {
    return run(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class), args);
  }

  /** Runs {@code ffprobe}. */
  public static Run ffprobe(Object... args) {
    return run(Loader.load(org.bytedeco.ffmpeg.ffprobe.class), args);
  }

  /** Runs {@code ffmpeg} to make a file, the last of the arguments; any complaint is an error. */
  public static Path make(Object... args) {
    List<Object> all = new ArrayList<>(List.of("-v", "error", "-nostdin", "-y"));
    all.addAll(List.of(args));
    Run run = ffmpeg(all.toArray());
    if (run.exit() != 0 || !run.err().isEmpty()) {
      throw new AssertionError("ffmpeg " + all + ": " + run.err());
    }
    return Path.of(args[args.length - 1].toString());
  }

  /**
   * The presentation times of a video's decoded frames, in seconds; empty if it cannot be decoded.
   *
   * @param stream index of the video stream
   */
  public static List<Double> frameTimes(Path file, int stream) {
    Run run =
        ffprobe(
            "-v",
            "quiet",
            "-select_streams",
            stream,
            "-show_entries",
            "frame=best_effort_timestamp_time",
            "-of",
            "csv=p=0",
            file);
    return run.out()
        .lines()
        .map(line -> line.replaceAll("[^0-9.eN/A-]", ""))
        .filter(line -> !line.isEmpty())
        .map(line -> line.equals("N/A") ? Double.NaN : Double.parseDouble(line))
        .toList();
  }

  /**
   * How many packets the streams of a type have, {@code v} or {@code a}, in the file's order,
   * without those that an edit list keeps from being shown or heard.
   */
  public static List<Long> packets(Path file, String type) {
    Run run =
        ffprobe(
            "-v",
            "quiet",
            "-select_streams",
            type,
            "-show_entries",
            "packet=stream_index,flags",
            "-of",
            "compact=p=0",
            file);
    Map<String, Long> byStream =
        run.out()
            .lines()
            .filter(line -> !line.isEmpty() && !line.matches(".*flags=.D.*"))
            .collect(
                Collectors.groupingBy(
                    line -> line.replaceAll("[|].*", ""), TreeMap::new, Collectors.counting()));
    return List.copyOf(byStream.values());
  }

  /** The hash of a file's first sound as it is heard, decoded to 16 bits; it must have one. */
  public static String sound(Path file) {
    Run run =
        ffmpeg("-v", "error", "-i", file, "-map", "0:a:0", "-c:a", "pcm_s16le", "-f", "md5", "-");
    assertThat(run.out()).as(run.err()).startsWith("MD5=");
    return run.out();
  }

  /**
   * What ffmpeg warns of while it decodes a file wholly, without addresses in memory, each warning
   * once.
   */
  public static Set<String> warnings(Path file) {
    return ffmpeg("-v", "warning", "-nostdin", "-i", file, "-f", "null", "-")
        .err()
        .lines()
        .map(line -> line.replaceAll("@ 0x[0-9a-f]+", "@").strip())
        .filter(line -> !line.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Whether a container's clock may start anywhere, so that an output's begins anew and only the
   * distances between frames can be compared.
   */
  public static boolean hasFreeClock(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return FREE_CLOCKS.stream().anyMatch(name::endsWith);
  }

  private static Run run(String program, Object... args) {
    List<String> command = new ArrayList<>(List.of(program));
    for (Object arg : args) {
      command.add(arg instanceof Path path ? path.toAbsolutePath().toString() : arg.toString());
    }
    try {
      Path err = Files.createTempFile("ffmpeg", ".err");
      try {
        Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError("hangs: " + command);
        }
        return new Run(
            process.exitValue(),
            out,
            new String(Files.readAllBytes(err), StandardCharsets.UTF_8).strip());
      } finally {
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
