package io.efface.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportFilesTest {

  @Test
  void standBesideTheOutput() {
    assertThat(ReportFiles.beside(Path.of("a/out.mp4")).all())
        .containsExactly(
            Path.of("a/out.mp4.report.json"),
            Path.of("a/out.mp4.report.html"),
            Path.of("a/out.mp4.report.sig"));
  }

  @ParameterizedTest
  @CsvSource({
    "x/r.json, x/r.json, x/r.html, x/r.sig",
    "x/r.JSON, x/r.JSON, x/r.html, x/r.sig",
    "r.html, r.json, r.html, r.sig",
    "r, r, r.html, r.sig",
    "r.txt, r.txt, r.txt.html, r.txt.sig",
    ".json, .json, .html, .sig",
  })
  void followTheOneThatIsNamed(Path named, Path json, Path html, Path signature) {
    assertThat(ReportFiles.named(named)).isEqualTo(new ReportFiles(json, html, signature));
  }
}
