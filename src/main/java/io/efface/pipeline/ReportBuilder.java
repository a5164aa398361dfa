package io.efface.pipeline;

import io.efface.audit.OutputAudit;
import io.efface.detect.DeviceUse;
import io.efface.manifest.FileIdentity;
import io.efface.manifest.Manifest;
import io.efface.manifest.Tool;
import io.efface.media.EncoderUse;
import io.efface.media.MediaInfo;
import io.efface.media.StreamDecision;
import io.efface.report.Check;
import io.efface.report.Copying;
import io.efface.report.Filing;
import io.efface.report.Means;
import io.efface.report.Report;
import io.efface.report.ReportOptions;
import io.efface.report.Residual;
import io.efface.report.StreamFate;
import io.efface.report.TrackSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts together the report of a finished job from what its parts know. */
final class ReportBuilder {
  private final Instant started = Instant.now();
  private final List<StreamFate> streams = new ArrayList<>();
  private final List<Report.DroppedMetadata> metadata = new ArrayList<>();
  private final List<Check> checks = new ArrayList<>();
  private final List<Residual> residuals = new ArrayList<>();
  private Optional<FileIdentity> edits = Optional.empty();
  private Optional<Means> encoder = Optional.empty();
  private Optional<Means> device = Optional.empty();

  /** Records what became of the input's streams and its other contents. */
  void streams(List<StreamDecision> decisions, MediaInfo info) {
    for (StreamDecision decision : decisions) {
      MediaInfo.Stream stream = decision.stream();
      streams.add(
          new StreamFate(
              stream.index(),
              stream.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
              stream.codec(),
              fate(decision)));
    }
    for (MediaInfo.Extra extra : info.extras()) {
      metadata.add(new Report.DroppedMetadata(extra.kind(), extra.count()));
    }
  }

  private static StreamFate.Fate fate(StreamDecision decision) {
    return switch (decision.fate()) {
      case REDACTED -> new StreamFate.Kept(StreamFate.How.REDACTED);
      case COPIED -> new StreamFate.Kept(StreamFate.How.COPIED);
      case ENCODED -> new StreamFate.Kept(StreamFate.How.ENCODED);
      case DROPPED -> new StreamFate.Dropped(decision.detail());
    };
  }

  /** Records what the audit came to; one that fails ends the job instead. */
  void audit(OutputAudit.Result result) {
    checks.addAll(result.checks());
    residuals.addAll(result.residuals());
  }

  /** Records which encoder was used. */
  void encoder(EncoderUse use) {
    encoder = Optional.of(new Means(use.encoder().id(), use.why()));
  }

  /** Records what the networks ran on. */
  void devices(List<DeviceUse> uses) {
    String names =
        uses.stream().map(use -> use.device().id()).distinct().collect(Collectors.joining(", "));
    String why =
        uses.stream().flatMap(use -> use.recordedWhy().stream()).collect(Collectors.joining("; "));
    device = Optional.of(new Means(names, why.isEmpty() ? Optional.empty() : Optional.of(why)));
  }

  /** Records which file held a person's decisions. */
  void edits(FileIdentity file) {
    edits = Optional.of(file);
  }

  /** The finished report. */
  Report build(
      Manifest manifest,
      FileIdentity output,
      Optional<DetectionOptions> detection,
      RenderOptions render,
      Rendering rendering,
      List<String> attention,
      Optional<ReportRequest> request) {
    return new Report(
        Tool.current(),
        started,
        Instant.now(),
        manifest.input().file(),
        output,
        manifest.models(),
        new ReportOptions(
            detection.map(ReportBuilder::options),
            detection.isPresent() ? List.of() : manifest.classes(),
            options(render)),
        streams,
        metadata,
        rendering.frames(),
        render.smart() == RenderOptions.Smart.AUTO
            ? Optional.of(copying(rendering))
            : Optional.empty(),
        encoder,
        device,
        new Report.Timing(rendering.firstSeconds(), rendering.lastSeconds()),
        manifest.tracks().stream()
            .map(entry -> TrackSummary.of(entry, manifest.input().timeBase()))
            .toList(),
        manifest.zones(),
        edits,
        rendering.blanked(),
        checks,
        residuals,
        attention,
        manifest.shots(),
        request.map(ReportRequest::filing).orElse(Filing.NONE),
        request.flatMap(ReportRequest::signer));
  }

  private static Copying copying(Rendering rendering) {
    return new Copying(
        rendering.copied(),
        rendering.frames() - rendering.copied(),
        rendering.refusals().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> new Copying.Refusal(e.getKey(), e.getValue()))
            .toList());
  }

  /** The options of a job as a report records them. */
  static ReportOptions options(Optional<DetectionOptions> detection, RenderOptions render) {
    return new ReportOptions(detection.map(ReportBuilder::options), options(render));
  }

  private static ReportOptions.Detection options(DetectionOptions options) {
    OptionalDouble minScore = options.minScore();
    return new ReportOptions.Detection(
        withoutFolders(options.model()),
        options.detectSize(),
        options.classes().stream().sorted().toList(),
        minScore,
        Optional.of(options.recall().name().toLowerCase(Locale.ROOT)));
  }

  /** The models without the folders that they lie in, which may tell of people. */
  private static String withoutFolders(String models) {
    return Stream.of(models.split(",", -1))
        .map(model -> model.strip().replaceAll("^.*[/\\\\]", ""))
        .collect(Collectors.joining(","));
  }

  private static ReportOptions.Render options(RenderOptions options) {
    return new ReportOptions.Render(
        options.styles(),
        options.margin(),
        options.cover(),
        options.encoder(),
        options.audio() == RenderOptions.Audio.KEEP ? "keep" : "drop",
        options.onCorrupt() == RenderOptions.OnCorrupt.BLANK ? "blank" : "fail",
        options.allowTruncated(),
        options.smart().id(),
        options.audit().level().id());
  }
}
