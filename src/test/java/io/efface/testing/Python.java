package io.efface.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;

/**
 * Runs Python programs: the measuring ones that lie beside the real footage, which share no code
 * with the product, and those that train the models. They need Debian's python3-numpy,
 * python3-opencv, python3-matplotlib and python3-torch; a test that asks for them fails where these
 * are missing.
 */
public final class Python {
  private static final Path DEBIANS = Path.of("/usr/bin/python3");
  private static final int MOST_MINUTES = 5;

  private Python() {}

  /**
   * Runs a program of the folder {@code bench} and waits for it. FFmpeg's own program is found by
   * the name {@code ffmpeg}.
   *
   * @return its standard output
   * @throws AssertionError with its own words if it fails
   */
  public static String bench(String program, Object... arguments) {
    return run(RealFootage.path("../bench/" + program), arguments);
  }

  /** Runs a program as {@link #bench} does. */
  public static String run(Path program, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Files.isExecutable(DEBIANS) ? DEBIANS.toString() : "python3");
    command.add(program.toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    try {
      Path err = Files.createTempFile("bench", ".err");
      try {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        builder.environment().put("PATH", ffmpegFolder() + File.pathSeparator + path);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
          process.destroyForcibly();
          throw new AssertionError("hangs: " + command);
        }
        if (process.exitValue() != 0) {
          throw new AssertionError(
              command
                  + " failed; it needs Debian's python3-numpy, python3-opencv, python3-matplotlib"
                  + " and python3-torch: "
                  + Files.readString(err));
        }
        return out;
      } finally {
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Path ffmpegFolder() {
    Path program = Path.of(Loader.load(ffmpeg.class)).toAbsolutePath();
    return Objects.requireNonNull(program.getParent(), "a program lies in a folder");
  }
}
