package io.efface.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.pipeline.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsideTest {
  @TempDir Path folder;
  private Path film = Path.of("");

  @BeforeEach
  void make() throws IOException {
    film = Files.writeString(folder.resolve("a.mp4"), "one");
  }

  @Test
  void whatIsPutUnderTheNameMeanwhileStays() throws IOException {
    assertThat(
            Aside.end(
                film,
                FileStamp.of(film),
                aside -> {
                  Files.writeString(film, "another");
                  Files.delete(aside);
                }))
        .isEmpty();
    assertThat(names()).containsExactly("a.mp4");
    assertThat(film).hasContent("another");
  }

  @Test
  void anotherFileOfTheNameThanTheProvedOneGetsItBack() throws IOException {
    FileStamp proved = FileStamp.of(film);
    Path twin = folder.resolve("twin");
    Files.copy(film, twin, StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(twin, film, StandardCopyOption.REPLACE_EXISTING);
    assertThat(Aside.end(film, proved, Files::delete))
        .contains(film + ": stays, since it has changed since it was redacted");
    assertThat(names()).containsExactly("a.mp4");
    assertThat(film).hasContent("one");
  }

  @Test
  void whatCannotBeEndedGetsANameThatIsFree() throws IOException {
    FileStamp proved = FileStamp.of(film);
    assertThatThrownBy(
            () ->
                Aside.end(
                    film,
                    proved,
                    aside -> {
                      Files.writeString(film, "another");
                      throw new IOException("no");
                    }))
        .isInstanceOf(IOException.class);
    assertThat(names()).containsExactly("a-2.mp4", "a.mp4");
    assertThat(folder.resolve("a-2.mp4")).hasContent("one");
    assertThat(film).hasContent("another");
  }

  @Test
  void whatIsAsideAlreadyIsNotReplaced() throws IOException {
    Path earlier = Files.writeString(folder.resolve(".a.mp4.efface-original"), "earlier");
    FileStamp proved = FileStamp.of(film);
    assertThatThrownBy(() -> Aside.end(film, proved, Files::delete))
        .isInstanceOf(IOException.class);
    assertThat(earlier).hasContent("earlier");
    assertThat(film).hasContent("one");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
