package io.efface.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.pipeline.JobException;
import io.efface.pipeline.Jobs;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RedactionPipeline;
import io.efface.testing.SyntheticVideo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Disturbs a film while it is read, once the first of its frames are through. */
@Timeout(300)
class DisturbedInputIT {
  @TempDir static Path footage;
  private static Path whole;
  @TempDir Path folder;

  /** What happens to the input. */
  enum Disturbance {
    REMOVED {
      @Override
      void happenTo(Path film) throws IOException {
        Files.delete(film);
      }
    },
    GROWN {
      @Override
      void happenTo(Path film) throws IOException {
        Files.write(film, new byte[100], StandardOpenOption.APPEND);
      }
    },
    CUT_OFF {
      @Override
      void happenTo(Path film) throws IOException {
        Files.write(film, new byte[0]);
      }
    },
    REPLACED {
      @Override
      void happenTo(Path film) throws IOException {
        Path other = SyntheticVideo.named("other.mp4").size(320, 240).frames(30).in(footage);
        Files.move(other, film, StandardCopyOption.REPLACE_EXISTING);
      }
    };

    abstract void happenTo(Path film) throws IOException;
  }

  @BeforeAll
  static void make() {
    whole = SyntheticVideo.named("film.mp4").size(320, 240).frames(300).in(footage);
  }

  @ParameterizedTest
  @EnumSource(Disturbance.class)
  void aDisturbedInputIsOneLineAndNoOutput(Disturbance disturbance) throws IOException {
    assertRefused(disturbance, new RedactionPipeline()::redact);
    assertThat(Jobs.names(folder.resolve("out"))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Disturbance.class)
  void aChildSaysTheSame(Disturbance disturbance) throws IOException {
    Limits limits = Limits.shared(1);
    Path in = folder.resolve("in");
    try (Children children =
        new Children(
            Sandbox.best(), limits, to -> new View(List.of(in), to), folder.resolve("out"))) {
      assertRefused(disturbance, children::redact);
    }
    assertThat(Jobs.names(folder.resolve("out"))).isEmpty();
  }

  private void assertRefused(
      Disturbance disturbance, BiFunction<RedactionJob, Progress, Outcome.Redacted> redaction)
      throws IOException {
    Path film = Files.createDirectories(folder.resolve("in")).resolve("film.mp4");
    Files.copy(whole, film);
    Files.createDirectories(folder.resolve("out"));
    RedactionJob job = Jobs.redaction(film, folder.resolve("out/a.mp4"), 128);
    Disturber disturber = new Disturber(disturbance, film);
    assertThatThrownBy(() -> redaction.apply(job, disturber))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(film + ": ")
        .hasMessageMatching("[^\n]{20,400}");
    assertThat(disturber.done).isTrue();
  }

  /** Acts once. */
  private static final class Disturber implements Progress {
    private final Disturbance disturbance;
    private final Path film;
    private boolean done;

    Disturber(Disturbance disturbance, Path film) {
      this.disturbance = disturbance;
      this.film = film;
    }

    @Override
    public void started(Path input, OptionalLong frames) {}

    @Override
    public void auditing(Path output, OptionalLong frames) {}

    @Override
    public void finished() {}

    @Override
    public void advanced(long frames, int objects) {
      if (!done && frames > 0) {
        done = true;
        try {
          disturbance.happenTo(film);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
