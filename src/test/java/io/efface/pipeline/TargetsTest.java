package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetsTest {
  @TempDir Path folder;
  private Path input = Path.of("");

  @BeforeEach
  void makeInput() throws IOException {
    input = Files.writeString(folder.resolve("in.mp4"), "footage");
  }

  @Test
  void newNamesAreFine() {
    Path out = folder.resolve("out.mp4");
    Path report = folder.resolve("out.mp4.report.json");
    assertThatCode(() -> Targets.check(List.of(input), List.of(out, report), false))
        .doesNotThrowAnyException();
  }

  @Test
  void theInputIsNeverAnOutput() throws IOException {
    Path symbolic = Files.createSymbolicLink(folder.resolve("link.mp4"), input);
    Path hard = Files.createLink(folder.resolve("hard.mp4"), input);
    Path roundabout = folder.resolve("x/../in.mp4");
    for (Path output : List.of(input, symbolic, hard, roundabout)) {
      assertThatThrownBy(() -> Targets.check(List.of(input), List.of(output), true))
          .isInstanceOf(JobException.class)
          .hasMessage(output + ": is the input itself; name another output");
    }
  }

  @Test
  void anExistingOutputIsReplacedOnlyWhenThatIsAsked() throws IOException {
    Path out = Files.writeString(folder.resolve("out.mp4"), "old");
    assertThatThrownBy(() -> Targets.check(List.of(input), List.of(out), false))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("exists already");
    assertThatCode(() -> Targets.check(List.of(input), List.of(out), true))
        .doesNotThrowAnyException();
  }

  @Test
  void aNameThatNoFileSystemTakesIsRefusedBeforeTheWork() {
    Path longest = folder.resolve("\u00e4".repeat(125) + "x.mp4");
    assertThatCode(() -> Targets.check(List.of(input), List.of(longest), false))
        .doesNotThrowAnyException();
    Path report = folder.resolve(longest.getFileName() + ".report.json");
    assertThatThrownBy(() -> Targets.check(List.of(input), List.of(longest, report), false))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(report + ": its name is longer than the 255 bytes");
  }

  @Test
  void whatIsNoRegularFileIsNoOutputEvenToBeReplaced() throws IOException {
    Path socket = folder.resolve("socket.mp4");
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));
      Path link = Files.createSymbolicLink(folder.resolve("link.mp4"), socket);
      for (Path output : List.of(socket, link)) {
        assertThatThrownBy(() -> Targets.check(List.of(input), List.of(output), true))
            .isInstanceOf(JobException.class)
            .hasMessage(output + ": is no regular file; name another output");
      }
    }
  }

  @Test
  void aLinkThatLeadsNowhereIsReplacedOnlyWhenThatIsAsked() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.mp4"), folder.resolve("unmounted"));
    assertThatThrownBy(() -> Targets.check(List.of(input), List.of(link), false))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("exists already");
    try (TemporaryOutput output = TemporaryOutput.beside(link)) {
      Files.writeString(output.path(), "new");
      assertThatThrownBy(() -> output.publish(/* overwrite= */ false))
          .isInstanceOf(JobException.class)
          .hasMessageContaining("exists already");
    }
    assertThatCode(() -> Targets.check(List.of(input), List.of(link), true))
        .doesNotThrowAnyException();
  }

  @Test
  void aFolderThatCannotBeMadeIsToldBeforeTheWork() {
    Path report = input.resolve("sub/r.json");
    assertThatThrownBy(
            () -> Targets.check(List.of(), List.of(folder.resolve("o.mp4"), report), false))
        .isInstanceOf(JobException.class)
        .hasMessage(input + ": is no folder; choose another one for outputs");
  }

  @Test
  void aFolderThatCannotBeWrittenToIsToldBeforeTheWork() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeThat(Files.isWritable(closed)).as("a user that may write everywhere").isFalse();
    for (String name : List.of("r.json", "sub/r.json")) {
      Path report = closed.resolve(name);
      assertThatThrownBy(() -> Targets.check(List.of(input), List.of(report), false))
          .isInstanceOf(JobException.class)
          .hasMessageStartingWith(closed + ": cannot be written to; check its permissions");
    }
  }

  @Test
  void aFolderIsNoOutput() {
    assertThatThrownBy(() -> Targets.check(List.of(input), List.of(folder), true))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("is a folder");
  }

  @Test
  void twoOutputsOfOneNameAreRefused() {
    Path out = folder.resolve("out.mp4");
    Path same = folder.resolve("./out.mp4");
    assertThatThrownBy(() -> Targets.check(List.of(input), List.of(out, same), true))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("would be written twice");
  }
}
