package io.efface.cli;

import io.efface.audit.Finding;
import io.efface.detect.Label;
import io.efface.isolation.Limits;
import io.efface.pipeline.ApplyJob;
import io.efface.pipeline.DetectJob;
import io.efface.pipeline.EvalJob;
import io.efface.pipeline.JobRunner;
import io.efface.pipeline.Outcome;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.ReportRequest;
import io.efface.pipeline.VerifyJob;
import io.efface.report.Check;
import io.efface.report.Residual;
import io.efface.report.SignatureCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes down the jobs it is given and ends them as told. */
final class FakeRunner implements JobRunner {
  final List<RedactionJob> redacted = new ArrayList<>();
  final List<ApplyJob> applied = new ArrayList<>();
  final List<DetectJob> detected = new ArrayList<>();
  final List<EvalJob> evaluated = new ArrayList<>();
  final List<Limits> limits = new ArrayList<>();
  final Map<Path, RuntimeException> failures = new HashMap<>();
  final List<VerifyJob> verified = new ArrayList<>();
  List<String> attention = List.of();
  List<String> notes = List.of();
  int zones;
  Map<Label, Integer> kept = Map.of();
  Outcome measured = new Outcome.Scored(Path.of("set"), 0, Map.of(), Optional.empty());
  List<Check> checks = List.of(Check.ran(Check.RESIDUE, true, ""));
  List<Finding> findings = List.of();
  List<Residual> residuals = List.of();
  Optional<SignatureCheck> signature = Optional.empty();

  @Override
  public Outcome.Redacted redact(RedactionJob job, Progress progress) {
    redacted.add(job);
    work(job.input(), progress);
    return outcome(job.input(), job.output(), job.report());
  }

  @Override
  public Outcome.Redacted apply(ApplyJob job, Progress progress) {
    applied.add(job);
    work(job.input(), progress);
    return outcome(job.input(), job.output(), job.report());
  }

  @Override
  public Outcome.Detected detect(DetectJob job, Progress progress) {
    detected.add(job);
    work(job.input(), progress);
    return new Outcome.Detected(
        job.input(),
        job.manifest(),
        job.csv(),
        500,
        Map.of(Label.FACE, 3, Label.PLATE, 1),
        attention,
        notes);
  }

  @Override
  public Outcome evaluate(EvalJob job, Progress progress) {
    evaluated.add(job);
    work(job.input(), progress);
    return measured;
  }

  @Override
  public Outcome.Verified verify(VerifyJob job, Progress progress) {
    verified.add(job);
    work(job.file(), progress);
    return new Outcome.Verified(job.file(), checks, findings, residuals, signature);
  }

  @Override
  public void cancel() {}

  private void work(Path input, Progress progress) {
    progress.started(input, OptionalLong.of(500));
    RuntimeException failure = failures.get(input);
    if (failure != null) {
      throw failure;
    }
    progress.advanced(500, 4);
    progress.finished();
  }

  private Outcome.Redacted outcome(Path input, Path output, Optional<ReportRequest> report) {
    return new Outcome.Redacted(
        input,
        output,
        report.map(ReportRequest::main),
        500,
        Map.of(Label.FACE, 3, Label.PLATE, 1),
        kept,
        zones,
        2,
        attention,
        notes);
  }
}
