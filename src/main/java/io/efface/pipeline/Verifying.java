package io.efface.pipeline;

import io.efface.audit.Fill;
import io.efface.audit.Finding;
import io.efface.audit.OutputAudit;
import io.efface.audit.Reference;
import io.efface.audit.ReportAudit;
import io.efface.audit.SignatureAudit;
import io.efface.detect.Label;
import io.efface.manifest.FileIdentity;
import io.efface.manifest.Manifest;
import io.efface.manifest.ManifestCodec;
import io.efface.media.VideoReader;
import io.efface.redact.Cover;
import io.efface.redact.Style;
import io.efface.report.Check;
import io.efface.report.ReportHead;
import io.efface.report.ReportOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Audits a finished file that any program may have made. */
final class Verifying {
  private final VerifyJob job;
  private final Cancellation cancellation;
  private final ThreadBudget threads;

  Verifying(VerifyJob job, Cancellation cancellation, ThreadBudget threads) {
    this.job = job;
    this.cancellation = cancellation;
    this.threads = threads;
  }

  /** Does the job. */
  Outcome.Verified run(Progress progress) {
    Inputs.refuseUnreadable(job.file());
    job.manifest().ifPresent(Inputs::refuseMissing);
    job.original().ifPresent(Inputs::refuseUnreadable);
    job.report().ifPresent(Inputs::refuseMissing);
    if (!ReportAudit.isThere(job.file(), job.report())) {
      // Beside a report, what cannot be opened is a redaction that somebody damaged.
      refuseOtherThanFootage();
    }
    Optional<Manifest> manifest = job.manifest().map(ManifestCodec::read);
    if (manifest.isPresent() && job.original().isPresent()) {
      refuseAnotherOriginal(job.original().get(), manifest.get());
    }
    progress.auditing(
        job.file(),
        manifest.map(m -> OptionalLong.of(m.input().frames())).orElse(OptionalLong.empty()));
    ReportAudit report = ReportAudit.of(job.file(), job.report(), cancellation::check);
    Reference reference =
        new Reference(
            manifest,
            job.original(),
            Optional.of(fill(report.report(), manifest)),
            Optional.empty(),
            OptionalInt.empty());
    OutputAudit.Result result = audit(reference, progress);
    SignatureAudit signature =
        SignatureAudit.of(job.file(), job.report(), job.signer(), cancellation::check);
    List<Check> checks = new ArrayList<>(result.checks());
    checks.add(report.check());
    checks.add(signature.check());
    List<Finding> findings = new ArrayList<>(result.findings());
    findings.addAll(report.findings());
    findings.addAll(signature.findings());
    return new Outcome.Verified(
        job.file(), checks, findings, result.residuals(), signature.signature());
  }

  /**
   * Refuses what no program could show, which has no faults but is no input.
   *
   * @throws io.efface.media.MediaException if it cannot be opened as footage
   */
  private void refuseOtherThanFootage() {
    try (VideoReader reader = VideoReader.open(job.file(), 1)) {
      reader.info();
    }
  }

  /** Audits with the models of the manifest, or without one with the usual ones. */
  private OutputAudit.Result audit(Reference reference, Progress progress) {
    if (reference.manifest().isEmpty()) {
      DetectionOptions usual = DetectionOptions.defaults();
      try (Models models =
          Models.open(usual, OptionalDouble.empty(), threads.detector(), cancellation)) {
        return audit(reference, Optional.of(models.residue()), progress);
      }
    }
    try (Auditing.Left left =
        Auditing.Left.of(
            reference.manifest().get(), OutputAudit.Level.FULL, threads.detector(), cancellation)) {
      return audit(reference, left.residue(), progress);
    }
  }

  private OutputAudit.Result audit(
      Reference reference, Optional<OutputAudit.Residue> residue, Progress progress) {
    return Auditing.run(
        job.file(),
        OutputAudit.Level.FULL,
        reference,
        residue,
        threads.decoder(),
        cancellation,
        progress);
  }

  /**
   * How regions were filled: as the job says, else as the file's report does, else the manifest,
   * else the defaults.
   */
  private Fill fill(Optional<ReportHead> report, Optional<Manifest> manifest) {
    Optional<ReportOptions.Render> reported = report.map(head -> head.options().render());
    Optional<Map<Label, Style>> styles =
        job.styles()
            .or(
                () ->
                    reported
                        .map(ReportOptions.Render::styles)
                        .filter(s -> s.size() == Label.values().length));
    double usual =
        manifest
            .map(Manifest::margin)
            .orElseGet(OptionalDouble::empty)
            .orElse(RenderOptions.DEFAULT_MARGIN);
    return new Fill(
        job.margin().orElse(reported.map(ReportOptions.Render::margin).orElse(usual)),
        job.cover().or(() -> reported.map(ReportOptions.Render::cover)).orElse(Cover.FACE),
        styles.orElseGet(() -> RenderOptions.everywhere(new Style.Blur())),
        styles.isPresent(),
        OptionalLong.empty());
  }

  private void refuseAnotherOriginal(Path original, Manifest manifest) {
    FileIdentity identity = FileDigest.of(original, original, cancellation::check);
    if (!identity.sha256().equals(manifest.input().file().sha256())) {
      throw new JobException(
          original
              + ": is not the file the manifest was made from (another SHA-256); name that one");
    }
    try (VideoReader reader = VideoReader.open(original, 1)) {
      Inputs.refuseOtherShape(original, Inputs.firstFrame(reader, true), manifest);
    }
  }
}
