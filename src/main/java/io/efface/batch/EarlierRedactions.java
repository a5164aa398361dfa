package io.efface.batch;

import io.efface.manifest.DocumentException;
import io.efface.manifest.FileIdentity;
import io.efface.report.ReportFiles;
import io.efface.report.ReportHead;
import io.efface.report.ReportReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells what this program made beside its input, where nobody named it: the input is there to be
 * redacted, and its redaction is no footage of its own. Only what a report beside a file says of it
 * counts, down to its SHA-256, never its name; where the input is gone, its redaction may be all
 * there is.
 *
 * @param everyBlock called before each block of a file that is read; may throw to end the look
 */
record EarlierRedactions(Runnable everyBlock) {

  /** Whether a file, which may be read to its end, is the redaction of one that is there. */
  boolean isOne(Path file) {
    Path report = ReportFiles.beside(file).json();
    try {
      if (!Files.isRegularFile(report)) {
        return false;
      }
      ReportHead head = ReportReader.read(report);
      Path input = file.resolveSibling(head.input().name());
      return !input.equals(file)
          && Files.isRegularFile(input)
          && head.output().bytes() == Files.size(file)
          && head.output().equals(FileIdentity.of(file, everyBlock));
    } catch (DocumentException | IOException e) {
      // No report of Efface's, or a file that fails when its turn comes.
      return false;
    }
  }
}
