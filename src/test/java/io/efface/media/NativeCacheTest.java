package io.efface.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class NativeCacheTest {
  /** What Java says where the system knows of no home. */
  private static final Path NO_HOME = Path.of("?");

  @TempDir private Path folder;

  @Test
  void whoHasAHomeUnpacksThere() {
    assertThat(NativeCache.folder(folder, Path.of("none")))
        .isEqualTo(folder.resolve(".javacpp/cache").toString());
  }

  @Test
  void whoHasNoneGetsAFolderThatNobodyElseSees() throws IOException {
    Path own = Path.of(NativeCache.folder(NO_HOME, folder));
    assertThat(own.getParent()).isEqualTo(folder);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
        .isEqualTo("rwx------");
    assertThat(NativeCache.folder(NO_HOME, folder)).isEqualTo(own.toString());
  }

  @Test
  void aFolderThatOthersMayWriteToIsNotUsed() throws IOException {
    Path open = Path.of(NativeCache.folder(NO_HOME, folder));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(Path.of(NativeCache.folder(NO_HOME, folder)))
        .isNotEqualTo(open)
        .hasParent(folder)
        .isEmptyDirectory();
  }

  @Test
  void aLinkInItsPlaceIsNotFollowed() throws IOException {
    Path open = Path.of(NativeCache.folder(NO_HOME, folder));
    Files.delete(open);
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createSymbolicLink(open, elsewhere);
    assertThat(Path.of(NativeCache.folder(NO_HOME, folder))).isNotEqualTo(open).hasParent(folder);
  }
}
