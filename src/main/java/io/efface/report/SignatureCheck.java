package io.efface.report;

import io.efface.manifest.DocumentException;
import io.efface.manifest.FileIdentity;
import io.efface.report.SignatureFinding.Part;
import io.efface.report.SignatureFinding.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether an output and its reports are what was signed.
 *
 * @param findings one for each part, in the parts' order
 * @param signer whose key the signature names; empty where there is none that can be read
 */
public record SignatureCheck(List<SignatureFinding> findings, Optional<VerificationKey> signer) {

  /** Copies the list. */
  public SignatureCheck {
    findings = List.copyOf(findings);
  }

  /**
   * Reads the files and compares. Never throws for what they hold or lack: that is a finding.
   *
   * @param output the footage
   * @param files where its reports and its signature are
   * @param expected the key that must have signed; without one anybody's signature holds, and the
   *     finding on the key says that it was not checked
   */
  public static SignatureCheck of(
      Path output, ReportFiles files, Optional<VerificationKey> expected) {
    return of(output, files, expected, () -> {});
  }

  /**
   * As {@link #of(Path, ReportFiles, Optional)}, block by block.
   *
   * @param everyBlock called before each block of a file that is read; may throw to end the check
   */
  public static SignatureCheck of(
      Path output, ReportFiles files, Optional<VerificationKey> expected, Runnable everyBlock) {
    Optional<ReportSignature> read;
    try {
      read = ReportSignature.read(files.signature());
    } catch (DocumentException e) {
      return nothing(State.FAILS, "it is no signature, or was changed");
    }
    if (read.isEmpty()) {
      return nothing(State.MISSING, "there is no signature");
    }
    ReportSignature signature = read.get();
    if (!signature.holds()) {
      return nothing(State.FAILS, "it does not fit what it signs, so one of the two was changed");
    }
    List<SignatureFinding> findings = new ArrayList<>();
    findings.add(
        new SignatureFinding(Part.SIGNATURE, State.HOLDS, "it fits the digests that it signs"));
    findings.add(key(signature.key(), expected));
    findings.add(part(Part.OUTPUT, output, signature, everyBlock));
    findings.add(part(Part.JSON, files.json(), signature, everyBlock));
    findings.add(part(Part.HTML, files.html(), signature, everyBlock));
    return new SignatureCheck(findings, Optional.of(signature.key()));
  }

  private static SignatureCheck nothing(State state, String detail) {
    List<SignatureFinding> findings = new ArrayList<>();
    for (Part part : Part.values()) {
      findings.add(
          part == Part.SIGNATURE
              ? new SignatureFinding(part, state, detail)
              : new SignatureFinding(part, State.NOT_CHECKED, "no signature speaks for it"));
    }
    return new SignatureCheck(findings, Optional.empty());
  }

  private static SignatureFinding key(VerificationKey signer, Optional<VerificationKey> expected) {
    if (expected.isEmpty()) {
      return new SignatureFinding(
          Part.KEY,
          State.NOT_CHECKED,
          "whose key it is was not checked; its fingerprint is " + signer.fingerprint());
    }
    return expected.get().equals(signer)
        ? new SignatureFinding(Part.KEY, State.HOLDS, "it is the key that was expected")
        : new SignatureFinding(
            Part.KEY,
            State.FAILS,
            "it is another key than expected; its fingerprint is " + signer.fingerprint());
  }

  private static SignatureFinding part(
      Part part, Path file, ReportSignature signature, Runnable everyBlock) {
    Optional<String> signed = Optional.ofNullable(signature.digests().get(part));
    if (signed.isEmpty()) {
      return Files.exists(file)
          ? new SignatureFinding(part, State.FAILS, "it is there, but was not signed")
          : new SignatureFinding(part, State.NOT_CHECKED, "none was signed and none is there");
    }
    if (!Files.exists(file)) {
      return new SignatureFinding(part, State.MISSING, "it was signed and is not there");
    }
    try {
      return FileIdentity.of(file, everyBlock).sha256().equals(signed.get())
          ? new SignatureFinding(part, State.HOLDS, "it is what was signed, to the byte")
          : new SignatureFinding(part, State.FAILS, "it is not what was signed");
    } catch (IOException e) {
      return new SignatureFinding(part, State.FAILS, "it cannot be read to its end");
    }
  }

  /**
   * Whether a signature is there and nothing contradicts it. Whose it is counts only where a key
   * was expected.
   */
  public boolean holds() {
    return findings.stream()
        .allMatch(
            f ->
                f.state() == State.HOLDS
                    || (f.state() == State.NOT_CHECKED && f.part() != Part.SIGNATURE));
  }
}
