package io.efface.pipeline;

import io.efface.detect.Label;
import io.efface.manifest.FileIdentity;
import io.efface.manifest.ModelIdentity;
import io.efface.manifest.Tool;
import io.efface.report.Check;
import io.efface.report.Filing;
import io.efface.report.Report;
import io.efface.report.ReportCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does jobs without looking at footage: the output is the input's bytes and one more, and the
 * report is a real one.
 */
public final class PaperRedaction {
  /** SHA-256 of the model that its reports name. */
  public static final String MODEL = "ab".repeat(32);

  /** Inputs in the order in which they were worked on. */
  public final List<Path> worked = Collections.synchronizedList(new ArrayList<>());

  /** Lines for attention that each job ends with. */
  public List<String> attention = List.of();

  /** Whether its reports say that every check of a full audit ran and passed. */
  public boolean fullAudit;

  /** Whether its reports say that somebody's decisions are in the outputs. */
  public boolean edited;

  /** What its reports say that made the outputs. */
  public Tool tool = Tool.current();

  /** Does a job as {@link JobRunner#redact}, refusals of existing files included. */
  public Outcome.Redacted redact(RedactionJob job, Progress progress) {
    worked.add(job.input());
    Inputs.refuseMissing(job.input());
    List<Path> targets = new ArrayList<>(List.of(job.output()));
    targets.addAll(ReportRequest.files(job.report(), job.output()).all());
    Targets.check(List.of(job.input()), targets, job.overwrite());
    try {
      write(job);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Outcome.Redacted(
        job.input(),
        job.output(),
        job.report().map(ReportRequest::main),
        10,
        Map.of(Label.FACE, 1),
        0,
        0,
        attention,
        List.of());
  }

  /** Makes what {@code efface redact} makes of a film beside it. */
  public Path redactBeside(Path film) {
    String name = String.valueOf(film.getFileName());
    Path redacted = film.resolveSibling(name.replace(".mp4", ".redacted.mp4"));
    redact(
        new RedactionJob(
            film,
            redacted,
            DetectionOptions.defaults(),
            RenderOptions.defaults(),
            /* overwrite= */ false,
            Optional.of(ReportRequest.beside(redacted))),
        Progress.NONE);
    return redacted;
  }

  private void write(RedactionJob job) throws IOException {
    try (OutputStream out = Files.newOutputStream(job.output())) {
      out.write(Files.readAllBytes(job.input()));
      out.write('!');
    }
    if (job.report().isEmpty()) {
      return;
    }
    FileIdentity input = FileIdentity.of(job.input());
    Files.writeString(job.report().get().files().html(), "page");
    try (OutputStream out = Files.newOutputStream(job.report().get().files().json())) {
      ReportCodec.write(
          new Report(
              tool,
              Instant.EPOCH,
              Instant.EPOCH,
              new FileIdentity(
                  String.valueOf(job.recorded().getFileName()), input.sha256(), input.bytes()),
              FileIdentity.of(job.output()),
              List.of(new ModelIdentity("paper", MODEL, 640, 0.5, 0.4)),
              ReportBuilder.options(Optional.of(job.detection()), job.render()),
              List.of(),
              List.of(),
              10,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              new Report.Timing(0, 1),
              List.of(),
              List.of(),
              edited ? Optional.of(input) : Optional.empty(),
              List.of(),
              checks(),
              List.of(),
              attention,
              List.of(),
              job.report().map(ReportRequest::filing).orElse(Filing.NONE),
              job.report().flatMap(ReportRequest::signer)),
          out);
    }
  }

  private List<Check> checks() {
    List<Check> checks = new ArrayList<>(List.of(Check.ran(Check.CONTAINER, true, "")));
    for (String name : List.of(Check.FRAMES, Check.REGIONS, Check.RESIDUE)) {
      checks.add(fullAudit ? Check.ran(name, true, "") : Check.skipped(name, "not asked for"));
    }
    return checks;
  }
}
