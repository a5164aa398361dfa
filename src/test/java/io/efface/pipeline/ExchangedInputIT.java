package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.redact.Style;
import io.efface.testing.SyntheticVideo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    ApplyJob job = applied(Optional.empty());
    assertThatThrownBy(() -> pipeline.apply(job, new Exchange(film, 1)))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(film + ": was changed");
    assertThat(Jobs.names(folder.resolve("out"))).isEmpty();
  }

  @Test
  void aFileThatWasExchangedIsNotTakenForTheOneThatWasLookedAt() {
    DetectJob job =
        new DetectJob(
            film,
            Jobs.detection(128),
            /* allowTruncated= */ false,
            Optional.of(output.resolveSibling("m.json")),
            Optional.of(output.resolveSibling("d.csv")),
            /* overwrite= */ false);
    assertThatThrownBy(() -> pipeline.detect(job, new Exchange(film, 1)))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(film + ": was changed");
    assertThat(Jobs.names(folder.resolve("out"))).isEmpty();
  }

  @Test
  void aManifestThatCannotGetItsNameLeavesNoListBehind() {
    Path manifest = output.resolveSibling("m.json");
    DetectJob job =
        new DetectJob(
            film,
            Jobs.detection(128),
            /* allowTruncated= */ false,
            Optional.of(manifest),
            Optional.of(output.resolveSibling("d.csv")),
            /* overwrite= */ true);
    // A folder with something in it appears under the manifest's name once the job has begun.
    assertThatThrownBy(
            () ->
                pipeline.detect(job, new Begun(() -> makeFolders(manifest.resolve("in the way")))))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(manifest + ": cannot be given its name");
    assertThat(Jobs.names(folder.resolve("out"))).containsExactly("m.json");
  }

  private static void makeFolders(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void editsAreNotRenderedFromAFileThatWasExchangedAfterTheAnalysis() throws IOException {
    RedactionJob job = edited();
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

  @Test
  void aFileThatIsStillWrittenToIsRefusedForThatAndNotForWhatItLooksLike() {
    RedactionJob job = Jobs.redaction(film, output, 128);
    assertThatThrownBy(() -> pipeline.redact(job, new Begun(() -> cut(film))))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(film + ": was changed");
    assertThat(Jobs.names(folder.resolve("out"))).isEmpty();
  }

  @Test
  void detectingAFileThatIsStillWrittenToIsRefusedForThat() {
    DetectJob job =
        new DetectJob(
            film,
            Jobs.detection(128),
            /* allowTruncated= */ false,
            Optional.of(output.resolveSibling("m.json")),
            Optional.empty(),
            /* overwrite= */ false);
    assertChanged(() -> pipeline.detect(job, new Begun(() -> cut(film))));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aManifestIsNotAppliedToAFileThatIsStillWrittenTo(boolean edited) throws IOException {
    ApplyJob job = applied(edited ? Optional.of(edits()) : Optional.empty());
    assertChanged(() -> pipeline.apply(job, new Begun(() -> cut(film))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void editsAreNotRenderedFromAFileThatIsStillWrittenTo(int pass) throws IOException {
    RedactionJob job = edited();
    AtomicInteger passesLeft = new AtomicInteger(pass);
    Progress cutting =
        new Begun(
            () -> {
              if (passesLeft.decrementAndGet() == 0) {
                cut(film);
              }
            });
    assertChanged(() -> pipeline.redact(job, cutting));
  }

  private void assertChanged(ThrowingCallable job) {
    assertThatThrownBy(job)
        .isInstanceOf(JobException.class)
        .hasMessage(
            film + ": was changed or removed while it was read; try again when it is complete");
    assertThat(Jobs.names(folder.resolve("out"))).isEmpty();
  }

  /** The application of a manifest that was made of the film. */
  private ApplyJob applied(Optional<Path> edits) {
    Path manifest = folder.resolve("m.json");
    pipeline.detect(
        new DetectJob(
            film, Jobs.detection(128), false, Optional.of(manifest), Optional.empty(), false),
        Progress.NONE);
    return new ApplyJob(
        manifest,
        film,
        /* anyInput= */ false,
        output,
        Jobs.render(new Style.Blur()),
        /* overwrite= */ false,
        Optional.empty(),
        new Editing(edits, Optional.empty()));
  }

  private RedactionJob edited() throws IOException {
    return new RedactionJob(
        film,
        output,
        Jobs.detection(128),
        Jobs.render(new Style.Blur()),
        /* overwrite= */ false,
        Optional.empty(),
        new Editing(Optional.of(edits()), Optional.empty()));
  }

  private Path edits() throws IOException {
    return Files.writeString(
        folder.resolve("edits.json"),
        """
        {"format": "efface-edits", "version": 1,
         "boxes": [{"label": "face", "frames": [0, 3], "box": [10, 10, 20, 20]}]}
        """);
  }

  private static void cut(Path film) {
    try (FileChannel channel = FileChannel.open(film, StandardOpenOption.WRITE)) {
      channel.truncate(100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does something each time that a pass of a job begins. */
  private static class Begun implements Progress {
    private final Runnable then;

    Begun(Runnable then) {
      this.then = then;
    }

    @Override
    public void started(Path input, OptionalLong frames) {
      then.run();
    }

    @Override
    public void advanced(long frames, int objects) {}

    @Override
    public void auditing(Path audited, OptionalLong frames) {}

    @Override
    public void finished() {}
  }

  /** Exchanges the film when a pass of a job begins. */
  private static final class Exchange extends Begun {
    Exchange(Path film, int pass) {
      super(exchange(film, new AtomicInteger(pass)));
    }

    private static Runnable exchange(Path film, AtomicInteger passesLeft) {
      return () -> {
        if (passesLeft.decrementAndGet() != 0) {
          return;
        }
        try {
          Path twin = film.resolveSibling("twin");
          Files.copy(film, twin, StandardCopyOption.COPY_ATTRIBUTES);
          Files.move(twin, film, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      };
    }
  }
}
