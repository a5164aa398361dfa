package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.efface.media.MediaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be audited at all is no file with faults. */
class VerifyingTest {
  @TempDir Path folder;

  @Test
  void aFolderIsRefused() {
    assertThatThrownBy(() -> verify(folder))
        .isInstanceOf(JobException.class)
        .hasMessage(folder + ": is a folder; name a file in it");
  }

  @Test
  void aFileThatMayNotBeReadIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("a.mp4"), "a");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeThat(Files.isReadable(file)).as("a user that may read everything").isFalse();
    assertThatThrownBy(() -> verify(file))
        .isInstanceOf(JobException.class)
        .hasMessage(file + ": cannot be read; check its permissions");
  }

  @Test
  void whatIsNoFootageIsRefusedAsElsewhere() throws IOException {
    Path file = Files.writeString(folder.resolve("some.txt"), "hello");
    assertThatThrownBy(() -> verify(file))
        .isInstanceOf(MediaException.class)
        .hasMessageStartingWith(file + ": is not a video or picture that Efface can read; check")
        .hasMessageNotContaining("\n");
  }

  private static void verify(Path file) {
    new RedactionPipeline().verify(VerifyJob.of(file), Progress.NONE);
  }
}
