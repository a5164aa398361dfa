package io.efface.batch;

import io.efface.manifest.DocumentException;
import io.efface.manifest.FileIdentity;
import io.efface.report.ReportFiles;
import io.efface.report.ReportHead;
import io.efface.report.ReportReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells among the files of a folder what this program made beside its input there: the input is
 * redacted anyway, and its redaction is no footage of its own. Only what a report beside a file
 * says of it counts, down to its SHA-256, never its name; where the input is gone, its redaction
 * may be all there is.
 */
final class EarlierRedactions {
  private EarlierRedactions() {}

  /** Those of a folder's files, which may be read to their ends, that are redactions of others. */
  static Set<Source> among(List<Source> sources) {
    Set<Path> files = new HashSet<>();
    sources.forEach(source -> files.add(source.file()));
    Set<Source> redactions = new HashSet<>();
    for (Source source : sources) {
      if (isRedaction(source.file(), files)) {
        redactions.add(source);
      }
    }
    return redactions;
  }

  private static boolean isRedaction(Path file, Set<Path> files) {
    Path report = ReportFiles.beside(file).json();
    try {
      if (!Files.isRegularFile(report)) {
        return false;
      }
      ReportHead head = ReportReader.read(report);
      Path input = file.resolveSibling(head.input().name());
      return !input.equals(file)
          && files.contains(input)
          && head.output().bytes() == Files.size(file)
          && head.output().equals(FileIdentity.of(file));
    } catch (DocumentException | IOException e) {
      // No report of Efface's, or a file that fails when its turn comes.
      return false;
    }
  }
}
