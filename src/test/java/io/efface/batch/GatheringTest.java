package io.efface.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.efface.pipeline.DetectionOptions;
import io.efface.pipeline.JobException;
import io.efface.pipeline.PaperRedaction;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.RenderOptions;
import io.efface.pipeline.ReportRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatheringTest {
  @TempDir Path folder;

  @Test
  void aFolderGivesItsFootageWithTheTreeBelowIt() throws IOException {
    make("in/b.mp4", "in/a/c d.MOV", "in/a/still.JPG", "in/a/.hidden.mp4", "in/readme.txt");
    make("in/.trash/x.mp4");
    Sources sources = gather("", folder.resolve("in"));
    assertThat(places(sources)).containsExactly("a/c d.MOV", "a/still.JPG", "b.mp4");
    assertThat(sources.files().get(0).file()).isEqualTo(folder.resolve("in/a/c d.MOV"));
    assertThat(sources.passedOver())
        .extracting(one -> folder.resolve("in").relativize(one.file()) + ": " + one.why())
        .containsExactlyInAnyOrder(
            "a/.hidden.mp4: hidden", ".trash: hidden", "readme.txt: no footage by its name");
    assertThat(sources.passedOver()).noneMatch(PassedOver::fault);
  }

  @Test
  void symbolicLinksBelowAFolderAreNotFollowed() throws IOException {
    make("outside/secret.mp4", "in/a.mp4");
    Files.createSymbolicLink(folder.resolve("in/film.mp4"), folder.resolve("outside/secret.mp4"));
    Files.createSymbolicLink(folder.resolve("in/more"), folder.resolve("outside"));
    Files.createSymbolicLink(folder.resolve("in/loop"), folder.resolve("in"));
    Sources sources = gather("", folder.resolve("in"));
    assertThat(places(sources)).containsExactly("a.mp4");
    assertThat(sources.passedOver()).hasSize(3).allMatch(o -> o.why().equals("a symbolic link"));
  }

  @Test
  void aLinkToAFolderThatIsNamedItselfIsFollowed() throws IOException {
    make("card/a.mp4");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("card"));
    Sources sources = gather("", link);
    assertThat(sources.files())
        .containsExactly(new Source(link.resolve("a.mp4"), Path.of("a.mp4")));
  }

  @Test
  void theFolderOfOutputsIsNotLookedInto() throws IOException {
    make("in/a.mp4", "in/out/a.mp4");
    Gathering gathering =
        new Gathering(
            new ByteArrayInputStream(new byte[0]), List.of(folder.resolve("in/out")), () -> {});
    gathering.add(folder.resolve("in").toString());
    assertThat(places(gathering.sources())).containsExactly("a.mp4");
  }

  @Test
  void theSameWordsMeanTheSameFilesWhenOutputsAreThere() throws IOException {
    make("in/a.mp4", "in/out/a.mp4", "in/out/sub/b.mp4");
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("in/out"));
    for (String word : List.of("/in/**.mp4", "/in/*")) {
      assertThat(places(gatherBeside(folder + word))).containsExactly("a.mp4");
    }
    Sources named =
        gatherBeside(
            folder + "/in/a.mp4", folder + "/in/out", folder + "/in/out/sub", folder + "/link");
    assertThat(places(named)).containsExactly("a.mp4");
    assertThat(named.passedOver()).hasSize(3).allMatch(one -> one.why().equals("among outputs"));
  }

  private Sources gatherBeside(String... words) {
    Gathering gathering =
        new Gathering(
            new ByteArrayInputStream(new byte[0]), List.of(folder.resolve("in/out")), () -> {});
    for (String word : words) {
      gathering.add(word);
    }
    return gathering.sources();
  }

  @Test
  void aFileThatIsNamedKeepsItsNameWhateverItIs() throws IOException {
    make("x/notes.txt");
    assertThat(places(gather("", folder.resolve("x/notes.txt"), folder.resolve("gone.mp4"))))
        .containsExactly("notes.txt", "gone.mp4");
  }

  @Test
  void aPatternKeepsTheTreeBelowItsFirstWildcard() throws IOException {
    make("in/a/1.mp4", "in/b/1.mp4", "in/b/2.mov", "in/c/d/1.mp4");
    assertThat(places(gather("", folder + "/in/*/*.mp4"))).containsExactly("a/1.mp4", "b/1.mp4");
    assertThat(places(gather("", folder + "/in/**.mp4")))
        .containsExactly("a/1.mp4", "b/1.mp4", "c/d/1.mp4");
    assertThatThrownBy(() -> gather("", folder + "/in/*.avi"))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("nothing matches");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/in/**.mp4", "/in/**", "/in/*/*.mp4"})
  void aFolderThatCannotBeReadIsPassedOverByAPattern(String pattern) throws IOException {
    make("in/a/1.mp4", "in/b/1.mp4");
    Path closed = folder.resolve("in/b");
    Files.setPosixFilePermissions(closed, Set.of());
    assumeFalse(Files.isReadable(closed), "nobody can close a folder to this user");
    try {
      Sources sources = gather("", folder + pattern);
      assertThat(places(sources)).containsExactly("a/1.mp4");
      assertThat(sources.passedOver()).containsExactly(PassedOver.unreadable(closed));
      assertThat(sources.passedOver()).allMatch(PassedOver::fault);
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void aFileWhoseNameLooksLikeAPatternIsTheFile() throws IOException {
    make("in/[1].mp4", "in/1.mp4", "in/@list.mp4");
    assertThat(places(gather("", folder + "/in/[1].mp4"))).containsExactly("[1].mp4");
  }

  @Test
  void aListNamesPathsLiterallyALine() throws IOException {
    make("l/-o.mp4", "l/with  spaces.mp4", "l/# no comment.mp4", "l/'quoted'.mp4", "l/@at.mp4");
    List<String> names =
        List.of("-o.mp4", "with  spaces.mp4", "# no comment.mp4", "'quoted'.mp4", "@at.mp4");
    String lines = String.join("\r\n", names.stream().map(n -> folder + "/l/" + n).toList());
    Path list = Files.writeString(folder.resolve("list.txt"), lines + "\n\n");
    String below = folder.getRoot().relativize(folder).resolve("l") + "/";
    assertThat(places(gather("", "@" + list)))
        .containsExactlyElementsOf(names.stream().map(n -> below + n).toList());
  }

  @Test
  void standardInputIsAListWithNulsToo() throws IOException {
    make("a\nb.mp4");
    Path file = folder.resolve("a\nb.mp4");
    assertThat(gather(file + "\0", "-").files()).extracting(Source::file).containsExactly(file);
  }

  @Test
  void aMarkOfByteOrderIsNoPartOfAName() {
    assertThat(places(gather("\ufeff1.mp4\r\n2.mp4\r\n", "-"))).containsExactly("1.mp4", "2.mp4");
  }

  @Test
  void aRelativePathOfAListKeepsItsFolders() {
    assertThat(places(gather("day one/./cam/1.mp4\n2.mp4\n", "-")))
        .containsExactly("day one/cam/1.mp4", "2.mp4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a.mp4", "a/../../b.mp4", "..", "a/.."})
  void aListMustNotLeadOutOfTheOutputFolder(String line) {
    assertThatThrownBy(() -> gather(line, "-")).isInstanceOf(JobException.class);
  }

  @Test
  void whatIsNoTextIsNoList() throws IOException {
    Path list = Files.write(folder.resolve("list"), new byte[] {(byte) 0xff, 'a'});
    assertThatThrownBy(() -> gather("", "@" + list)).hasMessageContaining("not in UTF-8");
    assertThatThrownBy(() -> gather("", "@" + folder.resolve("none"))).hasMessageContaining("list");
  }

  @Test
  void whatWasMadeBesideItsOriginalIsNoFootageOfAFolder() throws IOException {
    make("in/a.mp4", "in/b.redacted.mp4", "in/c.mp4", "in/d.mp4", "out/e.mp4");
    redact("in/a.mp4", "in/sub.mp4");
    redact("in/c.mp4", "in/c.redacted.mp4");
    redact("in/d.mp4", "in/d.redacted.mp4");
    redact("out/e.mp4", "in/e.redacted.mp4");
    Files.writeString(folder.resolve("in/c.redacted.mp4"), "other footage of this name");
    Files.writeString(folder.resolve("in/d.redacted.mp4.report.json"), "{}");
    Sources sources = gather("", folder.resolve("in"));
    assertThat(places(sources))
        .containsExactly(
            "a.mp4",
            "b.redacted.mp4",
            "c.mp4",
            "c.redacted.mp4",
            "d.mp4",
            "d.redacted.mp4",
            "e.redacted.mp4");
    assertThat(sources.passedOver())
        .contains(
            new PassedOver(
                folder.resolve("in/sub.mp4"), "an earlier redaction beside its original", false));
    assertThat(places(gather("", folder.resolve("in/sub.mp4")))).containsExactly("sub.mp4");
  }

  @Test
  void norIsItFootageOfAPattern() throws IOException {
    make("in/a.mp4", "in/b.redacted.mp4", "in/sub/c.mp4");
    redact("in/a.mp4", "in/a.redacted.mp4");
    redact("in/sub/c.mp4", "in/sub/c.redacted.mp4");
    PassedOver left =
        new PassedOver(
            folder.resolve("in/a.redacted.mp4"), "an earlier redaction beside its original", false);
    Sources sources = gather("", folder + "/in/*.mp4", folder + "/in/s*");
    assertThat(places(sources)).containsExactly("a.mp4", "b.redacted.mp4", "sub/c.mp4");
    assertThat(sources.passedOver()).contains(left);
    // The original need not be one of the matches.
    assertThat(places(gather("", folder + "/in/*.redacted.mp4"))).containsExactly("b.redacted.mp4");
    Files.delete(folder.resolve("in/a.mp4"));
    assertThat(places(gather("", folder + "/in/a*.mp4"))).containsExactly("a.redacted.mp4");
  }

  @Test
  void aStopEndsTheLookAtEarlierRedactions() throws IOException {
    make("in/a.mp4");
    redact("in/a.mp4", "in/a.redacted.mp4");
    for (String word : List.of(folder + "/in", folder + "/in/*.mp4")) {
      Gathering gathering =
          new Gathering(
              new ByteArrayInputStream(new byte[0]),
              List.of(),
              () -> {
                throw new CancellationException();
              });
      assertThatThrownBy(() -> gathering.add(word)).isInstanceOf(CancellationException.class);
    }
  }

  private void redact(String input, String output) {
    Path to = folder.resolve(output);
    new PaperRedaction()
        .redact(
            new RedactionJob(
                folder.resolve(input),
                to,
                DetectionOptions.defaults(),
                RenderOptions.defaults(),
                /* overwrite= */ false,
                Optional.of(ReportRequest.beside(to))),
            Progress.NONE);
  }

  private Sources gather(String standardInput, Object... words) {
    Gathering gathering =
        new Gathering(
            new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8)),
            List.of(),
            () -> {});
    for (Object word : words) {
      gathering.add(word.toString());
    }
    return gathering.sources();
  }

  private static List<String> places(Sources sources) {
    return sources.files().stream().map(source -> source.place().toString()).toList();
  }

  private void make(String... files) throws IOException {
    for (String file : files) {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, file);
    }
  }
}
