package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.redact.Style;
import io.efface.testing.SyntheticVideo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Puts another file of the same size, time and pictures under the input's name while it is read.
 */
class ExchangedInputIT {
  private final RedactionPipeline pipeline = new RedactionPipeline();
  @TempDir Path folder;
  private Path film = Path.of("");
  private Path output = Path.of("");

  @BeforeEach
  void make() throws IOException {
    film = SyntheticVideo.named("film.mp4").size(192, 128).frames(12).in(folder);
    output = Files.createDirectory(folder.resolve("out")).resolve("a.mp4");
  }

  @Test
  void aManifestIsNotAppliedToAFileThatWasExchanged() {
    Path manifest = folder.resolve("m.json");
    pipeline.detect(
        new DetectJob(
            film, Jobs.detection(128), false, Optional.of(manifest), Optional.empty(), false),
        Progress.NONE);
    ApplyJob job =
        new ApplyJob(
            manifest,
            film,
            /* anyInput= */ false,
            output,
            Jobs.render(new Style.Blur()),
            /* overwrite= */ false,
            Optional.empty());
    assertThatThrownBy(() -> pipeline.apply(job, new Exchange(film, 1)))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(film + ": was changed");
    assertThat(Jobs.names(folder.resolve("out"))).isEmpty();
  }

  @Test
  void editsAreNotRenderedFromAFileThatWasExchangedAfterTheAnalysis() throws IOException {
    Path edits = folder.resolve("edits.json");
    Files.writeString(
        edits,
        """
        {"format": "efface-edits", "version": 1,
         "boxes": [{"label": "face", "frames": [0, 3], "box": [10, 10, 20, 20]}]}
        """);
    RedactionJob job =
        new RedactionJob(
            film,
            output,
            Jobs.detection(128),
            Jobs.render(new Style.Blur()),
            /* overwrite= */ false,
            Optional.empty(),
            new Editing(Optional.of(edits), Optional.empty()));
    assertThatThrownBy(() -> pipeline.redact(job, new Exchange(film, 2)))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(film + ": was changed");
    assertThat(Jobs.names(folder.resolve("out"))).isEmpty();
  }

  @Test
  void aRedactionRefusesAFileThatWasExchanged() {
    RedactionJob job = Jobs.redaction(film, output, 128);
    assertThatThrownBy(() -> pipeline.redact(job, new Exchange(film, 1)))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(film + ": was changed");
    assertThat(Jobs.names(folder.resolve("out"))).isEmpty();
  }

  /** Exchanges the film when a pass of a job begins. */
  private static final class Exchange implements Progress {
    private final Path film;
    private int passesLeft;

    Exchange(Path film, int pass) {
      this.film = film;
      this.passesLeft = pass;
    }

    @Override
    public void started(Path input, OptionalLong frames) {
      passesLeft--;
      if (passesLeft != 0) {
        return;
      }
      try {
        Path twin = film.resolveSibling("twin");
        Files.copy(film, twin, StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(twin, film, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void advanced(long frames, int objects) {}

    @Override
    public void auditing(Path audited, OptionalLong frames) {}

    @Override
    public void finished() {}
  }
}
