package io.efface.report;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.geometry.Point;
import io.efface.geometry.Polygon;
import io.efface.manifest.Decision;
import io.efface.manifest.FileIdentity;
import io.efface.manifest.FrameRange;
import io.efface.manifest.Manifest;
import io.efface.manifest.Manifests;
import io.efface.manifest.ModelIdentity;
import io.efface.manifest.Tool;
import io.efface.manifest.Zone;
import io.efface.media.EncoderSettings;
import io.efface.media.EncoderSettings.Preset;
import io.efface.media.EncoderWish;
import io.efface.media.KnownEncoder;
import io.efface.media.VideoCodec;
import io.efface.redact.Cover;
import io.efface.redact.Style;
import io.efface.track.TrackPoint.Origin;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Reports for tests. */
public final class Reports {
  private Reports() {}

  static ReportOptions.Detection detection(String model) {
    return new ReportOptions.Detection(
        model,
        1280,
        List.of(Label.PLATE, Label.FACE),
        OptionalDouble.of(0.3),
        Optional.of("balanced"));
  }

  private static Zone zone(String reason) {
    Polygon outline =
        new Polygon(List.of(new Point(10, 20), new Point(30.25, 20), new Point(10, 40)));
    return new Zone(new FrameRange(2, 9), outline, Optional.of(reason));
  }

  /** With everything that a report can have. */
  public static Report full() {
    Manifest manifest = Manifests.small();
    return new Report(
        new Tool("efface", "0.1.0"),
        Instant.parse("2026-01-02T03:04:05.678901Z"),
        Instant.parse("2026-01-02T03:05:00Z"),
        new FileIdentity("in.mp4", Manifests.SHA256, 1000),
        new FileIdentity("out.mp4", Manifests.SHA256, 900),
        List.of(Manifests.model()),
        new ReportOptions(
            Optional.of(detection("efface-n")),
            new ReportOptions.Render(
                Map.of(Label.FACE, new Style.Blur(), Label.PLATE, new Style.Solid(0, 128, 255)),
                0.25,
                Cover.HEAD,
                new EncoderSettings(
                    Optional.of(VideoCodec.HEVC),
                    75,
                    Preset.FAST,
                    EncoderWish.of(KnownEncoder.HEVC_NVENC)),
                "keep",
                "blank",
                false,
                "auto",
                "full")),
        List.of(
            new StreamFate(0, "video", "h264", new StreamFate.Kept(StreamFate.How.REDACTED)),
            new StreamFate(1, "audio", "aac", new StreamFate.Kept(StreamFate.How.COPIED)),
            new StreamFate(2, "data", "unknown", new StreamFate.Dropped("not on the list"))),
        List.of(new Report.DroppedMetadata("file tags", 12)),
        10,
        Optional.of(new Copying(6, 4, List.of(new Copying.Refusal("it is what it is", 3)))),
        Optional.of(new Means("libx265", Optional.of("hevc_nvenc does not work here"))),
        Optional.of(new Means("cpu", Optional.empty())),
        new Report.Timing(0, 1.0 / 3),
        manifest.tracks().stream()
            .map(e -> TrackSummary.of(e, manifest.input().timeBase()))
            .toList(),
        List.of(zone("a window")),
        Optional.of(new FileIdentity("edits.json", Manifests.SHA256, 700)),
        List.of(new FrameRange(4, 4)),
        List.of(
            Check.ran(Check.FRAMES, true, "10 frames decoded"),
            Check.ran(Check.RESIDUE, false, "looked at 2 of 10 frames")),
        List.of(new Residual(Label.FACE, 0.5, 1.5, new Box(10, 20, 40.4, 60), 0.75)),
        List.of("1 frame could not be decoded and was filled whole"),
        List.of(0L, 3L),
        new Filing(
            Optional.of("2026/17"),
            Optional.of("Amt für Öffentlichkeit"),
            Optional.of("a request")),
        Optional.of(Manifests.SHA256));
  }

  /** Of a photo in which something was found, and something is left. */
  static Report still() {
    Report full = full();
    List<Residual> left = List.of(new Residual(Label.FACE, 0, 0, new Box(10, 20, 40.4, 60), 0.75));
    return new Report(
        full.tool(),
        full.started(),
        full.finished(),
        full.input(),
        full.output(),
        full.models(),
        new ReportOptions(Optional.empty(), List.of(Label.FACE), full.options().render()),
        full.streams(),
        full.droppedMetadata(),
        1,
        Optional.empty(),
        Optional.empty(),
        full.device(),
        new Report.Timing(0, 0),
        List.of(
            new TrackSummary(
                1, Label.FACE, Decision.REDACT, 0, 0, 1, 0.9, Map.of(Origin.DETECTED, 1L)),
            new TrackSummary(
                2, Label.FACE, new Decision.Keep("a"), 0, 0, 1, 0.9, Map.of(Origin.DETECTED, 1L))),
        List.of(),
        Optional.empty(),
        List.of(),
        full.checks(),
        left,
        List.of(left.get(0).words(true)),
        List.of(0L),
        Filing.NONE,
        Optional.empty());
  }

  static Report bare() {
    return withChecks(List.of());
  }

  /** With one text wherever a text may come from outside; file names do without its slashes. */
  static Report hostile(String text) {
    Report full = full();
    String name = text.replace('/', '|');
    return new Report(
        new Tool("efface", text),
        full.started(),
        full.finished(),
        new FileIdentity(name, Manifests.SHA256, 1),
        new FileIdentity(name, Manifests.SHA256, 1),
        List.of(new ModelIdentity(name, Manifests.SHA256, 1, 0.5, 0.5)),
        new ReportOptions(Optional.of(detection(text)), full.options().render()),
        List.of(
            new StreamFate(0, text, text, new StreamFate.Kept(StreamFate.How.REDACTED)),
            new StreamFate(1, text, text, new StreamFate.Dropped(text))),
        List.of(new Report.DroppedMetadata(text, 1)),
        10,
        Optional.of(new Copying(0, 10, List.of(new Copying.Refusal(text, 10)))),
        Optional.of(new Means(text, Optional.of(text))),
        Optional.of(new Means(text, Optional.empty())),
        full.timing(),
        List.of(
            new TrackSummary(
                1, Label.FACE, new Decision.Keep(text), 0, 1, 1, 1, Map.of(Origin.MANUAL, 1L)),
            new TrackSummary(
                2, Label.FACE, new Decision.Drop(text), 0, 1, 1, 1, Map.of(Origin.MANUAL, 1L))),
        List.of(zone(text)),
        Optional.of(new FileIdentity(name, Manifests.SHA256, 1)),
        full.corruptFrames(),
        List.of(Check.ran(text, true, text)),
        full.residuals(),
        List.of(text),
        List.of(),
        Filing.NONE,
        Optional.empty());
  }

  /** A film of that many objects, shots and damaged frames. */
  static Report ofLength(int tracks) {
    Report full = full();
    return new Report(
        full.tool(),
        full.started(),
        full.finished(),
        full.input(),
        full.output(),
        full.models(),
        full.options(),
        full.streams(),
        full.droppedMetadata(),
        tracks * 10L,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Report.Timing(0, tracks),
        IntStream.rangeClosed(1, tracks)
            .mapToObj(
                i ->
                    new TrackSummary(
                        i,
                        i % 3 == 0 ? Label.PLATE : Label.FACE,
                        i % 5 == 0 ? new Decision.Keep("because") : Decision.REDACT,
                        i - 1,
                        Math.min(tracks, i + i % 7),
                        10,
                        0.5,
                        Map.of(Origin.DETECTED, 10L)))
            .toList(),
        Collections.nCopies(tracks, zone("because")),
        Optional.empty(),
        IntStream.range(0, tracks).mapToObj(i -> new FrameRange(10L * i, 10L * i)).toList(),
        full.checks(),
        IntStream.range(0, tracks)
            .mapToObj(i -> new Residual(Label.FACE, i, i, new Box(0, 0, 9, 9), 0.5))
            .toList(),
        IntStream.range(0, tracks).mapToObj(i -> "look at " + i).toList(),
        LongStream.range(0, tracks).map(i -> 5 * i).boxed().toList(),
        Filing.NONE,
        Optional.empty());
  }

  /** A report that says nothing but that this many faces are left. */
  static Report left(int faces) {
    Report bare = bare();
    List<Residual> residuals =
        IntStream.range(0, faces)
            .mapToObj(i -> new Residual(Label.FACE, i, i + 1, new Box(0, 0, 9, 9), 0.5))
            .toList();
    return new Report(
        bare.tool(),
        bare.started(),
        bare.finished(),
        bare.input(),
        bare.output(),
        bare.models(),
        bare.options(),
        bare.streams(),
        bare.droppedMetadata(),
        bare.frames(),
        bare.copying(),
        bare.encoder(),
        bare.device(),
        bare.timing(),
        bare.tracks(),
        bare.zones(),
        bare.edits(),
        bare.corruptFrames(),
        bare.checks(),
        residuals,
        residuals.stream().map(Residual::toString).toList(),
        bare.shots(),
        bare.filing(),
        bare.signer());
  }

  static Report withChecks(List<Check> checks) {
    return new Report(
        Tool.current(),
        Instant.EPOCH,
        Instant.EPOCH,
        new FileIdentity("in.mp4", Manifests.SHA256, 0),
        new FileIdentity("out.mp4", Manifests.SHA256, 0),
        List.of(),
        new ReportOptions(
            Optional.empty(),
            new ReportOptions.Render(
                Map.of(Label.FACE, new Style.Mosaic(4)),
                0,
                Cover.FACE,
                EncoderSettings.defaults(),
                "drop",
                "fail",
                true,
                "off",
                "off")),
        List.of(),
        List.of(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Report.Timing(0, 0),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        checks,
        List.of(),
        List.of(),
        List.of(),
        Filing.NONE,
        Optional.empty());
  }
}
