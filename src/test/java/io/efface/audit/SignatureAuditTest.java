package io.efface.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.manifest.FileIdentity;
import io.efface.report.Check;
import io.efface.report.ReportFiles;
import io.efface.report.ReportSignature;
import io.efface.report.SignatureFinding.Part;
import io.efface.report.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignatureAuditTest {
  private static final SigningKey KEY = SigningKey.generate();

  @TempDir Path folder;
  private Path file = Path.of("");
  private ReportFiles files = ReportFiles.beside(file);

  @BeforeEach
  void sign() throws IOException {
    file = Files.writeString(folder.resolve("out.mp4"), "film");
    files = ReportFiles.beside(file);
    Files.writeString(files.json(), "{}");
    Map<Part, String> digests =
        Map.of(
            Part.OUTPUT, FileIdentity.of(file).sha256(),
            Part.JSON, FileIdentity.of(files.json()).sha256());
    Files.write(files.signature(), ReportSignature.make(KEY, digests).bytes());
  }

  @Test
  void theExpectedKeysSignaturePasses() {
    SignatureAudit audit = SignatureAudit.of(file, Optional.empty(), Optional.of(KEY.publicKey()));
    assertThat(audit.check())
        .isEqualTo(Check.ran(Check.SIGNATURE, true, "over the file, the JSON report"));
    assertThat(audit.findings()).isEmpty();
  }

  @Test
  void aSignatureStandsBesideTheReportThatIsNamed() throws IOException {
    ReportFiles elsewhere = ReportFiles.named(folder.resolve("case 7.json"));
    Files.move(files.json(), elsewhere.json());
    Files.move(files.signature(), elsewhere.signature());
    Optional<Path> report = Optional.of(elsewhere.json());
    assertThat(SignatureAudit.of(file, report, Optional.of(KEY.publicKey())).check().passed())
        .isTrue();
    assertThat(SignatureAudit.of(file, Optional.empty(), Optional.empty()).check().ran()).isFalse();
  }

  @Test
  void anybodysSignaturePassesAndSaysSo() {
    SignatureAudit audit = SignatureAudit.of(file, Optional.empty(), Optional.empty());
    assertThat(audit.check().passed()).isTrue();
    assertThat(audit.check().detail())
        .contains("by anybody's key", "not checked", KEY.publicKey().fingerprint());
    assertThat(audit.findings()).isEmpty();
  }

  @Test
  void anotherKeysSignatureIsAFinding() {
    SignatureAudit audit =
        SignatureAudit.of(file, Optional.empty(), Optional.of(SigningKey.generate().publicKey()));
    assertThat(audit.check().failed()).isTrue();
    assertThat(audit.findings())
        .singleElement()
        .matches(finding -> finding.kind() == Finding.Kind.SIGNATURE)
        .matches(finding -> finding.where().equals("the key"));
  }

  @Test
  void whatWasChangedOrAddedOrIsGoneIsAFinding() throws IOException {
    Files.writeString(file, "fi1m");
    Files.delete(files.json());
    Files.writeString(files.html(), "<p>");
    SignatureAudit audit = SignatureAudit.of(file, Optional.empty(), Optional.empty());
    assertThat(audit.check().failed()).isTrue();
    assertThat(audit.check().detail()).startsWith("over nothing that is here");
    assertThat(audit.findings())
        .extracting(Finding::toString)
        .containsExactly(
            "it is not what was signed (the file)",
            "it was signed and is not there (the JSON report)",
            "it is there, but was not signed (the HTML report)");
  }

  @Test
  void aBrokenSignatureIsAFinding() throws IOException {
    Files.writeString(files.signature(), "no signature");
    SignatureAudit audit = SignatureAudit.of(file, Optional.empty(), Optional.empty());
    assertThat(audit.check().failed()).isTrue();
    assertThat(audit.findings()).extracting(Finding::where).containsExactly("the signature");
  }

  @Test
  void anAbsentSignatureIsAFindingOnlyWhereOneWasExpected() throws IOException {
    Files.delete(files.signature());
    SignatureAudit unasked = SignatureAudit.of(file, Optional.empty(), Optional.empty());
    assertThat(unasked.check())
        .isEqualTo(Check.skipped(Check.SIGNATURE, "there is none beside the file"));
    assertThat(unasked.findings()).isEmpty();
    assertThat(unasked.signature()).isEmpty();
    SignatureAudit asked = SignatureAudit.of(file, Optional.empty(), Optional.of(KEY.publicKey()));
    assertThat(asked.check().failed()).isTrue();
    assertThat(asked.findings())
        .extracting(Finding::toString)
        .containsExactly("there is no signature (the signature)");
  }
}
