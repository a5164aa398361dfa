package io.efface.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.manifest.DocumentException;
import io.efface.media.EncoderSettings;
import io.efface.testing.Mutation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportReaderTest {
  private static final int TRIES = 300;

  @TempDir Path folder;

  @Test
  void readsHowAnOutputWasMade() throws IOException {
    for (Report report : List.of(Reports.full(), Reports.still(), Reports.bare())) {
      ReportHead head = ReportReader.read(written(report));
      assertThat(head.tool()).isEqualTo(report.tool());
      assertThat(head.input()).isEqualTo(report.input());
      assertThat(head.output()).isEqualTo(report.output());
      assertThat(head.models()).isEqualTo(report.models());
      assertThat(head.options()).isEqualTo(report.options());
      assertThat(head.checks()).isEqualTo(report.checks());
      assertThat(head.filing()).isEqualTo(report.filing());
      assertThat(head.signer()).isEqualTo(report.signer());
      assertThat(head.edited()).isEqualTo(report.edits().isPresent());
      assertThat(head.attention()).isEqualTo(report.verdict() != Report.Verdict.DONE);
    }
    assertThat(ReportReader.read(written(Reports.full())).attention()).isTrue();
  }

  @Test
  void theOptionsOfAReportAreThoseOfItsJobAndOfNoOther() throws IOException {
    ReportOptions options = Reports.full().options();
    ReportOptions written = ReportReader.read(written(Reports.full())).options();
    assertThat(written).isEqualTo(options);
    ReportOptions.Render render = options.render();
    EncoderSettings other =
        new EncoderSettings(
            render.encoder().codec(), render.encoder().quality() - 1, render.encoder().preset());
    assertThat(written).isNotEqualTo(new ReportOptions(options.detection(), with(render, other)));
  }

  @Test
  void aMarginIsHeldInAsManyDigitsAsAReportHas() {
    ReportOptions.Render exact = Reports.full().options().render();
    ReportOptions.Render render =
        new ReportOptions.Render(
            exact.styles(),
            0.1234567891,
            exact.cover(),
            exact.encoder(),
            exact.audio(),
            exact.onCorrupt(),
            exact.allowTruncated(),
            exact.smart(),
            exact.audit());
    assertThat(render.margin()).isEqualTo(0.123457);
  }

  private static ReportOptions.Render with(ReportOptions.Render render, EncoderSettings encoder) {
    return new ReportOptions.Render(
        render.styles(),
        render.margin(),
        render.cover(),
        encoder,
        render.audio(),
        render.onCorrupt(),
        render.allowTruncated(),
        render.smart(),
        render.audit());
  }

  @Test
  void whatIsDamagedIsAReportOrAnError() throws IOException {
    byte[] whole = bytes(Reports.full());
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
    Path file = folder.resolve("damaged.json");
    int refused = 0;
    for (int i = 0; i < TRIES; i++) {
      Mutation mutation = Mutation.ALL.get(i % Mutation.ALL.size());
      Files.write(file, mutation.of(whole, whole, random));
      try {
        ReportReader.read(file);
      } catch (DocumentException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(TRIES / 2);
  }

  @Test
  void aMarginThatNoJobCanHaveIsRefused() throws IOException {
    String whole = new String(bytes(Reports.full()), StandardCharsets.UTF_8);
    String wide = whole.replaceFirst("(\"margin\"\\s*:\\s*)0\\.25", "$15");
    assertThat(wide).isNotEqualTo(whole);
    Path file = Files.writeString(folder.resolve("wide.json"), wide);
    assertThatThrownBy(() -> ReportReader.read(file))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("margin");
  }

  @Test
  void anotherDocumentIsNoReport() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "{\"format\":\"efface-manifest\"}");
    assertThatThrownBy(() -> ReportReader.read(file)).isInstanceOf(DocumentException.class);
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
    return Files.write(folder.resolve("report.json"), bytes(report));
  }

  private static byte[] bytes(Report report) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReportCodec.write(report, out);
    return out.toByteArray();
  }
}
