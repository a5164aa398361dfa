package io.efface.pipeline;

import io.efface.report.Filing;
import io.efface.report.ReportFiles;
import io.efface.report.ReportFormat;
import io.efface.report.SigningKey;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The reports that a job writes.
 *
 * @param files what they are called
 * @param format which are written
 * @param filing what is to stand in them
 * @param signer fingerprint of the key that they and the output are signed with; empty where no
 *     signature is wanted
 * @param key the key itself; empty where there is no signature, or another process makes it
 */
public record ReportRequest(
    ReportFiles files,
    ReportFormat format,
    Filing filing,
    Optional<String> signer,
    Optional<SigningKey> key) {

  /** Checks that a key is the signer's. */
  public ReportRequest {
    if (key.isPresent() && !signer.equals(fingerprint(key))) {
      throw new IllegalArgumentException("the key is not the signer's");
    }
  }

  /** Reports that this process signs, if there is a key. */
  public ReportRequest(
      ReportFiles files, ReportFormat format, Filing filing, Optional<SigningKey> key) {
    this(files, format, filing, fingerprint(key), key);
  }

  /** Both reports beside an output, unsigned. */
  public static ReportRequest beside(Path output) {
    return new ReportRequest(
        ReportFiles.beside(output), ReportFormat.BOTH, Filing.NONE, Optional.empty());
  }

  /** The one to name to the user. */
  public Path main() {
    return format.json() ? files.json() : files.html();
  }

  /** The names that belong to an output, whether reports are wanted or not. */
  static ReportFiles files(Optional<ReportRequest> request, Path output) {
    return request.map(ReportRequest::files).orElseGet(() -> ReportFiles.beside(output));
  }

  private static Optional<String> fingerprint(Optional<SigningKey> key) {
    return key.map(k -> k.publicKey().fingerprint());
  }
}
