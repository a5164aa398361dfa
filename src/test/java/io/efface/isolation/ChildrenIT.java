package io.efface.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.efface.detect.Label;
import io.efface.models.ModelStore;
import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.JobException;
import io.efface.pipeline.Jobs;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RedactionPipeline;
import io.efface.pipeline.ReportRequest;
import io.efface.redact.Style;
import io.efface.testing.SyntheticVideo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts child processes in the best sandbox that works here. */
@Timeout(300)
class ChildrenIT {
  private static final Limits LIMITS = Limits.shared(1);

  @TempDir static Path footage;
  private static Path film;

  /** Long enough that a child is still at work when its parent has heard that it began. */
  private static Path slow;

  private static Sandbox sandbox;
  @TempDir Path folder;

  @BeforeAll
  static void make() {
    film = SyntheticVideo.named("film.mp4").size(192, 128).frames(12).in(footage);
    slow = SyntheticVideo.named("slow.mp4").size(320, 240).frames(300).in(footage);
    sandbox = Sandbox.best();
  }

  @Test
  void aChildDoesWhatThisProcessDoesAndIsKept() throws IOException {
    Path out = folder.resolve("out");
    Path here = folder.resolve("here.mp4");
    new RedactionPipeline().redact(Jobs.redaction(film, here, 128), Progress.NONE);
    try (Children children = children(LIMITS, out)) {
      children.redact(job(out.resolve("a.mp4")), Progress.NONE);
      List<ProcessHandle> first = children.handles();
      Files.createDirectories(out.resolve("sub"));
      children.redact(job(out.resolve("sub/b.mp4")), Progress.NONE);
      assertThat(children.handles()).isEqualTo(first);
      assertThat(children.measure(film).frames()).hasValue(12);
    }
    assertThat(out.resolve("a.mp4")).hasSameBinaryContentAs(here);
    assertThat(out.resolve("sub/b.mp4")).hasSameBinaryContentAs(here);
    assertThat(Jobs.report(out.resolve("a.mp4"))).content().contains("\"name\": \"a.mp4\"");
    assertThat(Jobs.names(out))
        .containsExactly("a.mp4", "a.mp4.report.html", "a.mp4.report.json", "sub");
  }

  @Test
  void aChildOutlivesTheThreadThatAskedForIt() throws InterruptedException {
    try (Children children = children(LIMITS, folder)) {
      Thread first = new Thread(() -> children.measure(film));
      first.start();
      first.join();
      List<ProcessHandle> handles = children.handles();
      Thread.sleep(300);
      assertThat(handles).hasSize(1).allMatch(ProcessHandle::isAlive);
      children.measure(film);
      assertThat(children.handles()).isEqualTo(handles);
    }
  }

  @Test
  void aFailureIsToldInTheUsersWords() throws IOException {
    Path text = Files.writeString(footage.resolve("text.mp4"), "no film");
    try (Children children = children(LIMITS, folder)) {
      RedactionJob job = Jobs.redaction(text, folder.resolve("a.mp4"), 128);
      assertThatThrownBy(() -> children.redact(job, Progress.NONE))
          .isInstanceOf(JobException.class)
          .hasMessageStartingWith(text + ": is not a video");
    }
    assertThat(Jobs.names(folder)).isEmpty();
  }

  @Test
  void aChildThatIsKilledCostsOneFile() {
    try (Children children = children(LIMITS, folder)) {
      assertThatThrownBy(
              () ->
                  children.redact(
                      Jobs.redaction(slow, folder.resolve("a.mp4"), 128),
                      onStart(() -> children.handles().forEach(ChildrenIT::kill))))
          .isInstanceOf(JobException.class)
          .hasMessageContaining("in the middle");
      children.redact(job(folder.resolve("b.mp4")), Progress.NONE);
    }
    assertThat(Jobs.names(folder)).containsExactly(Jobs.named(folder.resolve("b.mp4")));
  }

  @Test
  void aChildThatGetsNowhereIsEnded() {
    Limits impatient =
        new Limits(Duration.ofSeconds(3), LIMITS.memoryBytes(), LIMITS.megapixels(), 1);
    try (Children children = children(impatient, folder)) {
      assertThatThrownBy(
              () ->
                  children.redact(
                      Jobs.redaction(slow, folder.resolve("a.mp4"), 128),
                      onStart(() -> children.handles().forEach(ChildrenIT::stop))))
          .isInstanceOf(JobException.class)
          .hasMessageContaining("nothing got on for 3 s");
    }
    assertThat(Jobs.names(folder)).isEmpty();
  }

  @Test
  void aChildThatTakesTooMuchMemoryIsEnded() {
    Path large = SyntheticVideo.named("large.mp4").size(3840, 2160).frames(3).in(footage);
    Limits little = new Limits(Duration.ofSeconds(60), 256L << 20, LIMITS.megapixels(), 1);
    try (Children children = children(little, folder)) {
      RedactionJob job = Jobs.redaction(large, folder.resolve("a.mp4"), 128);
      assertThatThrownBy(() -> children.redact(job, Progress.NONE))
          .isInstanceOf(JobException.class)
          .hasMessageContaining("memory");
    }
    assertThat(Jobs.names(folder)).isEmpty();
  }

  @Test
  void anInputThatIsChangedMeanwhileIsRefused() throws IOException {
    Path input = Files.copy(film, folder.resolve("in.mp4"));
    RedactionJob job = Jobs.redaction(input, folder.resolve("a.mp4"), 128);
    assertThatThrownBy(() -> new RedactionPipeline().redact(job, onStart(() -> touch(input))))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("was changed or removed while it was read");
    assertThat(Jobs.names(folder)).containsExactly("in.mp4");
  }

  private static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aPictureThatIsTooLargeIsRefused() {
    Path large = SyntheticVideo.named("wide.mp4").size(1280, 960).frames(2).in(footage);
    Limits small = new Limits(Duration.ofSeconds(60), LIMITS.memoryBytes(), 1, 1);
    try (Children children = children(small, folder)) {
      RedactionJob job = Jobs.redaction(large, folder.resolve("a.mp4"), 128);
      assertThatThrownBy(() -> children.redact(job, Progress.NONE))
          .isInstanceOf(JobException.class)
          .hasMessageContaining("1280x960, more than the 1 megapixels");
    }
  }

  @Test
  void cancellingEndsTheChild() {
    try (Children children = children(LIMITS, folder)) {
      RedactionJob job = Jobs.redaction(slow, folder.resolve("a.mp4"), 128);
      assertThatThrownBy(() -> children.redact(job, onStart(children::cancel)))
          .isInstanceOf(CancellationException.class);
      assertThatThrownBy(() -> children.redact(job, Progress.NONE))
          .isInstanceOf(CancellationException.class);
    }
    assertThat(Jobs.names(folder)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bubblewrap", "namespace", "none"})
  void whatASandboxKeepsFromAChildIsFoundOutByTrying(String kind) {
    Sandbox tried =
        switch (kind) {
          case "bubblewrap" -> {
            assumeTrue(sandbox instanceof Sandbox.Bubblewrap, "bubblewrap does not work here");
            yield sandbox;
          }
          case "namespace" -> {
            assumeTrue(!(sandbox instanceof Sandbox.None), "namespaces do not work here");
            yield new Sandbox.NoNetwork(Path.of("/usr/bin/unshare"));
          }
          default -> new Sandbox.None();
        };
    Protection protection = Protection.tried(tried);
    assertThat(protection.network()).isEqualTo(!kind.equals("none"));
    assertThat(protection.files()).isEqualTo(kind.equals("bubblewrap"));
  }

  @Test
  void aChildUnpacksNothing() throws IOException {
    try (Children children = children(LIMITS, folder)) {
      children.redact(job(folder.resolve("a.mp4")), Progress.NONE);
      try (Stream<Path> below = Files.walk(folder)) {
        assertThat(below.map(Path::toString)).noneMatch(name -> name.endsWith(".so"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 65})
  void whatIsNamedWithDotsOrIsALinkIsFound(int inputs) throws IOException {
    Path in = Files.createDirectory(folder.resolve("in"));
    Files.createDirectory(in.resolve("sub"));
    Files.createSymbolicLink(in.resolve("0.mp4"), film);
    Path dots = in.resolve("sub/../0.mp4");
    List<Path> named = new ArrayList<>(List.of(dots));
    for (int i = 1; i < inputs; i++) {
      named.add(Files.createFile(in.resolve(i + ".mp4")));
    }
    Path model = Files.createDirectories(folder.resolve("models/sub"));
    try (InputStream network = Child.class.getResourceAsStream("/models/efface-n.onnx")) {
      Files.copy(Objects.requireNonNull(network), model.resolveSibling("m.onnx"));
    }
    String modelName = model.resolve("../m.onnx").toString();
    Path out = Files.createDirectory(folder.resolve("out")).resolve("../out");
    try (Children children =
        new Children(
            sandbox, LIMITS, to -> View.of(named, modelName, ModelStore.ofUser(), to), out)) {
      Path output = out.resolve("a.mp4");
      children.redact(
          new RedactionJob(
              dots,
              output,
              new DetectionOptions(modelName, 128, Set.of(Label.values()), OptionalDouble.empty()),
              Jobs.render(new Style.Blur()),
              /* overwrite= */ false,
              Optional.of(ReportRequest.beside(output))),
          Progress.NONE);
      assertThat(children.measure(dots).frames()).hasValue(12);
    }
    assertThat(Jobs.names(folder.resolve("out")))
        .containsExactly(Jobs.named(folder.resolve("out/a.mp4")));
  }

  @Test
  void aFolderThatIsMadeAnewIsSeenAnew() throws IOException {
    Path in = Files.createDirectory(folder.resolve("in"));
    Path out = folder.resolve("out");
    Path arrived = Files.copy(film, in.resolve("a.mp4"));
    try (Children children = seeing(List.of(in), out)) {
      children.measure(arrived);
      List<ProcessHandle> first = children.handles();
      Files.delete(arrived);
      Files.delete(in);
      Files.createDirectory(in);
      Files.copy(film, arrived);
      children.redact(Jobs.redaction(arrived, out.resolve("a.mp4"), 128), Progress.NONE);
      assertThat(children.handles()).hasSize(1).doesNotContainAnyElementsOf(first);
      Files.delete(arrived);
      Files.delete(in);
      assertThatThrownBy(() -> children.measure(arrived)).isInstanceOf(JobException.class);
      Files.createDirectory(in);
      Files.copy(film, arrived);
      assertThat(children.measure(arrived).frames()).hasValue(12);
    }
  }

  @Test
  void aFolderForOutputsThatIsMadeAnewIsWrittenTo() throws IOException {
    Path out = folder.resolve("out");
    try (Children children = seeing(List.of(footage), out)) {
      children.redact(job(out.resolve("a.mp4")), Progress.NONE);
      Files.move(out, folder.resolve("old"));
      children.redact(job(out.resolve("a.mp4")), Progress.NONE);
    }
    assertThat(Jobs.names(out)).containsExactly(Jobs.named(out.resolve("a.mp4")));
  }

  @Test
  void anInputThatIsExchangedBeforeItsTurnIsReadAsItIs() throws IOException {
    Path input = Files.copy(film, folder.resolve("in.mp4"));
    Path other = SyntheticVideo.named("other.mp4").size(192, 128).frames(7).in(folder);
    try (Children children = seeing(List.of(input), folder.resolve("out"))) {
      assertThat(children.measure(input).frames()).hasValue(12);
      Files.move(other, input, StandardCopyOption.REPLACE_EXISTING);
      assertThat(children.measure(input).frames()).hasValue(7);
    }
  }

  private static Children seeing(List<Path> inputs, Path outputs) {
    return new Children(
        sandbox, LIMITS, to -> View.of(inputs, "efface-n", ModelStore.ofUser(), to), outputs);
  }

  private RedactionJob job(Path output) {
    return Jobs.redaction(film, output, 128);
  }

  private static Children children(Limits limits, Path outputs) {
    return new Children(sandbox, limits, to -> new View(List.of(footage), to), outputs);
  }

  private static void kill(ProcessHandle process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static void stop(ProcessHandle process) {
    process.descendants().forEach(one -> signal(one, "STOP"));
    signal(process, "STOP");
  }

  private static void signal(ProcessHandle process, String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Progress onStart(Runnable action) {
    return new Progress() {
      @Override
      public void started(Path input, OptionalLong frames) {
        action.run();
      }

      @Override
      public void advanced(long frames, int objects) {}

      @Override
      public void auditing(Path output, OptionalLong frames) {}

      @Override
      public void finished() {}
    };
  }
}
