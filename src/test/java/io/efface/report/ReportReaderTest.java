package io.efface.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.manifest.DocumentException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportReaderTest {
  @TempDir Path folder;

  @Test
  void readsHowAnOutputWasMade() throws IOException {
    for (Report report : List.of(Reports.full(), Reports.bare())) {
      assertThat(ReportReader.read(written(report)))
          .isEqualTo(
              new ReportHead(report.input(), report.output(), report.models(), report.options()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "efface-report, other-report, is not an Efface report",
    "'\"version\" : 2', '\"version\" : 1', only version 2 is known",
    "blur, smudge, is none of blur",
    "'solid:#0080ff', mosaic:7, 1 to 6 cells",
    "onCorrupt, onBroken, onBroken",
    "hevc, h266, is not known",
    "sha256, sha512, sha512",
  })
  void refusesWhatItWasNotWrittenFor(String from, String to, String why) throws IOException {
    Path file = written(Reports.full());
    String text = Files.readString(file).replaceAll("\": ", "\" : ");
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
    assertThatThrownBy(() -> ReportReader.read(file))
        .isInstanceOf(DocumentException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(why);
  }

  private Path written(Report report) throws IOException {
    Path file = folder.resolve("report.json");
    try (OutputStream out = Files.newOutputStream(file)) {
      ReportCodec.write(report, out);
    }
    return file;
  }
}
