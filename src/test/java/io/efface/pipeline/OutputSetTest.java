package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.report.ReportFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputSetTest {
  @TempDir Path folder;
  private Path target = Path.of("");
  private ReportFiles files = ReportFiles.beside(target);

  @BeforeEach
  void name() {
    target = folder.resolve("out.mp4");
    files = ReportFiles.beside(target);
  }

  @Test
  void allGetTheirNames() throws IOException {
    publish(false, files.json(), files.html());
    assertThat(Jobs.names(folder)).containsExactly(Jobs.named(target));
    assertThat(files.json()).hasContent("new");
    assertThat(target).hasContent("new");
  }

  @Test
  void whatBelongedToTheReplacedOutputGoesWithIt() throws IOException {
    writeOld();
    publish(true, files.json());
    assertThat(Jobs.names(folder)).containsExactly("out.mp4", "out.mp4.report.json");
    assertThat(files.json()).hasContent("new");
    publish(true);
    assertThat(Jobs.names(folder)).containsExactly("out.mp4");
  }

  @Test
  void withoutLeaveToOverwriteNothingIsTouched() throws IOException {
    Files.writeString(files.signature(), "old");
    assertThatThrownBy(() -> publish(false, files.json()))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(files.signature() + ": exists already");
    assertThat(Jobs.names(folder)).containsExactly("out.mp4.report.sig");
    assertThat(files.signature()).hasContent("old");
  }

  @Test
  void whenTheOutputCannotGetItsNameTheOldOnesComeBack() throws IOException {
    writeOld();
    Files.delete(target);
    Files.createDirectories(target.resolve("in the way"));
    assertThatThrownBy(() -> publish(true, files.json(), files.html()))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(target + ": cannot be given its name");
    assertThat(Jobs.names(folder))
        .containsExactly(
            "out.mp4", "out.mp4.report.html", "out.mp4.report.json", "out.mp4.report.sig");
    for (Path document : files.all()) {
      assertThat(document).hasContent("old");
    }
  }

  @Test
  void whenADocumentCannotGetItsNameNoneDoes() throws IOException {
    writeOld();
    Files.delete(files.html());
    Path missing = folder.resolve("gone").resolve("page.html");
    try (TemporaryOutput output = TemporaryOutput.beside(target);
        OutputSet set = new OutputSet(output, files.all())) {
      Files.writeString(output.path(), "new");
      Files.writeString(set.add(files.json()).path(), "new");
      TemporaryOutput lost = set.add(missing);
      Files.delete(missing.getParent());
      assertThat(lost.path()).doesNotExist();
      assertThatThrownBy(() -> set.publish(true)).isInstanceOf(JobException.class);
    }
    assertThat(target).hasContent("old");
    assertThat(files.json()).hasContent("old");
    assertThat(Jobs.names(folder))
        .containsExactly("out.mp4", "out.mp4.report.json", "out.mp4.report.sig");
  }

  @Test
  void closedUnpublishedNothingIsLeft() throws IOException {
    try (TemporaryOutput output = TemporaryOutput.beside(target);
        OutputSet set = new OutputSet(output, files.all())) {
      Files.writeString(output.path(), "new");
      Files.writeString(set.add(files.json()).path(), "new");
    }
    assertThat(Jobs.names(folder)).isEmpty();
  }

  private void writeOld() throws IOException {
    Files.writeString(target, "old");
    for (Path document : files.all()) {
      Files.writeString(document, "old");
    }
  }

  private void publish(boolean overwrite, Path... documents) throws IOException {
    try (TemporaryOutput output = TemporaryOutput.beside(target);
        OutputSet set = new OutputSet(output, files.all())) {
      Files.writeString(output.path(), "new");
      for (Path document : documents) {
        Files.writeString(set.add(document).path(), "new");
      }
      set.publish(overwrite);
    }
  }
}
