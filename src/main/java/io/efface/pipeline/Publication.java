package io.efface.pipeline;

import io.efface.audit.AuditException;
import io.efface.audit.Fill;
import io.efface.audit.Finding;
import io.efface.audit.OutputAudit;
import io.efface.audit.Reference;
import io.efface.detect.Label;
import io.efface.manifest.FileIdentity;
import io.efface.manifest.Manifest;
import io.efface.manifest.ManifestCodec;
import io.efface.media.EncoderSettings;
import io.efface.media.MediaInfo;
import io.efface.report.HtmlReport;
import io.efface.report.Report;
import io.efface.report.ReportCodec;
import io.efface.report.ReportFiles;
import io.efface.report.ReportSignature;
import io.efface.report.SignatureFinding.Part;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The end of a job that renders: the finished file is audited, its reports are written and signed,
 * and all get their names.
 *
 * @param input what was read
 * @param output the name the file gets
 * @param report which reports are written; empty for none
 * @param overwrite whether existing files may be replaced
 * @param detection what was looked for; empty where a manifest was replayed
 * @param render how it was destroyed
 * @param saved where the manifest goes; empty for nowhere
 */
record Publication(
    Path input,
    Path output,
    Optional<ReportRequest> report,
    boolean overwrite,
    Optional<DetectionOptions> detection,
    RenderOptions render,
    Optional<Path> saved) {

  /** What is said before the place where an output went that failed its audit. */
  static final String MOVED_TO = "it was moved to ";

  private static final String NOT_KEPT = "it was not kept";

  /** Below it, an encoder's own errors in a small region can look like what was there. */
  private static final int PLAIN_QUALITY = EncoderSettings.DEFAULT_QUALITY;

  /** The end of a redaction. */
  static Publication of(RedactionJob job) {
    return new Publication(
        job.input(),
        job.output(),
        job.report(),
        job.overwrite(),
        Optional.of(job.detection()),
        job.render(),
        job.editing().manifest());
  }

  /** The end of a replay. */
  static Publication of(ApplyJob job) {
    return new Publication(
        job.input(),
        job.output(),
        job.report(),
        job.overwrite(),
        Optional.empty(),
        job.render(),
        job.editing().manifest());
  }

  /** The same, with every frame encoded. */
  Publication withoutCopying() {
    return new Publication(
        input,
        output,
        report,
        overwrite,
        detection,
        render.withSmart(RenderOptions.Smart.OFF),
        saved);
  }

  /**
   * Ends the job.
   *
   * @param temporary the file, complete but unpublished
   * @param sink closed by this call
   * @param manifest what was redacted
   * @param residue what looks for what is left, borrowed; empty where there is no model
   * @param threads libav's decoding threads a file
   * @throws io.efface.audit.AuditException if the file is not what was planned
   */
  Outcome.Redacted publish(
      TemporaryOutput temporary,
      FrameSink sink,
      Rendering rendering,
      Manifest manifest,
      Optional<OutputAudit.Residue> residue,
      int threads,
      ReportBuilder builder,
      Remarks remarks,
      MediaInfo info,
      Cancellation cancellation,
      Progress progress) {
    sink.close();
    builder.streams(sink.decisions(), info);
    sink.encoderUse()
        .ifPresent(
            use -> {
              builder.encoder(use);
              remarks.onEncoder(use);
            });
    remarks.onBlanked(rendering.blankedCount());
    if (render.audio() == RenderOptions.Audio.KEEP && !info.still()) {
      remarks.onStreams(sink.decisions());
    }
    cancellation.check();
    if (render.audit().level() != OutputAudit.Level.OFF && !info.still()) {
      progress.auditing(output, OptionalLong.of(rendering.frames()));
    }
    OutputAudit.Result audit =
        Auditing.run(
            temporary.path(),
            render.audit().level(),
            new Reference(
                Optional.of(manifest),
                Optional.of(input),
                Optional.of(
                    new Fill(
                        render.margin(),
                        render.cover(),
                        render.styles(),
                        true,
                        OptionalLong.of(rendering.mosaicSeed()))),
                sink.times(),
                sink.streams()),
            residue,
            threads,
            cancellation,
            info.still() ? Progress.NONE : progress);
    refuseFailed(temporary, audit);
    builder.audit(audit);
    remarks.onResiduals(audit.residuals(), info.still());
    FileIdentity file = FileDigest.of(temporary.path(), output, cancellation::check);
    Report document =
        builder.build(manifest, file, detection, render, rendering, remarks.texts(), report);
    List<Path> documents = new ArrayList<>(ReportRequest.files(report, output).all());
    saved.ifPresent(documents::add);
    try (OutputSet set = new OutputSet(temporary, documents)) {
      saved.ifPresent(path -> save(set.add(path), out -> ManifestCodec.write(manifest, out)));
      report.ifPresent(
          request ->
              addReports(
                  set,
                  request,
                  () -> document.output().sha256(),
                  (part, target) -> write(document, part, target),
                  cancellation::check));
      set.publish(overwrite);
    }
    Map<Label, Integer> objects = new EnumMap<>(Label.class);
    manifest.classes().forEach(label -> objects.put(label, 0));
    manifest.redacted().forEach(track -> objects.merge(track.label(), 1, Integer::sum));
    Map<Label, Integer> kept = new EnumMap<>(Label.class);
    manifest.kept().forEach(track -> kept.merge(track.label(), 1, Integer::sum));
    return new Outcome.Redacted(
        input,
        output,
        report.map(ReportRequest::main),
        rendering.frames(),
        objects,
        kept,
        manifest.zones().size(),
        rendering.blankedCount(),
        remarks.lines(),
        remarks.notes());
  }

  private void refuseFailed(TemporaryOutput temporary, OutputAudit.Result audit) {
    if (audit.findings().isEmpty()) {
      return;
    }
    Finding first = audit.findings().get(0);
    int more = audit.findings().size() - 1;
    String fate =
        render.audit().quarantine().map(to -> quarantined(temporary, to)).orElse(NOT_KEPT);
    throw new AuditException(
        output
            + ": failed its audit ("
            + first.kind().check()
            + "): "
            + first
            + (more > 0 ? ", and " + more + " more" : "")
            + "; "
            + fate
            + advice(first.kind(), render.encoder().quality()));
  }

  /** What to do about a finding of this kind, if anything but reporting it. */
  static String advice(Finding.Kind kind, int quality) {
    return kind == Finding.Kind.REGION && quality < PLAIN_QUALITY
        ? "; at --quality "
            + quality
            + " an encoder's errors can look like what was there: use "
            + PLAIN_QUALITY
            + " or more"
        : "";
  }

  /** Moves a file that failed its audit, and says what became of it. */
  static String quarantined(TemporaryOutput temporary, Path quarantine) {
    try {
      return MOVED_TO + temporary.quarantine(quarantine);
    } catch (JobException e) {
      return NOT_KEPT + ", since " + quarantine + " cannot take it";
    }
  }

  private static void write(Report document, Part part, TemporaryOutput file) {
    save(
        file,
        out -> {
          if (part == Part.JSON) {
            ReportCodec.write(document, out);
          } else {
            HtmlReport.write(document, out);
          }
        });
  }

  /**
   * Adds the reports that are asked for to what is published, and the signature over them and the
   * output.
   *
   * @param outputSha256 of the output; asked for where something is signed
   * @param writer makes the content of {@link Part#JSON} or {@link Part#HTML}
   * @param everyBlock called before each block that is read; may throw to end the work
   */
  static void addReports(
      OutputSet set,
      ReportRequest request,
      Supplier<String> outputSha256,
      BiConsumer<Part, TemporaryOutput> writer,
      Runnable everyBlock) {
    ReportFiles files = request.files();
    Map<Part, TemporaryOutput> reports = new EnumMap<>(Part.class);
    if (request.format().json()) {
      reports.put(Part.JSON, set.add(files.json()));
    }
    if (request.format().html()) {
      reports.put(Part.HTML, set.add(files.html()));
    }
    reports.forEach(writer);
    request
        .key()
        .ifPresent(
            key -> {
              Map<Part, String> digests = new EnumMap<>(Part.class);
              digests.put(Part.OUTPUT, outputSha256.get());
              reports.forEach(
                  (part, file) ->
                      digests.put(
                          part, FileDigest.of(file.path(), file.target(), everyBlock).sha256()));
              byte[] signature = ReportSignature.make(key, digests).bytes();
              save(set.add(files.signature()), out -> out.write(signature));
            });
  }

  /** Writes a document to a stream. */
  @FunctionalInterface
  interface Document {
    void write(OutputStream out) throws IOException;
  }

  /**
   * Writes a document, unpublished.
   *
   * @throws JobException if the disk is full
   */
  static void save(TemporaryOutput file, Document document) {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file.path()))) {
      document.write(out);
    } catch (IOException e) {
      throw new JobException(file.target() + ": cannot be written; is the disk full?", e);
    }
  }
}
