package io.efface.audit;

import io.efface.report.Check;
import io.efface.report.ReportFiles;
import io.efface.report.SignatureCheck;
import io.efface.report.SignatureFinding;
import io.efface.report.SignatureFinding.Part;
import io.efface.report.SignatureFinding.State;
import io.efface.report.VerificationKey;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether a file and the reports beside it are what was signed.
 *
 * @param check whether it was checked and holds, and by whose key
 * @param findings what does not hold, or is gone
 * @param signature part by part; empty where there is no signature and none was expected
 */
public record SignatureAudit(
    Check check, List<Finding> findings, Optional<SignatureCheck> signature) {

  /** Copies the findings. */
  public SignatureAudit {
    findings = List.copyOf(findings);
  }

  /**
   * Checks the signature beside a file. Never throws for what the files hold or lack.
   *
   * @param report the JSON report that it stands beside; empty for the one beside the file
   * @param expected the key that must have signed; without one a signature may be anybody's, or
   *     absent
   */
  public static SignatureAudit of(
      Path file, Optional<Path> report, Optional<VerificationKey> expected) {
    return of(file, report, expected, () -> {});
  }

  /**
   * As {@link #of(Path, Optional, Optional)}, block by block.
   *
   * @param everyBlock called before each block of a file that is read; may throw to end the check
   */
  public static SignatureAudit of(
      Path file, Optional<Path> report, Optional<VerificationKey> expected, Runnable everyBlock) {
    ReportFiles files = report.map(ReportFiles::named).orElseGet(() -> ReportFiles.beside(file));
    if (expected.isEmpty() && !Files.exists(files.signature(), LinkOption.NOFOLLOW_LINKS)) {
      return new SignatureAudit(
          Check.skipped(
              Check.SIGNATURE,
              report.isPresent()
                  ? "there is none beside the report"
                  : "there is none beside the file"),
          List.of(),
          Optional.empty());
    }
    SignatureCheck signature = SignatureCheck.of(file, files, expected, everyBlock);
    return new SignatureAudit(
        Check.ran(Check.SIGNATURE, signature.holds(), detail(signature, expected)),
        signature.findings().stream()
            .filter(SignatureAudit::isWrong)
            .map(SignatureAudit::of)
            .toList(),
        Optional.of(signature));
  }

  private static boolean isWrong(SignatureFinding finding) {
    return finding.state() == State.FAILS || finding.state() == State.MISSING;
  }

  private static Finding of(SignatureFinding finding) {
    return new Finding(Finding.Kind.SIGNATURE, finding.detail(), words(finding.part()));
  }

  private static String detail(SignatureCheck signature, Optional<VerificationKey> expected) {
    if (signature.signer().isEmpty()) {
      return "nothing speaks for the file";
    }
    String covered =
        signature.findings().stream()
            .filter(f -> f.state() == State.HOLDS && isSigned(f.part()))
            .map(f -> words(f.part()))
            .collect(Collectors.joining(", "));
    String over = covered.isEmpty() ? "over nothing that is here" : "over " + covered;
    return expected.isPresent()
        ? over
        : over
            + ", by anybody's key: whose it is was not checked, its fingerprint is "
            + signature.signer().get().fingerprint();
  }

  private static boolean isSigned(Part part) {
    return part == Part.OUTPUT || part == Part.JSON || part == Part.HTML;
  }

  private static String words(Part part) {
    return switch (part) {
      case SIGNATURE -> "the signature";
      case KEY -> "the key";
      case OUTPUT -> "the file";
      case JSON -> "the JSON report";
      case HTML -> "the HTML report";
    };
  }
}
