package io.efface.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.manifest.DocumentException;
import io.efface.manifest.Manifests;
import io.efface.media.EncoderSettings;
import io.efface.testing.Mutation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecedentTest {
  private static final int TRIES = 300;

  @TempDir Path folder;

  @Test
  void aPrecedentSaysWhatTheReportDoes() throws IOException {
    Report report = Reports.full();
    Precedent precedent = Precedent.read(written(report));
    assertThat(precedent.input()).isEqualTo(report.input());
    assertThat(precedent.output()).isEqualTo(report.output());
    assertThat(precedent.models()).containsExactly(Manifests.model().sha256());
    assertThat(precedent.checks()).isEqualTo(report.checks());
    assertThat(precedent.filing()).isEqualTo(report.filing());
    assertThat(precedent.signer()).isEqualTo(report.signer());
    assertThat(precedent.attention()).isTrue();
    assertThat(precedent.edited()).isEqualTo(report.edits().isPresent());
  }

  @Test
  void theOptionsOfAReportAreThoseOfItsJobAndOfNoOther() throws IOException {
    ReportOptions options = Reports.full().options();
    String written = Precedent.read(written(Reports.full())).options();
    assertThat(written).isEqualTo(Precedent.optionsOf(options));
    ReportOptions.Render render = options.render();
    EncoderSettings other =
        new EncoderSettings(
            render.encoder().codec(), render.encoder().quality() - 1, render.encoder().preset());
    ReportOptions changed =
        new ReportOptions(
            options.detection(),
            new ReportOptions.Render(
                render.styles(),
                render.margin(),
                render.cover(),
                other,
                render.audio(),
                render.onCorrupt(),
                render.allowTruncated(),
                render.audit()));
    assertThat(written).isNotEqualTo(Precedent.optionsOf(changed));
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
        Precedent.read(file);
      } catch (DocumentException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(TRIES / 2);
  }

  @Test
  void anotherDocumentIsNoReport() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "{\"format\":\"efface-manifest\"}");
    assertThatThrownBy(() -> Precedent.read(file)).isInstanceOf(DocumentException.class);
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
