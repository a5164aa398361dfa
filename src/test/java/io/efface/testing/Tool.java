package io.efface.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.ffmpeg.ffprobe;
import org.bytedeco.javacpp.Loader;

/** FFmpeg's own programs, as they come with the libraries: they make clips and judge results. */
public enum Tool {
  FFMPEG(ffmpeg.class),
  FFPROBE(ffprobe.class);

  private final Class<?> resource;

  Tool(Class<?> resource) {
    this.resource = resource;
  }

  /**
   * What a program said.
   *
   * @param exitCode 0 where it succeeded
   * @param out its standard output
   * @param err its standard error
   */
  public record Result(int exitCode, String out, String err) {}

  /** Runs the program and waits for it, a minute at most. */
  public Result run(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Loader.load(resource));
    command.addAll(arguments);
    try {
      Path out = Files.createTempFile("tool", ".out");
      Path err = Files.createTempFile("tool", ".err");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("SVT_LOG", "1");
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new IllegalStateException(this + " takes too long: " + command);
        }
        return new Result(
            process.exitValue(),
            Files.readString(out, StandardCharsets.ISO_8859_1),
            Files.readString(err, StandardCharsets.ISO_8859_1));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs the program.
   *
   * @return its standard output
   * @throws IllegalStateException with its own words if it fails
   */
  public String runOrFail(List<String> arguments) {
    Result result = run(arguments);
    if (result.exitCode() != 0) {
      throw new IllegalStateException(this + " " + arguments + " failed: " + result.err());
    }
    return result.out();
  }
}
