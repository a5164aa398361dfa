package io.efface.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.pipeline.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05.678901Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void linesAreAppended() throws IOException {
    write("started", "a");
    write("done", "\u00e9\n");
    assertThat(file())
        .hasContent(
            """
            {"time":"2026-01-02T03:04:05.678Z","event":"started","output":"a"}
            {"time":"2026-01-02T03:04:05.678Z","event":"done","output":"\\u00E9\\n"}
            """);
  }

  @Test
  void aLineThatAKilledRunLeftInItsMiddleIsEnded() throws IOException {
    Files.writeString(file(), "{\"event\":\"done\",\"frames\":100,\"seconds\":10}\n{\"eve");
    assertThat(JournalReader.framesASecond(folder)).hasValue(10);
    write("skipped", "a");
    assertThat(Files.readAllLines(file())).hasSize(3).last().asString().contains("skipped");
    assertThat(JournalReader.framesASecond(folder)).hasValue(10);
  }

  @Test
  void onlyOneRunWorksInAFolder() {
    try (Journal open = Journal.open(folder, CLOCK)) {
      assertThatThrownBy(() -> Journal.open(folder, CLOCK))
          .isInstanceOf(JobException.class)
          .hasMessageContaining("another run");
      open.write("started", json -> {});
    }
    write("started", "a");
  }

  @Test
  void aThreadThatIsInterruptedWritesAndClosesNothing() throws IOException {
    try (Journal journal = Journal.open(folder, CLOCK)) {
      Thread.currentThread().interrupt();
      journal.write("interrupted", json -> {});
      assertThat(Thread.interrupted()).isTrue();
      journal.write("done", json -> {});
    }
    assertThat(Files.readAllLines(file())).hasSize(2);
  }

  @Test
  void whereTheFolderIsMadeAnewTheJournalGoesOnInTheNewOne() throws IOException {
    Path out = folder.resolve("out");
    try (Journal journal = Journal.open(out, CLOCK)) {
      journal.write("started", json -> {});
      Files.move(out, folder.resolve("removed"));
      Files.createDirectory(out);
      journal.write("done", json -> {});
      journal.write("skipped", json -> {});
      Files.delete(out.resolve(Journal.NAME));
      Files.delete(out);
      journal.write("failed", json -> {});
      assertThatThrownBy(() -> Journal.open(out, CLOCK)).hasMessageContaining("another run");
    }
    assertThat(Files.readString(folder.resolve("removed").resolve(Journal.NAME)))
        .contains("started")
        .doesNotContain("done");
    assertThat(Files.readAllLines(out.resolve(Journal.NAME)))
        .singleElement()
        .asString()
        .contains("failed");
  }

  @Test
  void aFolderThatWasMadeAnewAndIsAnotherRunsIsNotWrittenTo() throws IOException {
    Path out = folder.resolve("out");
    try (Journal journal = Journal.open(out, CLOCK)) {
      Files.move(out, folder.resolve("removed"));
      try (Journal other = Journal.open(out, CLOCK)) {
        assertThatThrownBy(() -> journal.write("done", json -> {}))
            .isInstanceOf(JobException.class)
            .hasMessageContaining("another run");
        other.write("started", json -> {});
      }
      journal.write("done", json -> {});
    }
    assertThat(Files.readAllLines(out.resolve(Journal.NAME))).hasSize(2);
  }

  @Test
  void aLinkIsNotWrittenThrough() throws IOException {
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "");
    Files.createSymbolicLink(file(), elsewhere);
    assertThatThrownBy(() -> Journal.open(folder, CLOCK)).isInstanceOf(JobException.class);
    assertThat(elsewhere).isEmptyFile();
  }

  private void write(String event, String output) {
    try (Journal journal = Journal.open(folder, CLOCK)) {
      journal.write(event, json -> json.writeStringField("output", output));
    }
  }

  private Path file() {
    return folder.resolve(Journal.NAME);
  }
}
