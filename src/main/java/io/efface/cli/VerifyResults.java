package io.efface.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.efface.audit.Finding;
import io.efface.media.ImageFormat;
import io.efface.pipeline.Outcome;
import io.efface.report.Check;
import io.efface.report.Residual;
import io.efface.report.SignatureCheck;
import io.efface.report.SignatureFinding;
import io.efface.report.VerificationKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How an audit is put in words and in JSON, and the exit code it comes to. */
final class VerifyResults {
  /** The checks that look at what the pictures show. */
  private static final Set<String> OF_CONTENT = Set.of(Check.REGIONS, Check.RESIDUE);

  private VerifyResults() {}

  /** What a verified file's findings come to. */
  static ExitCode exit(Outcome.Verified verified) {
    if (!verified.findings().isEmpty()) {
      return ExitCode.AUDIT_FAILED;
    }
    return verified.residuals().isEmpty() && unseen(verified).isEmpty()
        ? ExitCode.DONE
        : ExitCode.ATTENTION;
  }

  /** Says so if no check has looked at what the pictures show. */
  static Optional<String> unseen(Outcome.Verified verified) {
    boolean seen =
        verified.checks().stream().anyMatch(c -> c.ran() && OF_CONTENT.contains(c.name()));
    return seen
        ? Optional.empty()
        : Optional.of(
            verified.file()
                + ": nothing looked at what its pictures show; faces and plates may be in them");
  }

  /** A line a finding, then a line a check. */
  static List<String> words(Outcome.Verified verified) {
    List<String> lines = new ArrayList<>();
    for (Finding finding : verified.findings()) {
      lines.add(verified.file() + ": " + finding.kind().check() + ": " + finding);
    }
    for (Residual residual : verified.residuals()) {
      lines.add(verified.file() + ": residue: " + words(verified, residual));
    }
    for (Check check : verified.checks()) {
      String fate = !check.ran() ? "did not run" : check.passed() ? "passed" : "FAILED";
      lines.add(
          verified.file()
              + ": "
              + check.name()
              + " "
              + fate
              + (check.detail().isEmpty() ? "" : " (" + check.detail() + ")"));
    }
    return lines;
  }

  private static String words(Outcome.Verified verified, Residual residual) {
    return residual.words(ImageFormat.ofName(verified.file()).isPresent());
  }

  /** The members that tell the audit. */
  static void write(JsonGenerator generator, Outcome.Verified v) throws IOException {
    generator.writeStringField("status", Choices.id(exit(v)));
    generator.writeStringField("file", v.file().toString());
    generator.writeArrayFieldStart("checks");
    for (Check check : v.checks()) {
      generator.writeStartObject();
      generator.writeStringField("name", check.name());
      generator.writeBooleanField("ran", check.ran());
      generator.writeBooleanField("passed", check.passed());
      generator.writeStringField("detail", check.detail());
      generator.writeEndObject();
    }
    generator.writeEndArray();
    generator.writeArrayFieldStart("findings");
    for (Finding finding : v.findings()) {
      generator.writeStartObject();
      generator.writeStringField("check", finding.kind().check());
      generator.writeStringField("kind", finding.kind().id());
      generator.writeStringField("sentence", finding.sentence());
      generator.writeStringField("where", finding.where());
      generator.writeEndObject();
    }
    generator.writeEndArray();
    Results.writeTexts(
        generator, "residuals", v.residuals().stream().map(left -> words(v, left)).toList());
    Results.writeTexts(generator, "attention", unseen(v).stream().toList());
    if (v.signature().isPresent()) {
      write(generator, v.signature().get());
    }
  }

  private static void write(JsonGenerator generator, SignatureCheck signature) throws IOException {
    generator.writeObjectFieldStart("signature");
    Optional<String> signer = signature.signer().map(VerificationKey::fingerprint);
    if (signer.isPresent()) {
      generator.writeStringField("signer", signer.get());
    }
    generator.writeArrayFieldStart("parts");
    for (SignatureFinding finding : signature.findings()) {
      generator.writeStartObject();
      generator.writeStringField("part", finding.part().id());
      generator.writeStringField("state", finding.state().id());
      generator.writeStringField("detail", finding.detail());
      generator.writeEndObject();
    }
    generator.writeEndArray();
    generator.writeEndObject();
  }
}
