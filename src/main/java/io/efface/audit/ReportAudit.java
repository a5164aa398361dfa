package io.efface.audit;

import io.efface.manifest.DocumentException;
import io.efface.manifest.FileIdentity;
import io.efface.report.Check;
import io.efface.report.ReportFiles;
import io.efface.report.ReportHead;
import io.efface.report.ReportReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whether a file is the one that its JSON report is of. Without a signature anybody can write a
 * report, so that it holds proves nothing; that it does not hold tells that one of the two is not
 * what it was.
 *
 * @param check whether it was checked and holds
 * @param findings what does not hold
 * @param report what it says; empty where there is none or it is not of this file
 */
public record ReportAudit(Check check, List<Finding> findings, Optional<ReportHead> report) {

  /** Copies the findings. */
  public ReportAudit {
    findings = List.copyOf(findings);
  }

  /**
   * Whether a report speaks of a file.
   *
   * @param named the report; empty means the one beside the file, if there is one
   */
  public static boolean isThere(Path file, Optional<Path> named) {
    return named.isPresent() || Files.exists(beside(file), LinkOption.NOFOLLOW_LINKS);
  }

  private static Path beside(Path file) {
    return ReportFiles.beside(file).json();
  }

  /**
   * Reads the report and compares. Never throws for what the files hold.
   *
   * @param named the report; empty means the one beside the file, if there is one
   * @param everyBlock called before each block of the file that is read; may throw to end the check
   */
  public static ReportAudit of(Path file, Optional<Path> named, Runnable everyBlock) {
    if (!isThere(file, named)) {
      return new ReportAudit(
          Check.skipped(Check.REPORT, "there is none beside the file"),
          List.of(),
          Optional.empty());
    }
    ReportHead head;
    try {
      head = ReportReader.read(named.orElseGet(() -> beside(file)));
    } catch (DocumentException e) {
      return wrong("it is no report of this version, or was changed");
    }
    try {
      return FileIdentity.of(file, everyBlock).sha256().equals(head.output().sha256())
          ? new ReportAudit(
              Check.ran(Check.REPORT, true, "it is of this file"), List.of(), Optional.of(head))
          : wrong("it is of another file, or the file was changed since");
    } catch (IOException e) {
      return wrong("the file cannot be read to its end");
    }
  }

  private static ReportAudit wrong(String sentence) {
    return new ReportAudit(
        Check.ran(Check.REPORT, false, sentence),
        List.of(new Finding(Finding.Kind.REPORT, sentence, "the JSON report")),
        Optional.empty());
  }
}
