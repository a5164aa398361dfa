package io.efface.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.pipeline.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamingTest {
  private static final List<Source> SOURCES =
      List.of(source("Jane Doe/front door.MP4"), source("b.Smith, John"), source("c"));

  @TempDir Path folder;

  @Test
  void countingKeepsNothingButTheEnding() {
    assertThat(new Naming.Counted().places(SOURCES))
        .containsExactly(Path.of("000001.MP4"), Path.of("000002"), Path.of("000003"));
  }

  @Test
  void hashesDependOnThePathAndTheKeyOnly() throws IOException {
    NameKey key = NameKey.of(folder.resolve("a.key"));
    List<Path> names = new Naming.Hashed(key).places(SOURCES);
    assertThat(names.get(0).toString()).matches("[0-9a-f]{24}\\.MP4");
    assertThat(names.get(1).toString()).matches("[0-9a-f]{24}");
    assertThat(folder.resolve("a.key")).doesNotExist();
    key.keep();
    assertThat(new Naming.Hashed(NameKey.of(folder.resolve("a.key"))).places(SOURCES.subList(1, 2)))
        .containsExactly(names.get(1));
    assertThat(new Naming.Hashed(NameKey.of(folder.resolve("b.key"))).places(SOURCES))
        .doesNotContainAnyElementsOf(names);
    assertThat(Files.size(folder.resolve("a.key"))).isEqualTo(32);
  }

  @Test
  void aKeyIsWrittenWholeOrNotAtAll() throws IOException {
    Path file = folder.resolve("a.key");
    NameKey late = NameKey.of(file);
    NameKey.of(file).keep();
    byte[] first = Files.readAllBytes(file);
    assertThatThrownBy(late::keep).isInstanceOf(JobException.class);
    assertThat(late.isKept()).isFalse();
    assertThat(file).hasBinaryContent(first);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aHashIsTheBeginningOfHmacSha256() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "0123456789abcdef");
    // printf 'Jane Doe/front door.MP4' | openssl dgst -sha256 -hmac 0123456789abcdef
    assertThat(new Naming.Hashed(NameKey.of(file)).places(SOURCES.subList(0, 1)))
        .containsExactly(Path.of("0df5a958a629be1800134119.MP4"));
  }

  @Test
  void aShortSecretIsNoKey() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "guess me");
    assertThatThrownBy(() -> NameKey.of(file))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("is no key for names");
  }

  private static Source source(String place) {
    return new Source(Path.of("in").resolve(place), Path.of(place));
  }
}
