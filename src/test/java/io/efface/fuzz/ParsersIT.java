package io.efface.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.efface.audit.AuditException;
import io.efface.audit.ContainerAudit;
import io.efface.audit.ContainerSeeds;
import io.efface.manifest.DocumentException;
import io.efface.manifest.EditsCodec;
import io.efface.manifest.ManifestCodec;
import io.efface.manifest.Manifests;
import io.efface.report.ReportCodec;
import io.efface.report.ReportReader;
import io.efface.report.ReportSignature;
import io.efface.report.Reports;
import io.efface.report.SignatureFinding.Part;
import io.efface.report.SigningKey;
import io.efface.testing.RealFootage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What reads files that others may have made, whatever stands in them: it returns or refuses. Each
 * seed is read in every build, and each file that was ever found to break a reader, from the test
 * resources; {@code JAZZER_FUZZ=1 mvn -Pfuzz -Dit.test=ParsersIT#containers verify} looks for more
 * by Jazzer, guided by coverage, in one reader at a time.
 */
class ParsersIT {
  /** Jazzer makes no longer files. */
  private static final long MOST_BYTES = 4096;

  private static Path folder;
  private static Path file;

  @BeforeAll
  static void make() throws IOException {
    folder = Files.createTempDirectory("efface-parsers");
    file = folder.resolve("file");
  }

  @AfterAll
  static void remove() throws IOException {
    Files.deleteIfExists(file);
    Files.delete(folder);
  }

  @MethodSource("films")
  @FuzzTest(maxDuration = "5m")
  void containers(byte[] content) throws IOException {
    try {
      ContainerAudit.check(Files.write(file, content));
    } catch (AuditException e) {
      // Said so.
    }
  }

  @MethodSource("manifests")
  @FuzzTest(maxDuration = "2m")
  void manifests(byte[] content) throws IOException {
    try {
      ManifestCodec.read(Files.write(file, content));
    } catch (DocumentException e) {
      // Said so.
    }
  }

  @MethodSource("edits")
  @FuzzTest(maxDuration = "2m")
  void edits(byte[] content) throws IOException {
    try {
      EditsCodec.read(Files.write(file, content));
    } catch (DocumentException e) {
      // Said so.
    }
  }

  @MethodSource("reports")
  @FuzzTest(maxDuration = "2m")
  void reports(byte[] content) throws IOException {
    try {
      ReportReader.read(Files.write(file, content));
    } catch (DocumentException e) {
      // Said so.
    }
  }

  @MethodSource("signatures")
  @FuzzTest(maxDuration = "2m")
  void signatures(byte[] content) throws IOException {
    try {
      ReportSignature.read(Files.write(file, content));
    } catch (DocumentException e) {
      // Said so.
    }
  }

  static Stream<byte[]> films() throws IOException {
    try (Stream<Path> media = Files.list(RealFootage.path("media"))) {
      List<Path> odd = media.filter(ParsersIT::isSmall).sorted().toList();
      return Stream.concat(ContainerSeeds.films(), odd.stream().map(ParsersIT::bytes));
    }
  }

  static Stream<byte[]> manifests() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ManifestCodec.write(Manifests.small(), out);
    return Stream.of(out.toByteArray());
  }

  static Stream<byte[]> edits() throws IOException {
    return Stream.of(
        Objects.requireNonNull(
                ParsersIT.class.getResourceAsStream("/io/efface/manifest/edits.json"))
            .readAllBytes());
  }

  static Stream<byte[]> reports() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReportCodec.write(Reports.full(), out);
    return Stream.of(out.toByteArray());
  }

  static Stream<byte[]> signatures() {
    Map<Part, String> digests = Map.of(Part.OUTPUT, Manifests.SHA256, Part.JSON, Manifests.SHA256);
    return Stream.of(ReportSignature.make(SigningKey.generate(), digests).bytes());
  }

  private static boolean isSmall(Path path) {
    try {
      return Files.isRegularFile(path) && Files.size(path) < MOST_BYTES;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
