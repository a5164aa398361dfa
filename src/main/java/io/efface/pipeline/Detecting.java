package io.efface.pipeline;

import io.efface.detect.Detection;
import io.efface.detect.Label;
import io.efface.manifest.FileIdentity;
import io.efface.manifest.Manifest;
import io.efface.manifest.ManifestCodec;
import io.efface.media.ImageFormat;
import io.efface.media.VideoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Analysis without rendering: a manifest, raw detections as CSV, or both. */
final class Detecting {
  private final DetectJob job;
  private final Cancellation cancellation;
  private final ThreadBudget threads;
  private final Map<Label, Integer> counts = new EnumMap<>(Label.class);
  private final Remarks remarks;
  private int detected;

  Detecting(DetectJob job, Cancellation cancellation, ThreadBudget threads) {
    this.job = job;
    this.cancellation = cancellation;
    this.threads = threads;
    this.remarks = new Remarks(job.input());
  }

  /** Does the job. */
  Outcome.Detected run(Progress progress) {
    if (Files.isDirectory(job.input())) {
      return folder(progress);
    }
    return FileStamp.reading(job.input(), stamp -> file(stamp, progress));
  }

  /**
   * With raw detections asked for, the score given is theirs, however low; tracks keep the model's
   * own.
   */
  private Models openModels() {
    DetectionOptions options = job.detection();
    OptionalDouble lowest =
        job.csv().isPresent()
            ? OptionalDouble.of(options.minScore().orElse(1))
            : OptionalDouble.empty();
    if (job.manifest().isEmpty()) {
      options = options.withMinScore(OptionalDouble.empty());
    }
    return Models.open(options, lowest, threads.alone(), cancellation);
  }

  private Outcome.Detected file(FileStamp stamp, Progress progress) {
    try (VideoReader probe = VideoReader.open(job.input(), 1);
        Models models = openModels();
        DetectionRows rows = DetectionRows.open(job.csv())) {
      remarks.onDevices(models.devices());
      Inputs.firstFrame(probe, job.allowTruncated());
      progress.started(job.input(), probe.info().frames());
      // Raw detections are wanted of every frame.
      LookSchedule schedule =
          job.csv().isPresent() ? LookSchedule.every(0) : LookSchedule.of(job.detection());
      Analysis.Findings findings;
      try (VideoReader reader = VideoReader.open(job.input(), threads.decoder())) {
        boolean still = probe.info().still();
        findings =
            new Analysis(reader, models, schedule, cancellation)
                .run(
                    planned -> {},
                    (frame, detections) -> {
                      rows.add(
                          still
                              ? job.input().getFileName().toString()
                              : Long.toString(frame.index()),
                          detections);
                      detected += detections.size();
                      progress.advanced(frame.index() + 1, detected);
                    });
        reader
            .damage()
            .ifPresent(why -> Inputs.refuseTruncated(job.input(), why, job.allowTruncated()));
      }
      for (Label label : job.detection().classes()) {
        counts.put(label, (int) findings.tracks().stream().filter(t -> t.label() == label).count());
      }
      boolean any = job.manifest().isPresent() ? !findings.tracks().isEmpty() : detected > 0;
      remarks.onDetections(any, job.detection().classes(), models.labels());
      if (job.manifest().isPresent()) {
        FileIdentity identity = FileDigest.of(job.input(), job.input(), cancellation::check);
        Manifest manifest =
            findings.manifest(
                identity, probe, models.rules(probe.info().still()).identities(), job.detection());
        try (TemporaryOutput temporary = TemporaryOutput.beside(job.manifest().get());
            OutputSet set = new OutputSet(temporary, job.csv().stream().toList())) {
          Publication.save(temporary, out -> ManifestCodec.write(manifest, out));
          rows.end().ifPresent(set::add);
          stamp.refuseChanged(job.input());
          set.publish(job.overwrite());
        }
      } else {
        stamp.refuseChanged(job.input());
        rows.publish(job.overwrite());
      }
      return new Outcome.Detected(
          job.input(),
          job.manifest(),
          job.csv(),
          findings.frames(),
          counts,
          remarks.lines(),
          remarks.notes());
    }
  }

  private Outcome.Detected folder(Progress progress) {
    if (job.csv().isEmpty()) {
      throw new JobException(
          job.input() + ": is a folder; add --csv FILE to list what is in its pictures");
    }
    List<Path> pictures = pictures();
    long done = 0;
    try (Models models = openModels();
        DetectionRows rows = DetectionRows.open(job.csv())) {
      remarks.onDevices(models.devices());
      progress.started(job.input(), OptionalLong.of(pictures.size()));
      for (Path picture : pictures) {
        cancellation.check();
        List<Detection> detections = FileStamp.reading(picture, stamp -> look(picture, models));
        rows.add(job.input().relativize(picture).toString().replace('\\', '/'), detections);
        for (Detection detection : detections) {
          counts.merge(detection.label(), 1, Integer::sum);
        }
        detected += detections.size();
        progress.advanced(++done, detected);
      }
      remarks.onDetections(detected > 0, job.detection().classes(), models.labels());
      rows.publish(job.overwrite());
    }
    return new Outcome.Detected(
        job.input(), job.manifest(), job.csv(), done, counts, remarks.lines(), remarks.notes());
  }

  private List<Detection> look(Path picture, Models models) {
    try (VideoReader reader = VideoReader.open(picture, 1)) {
      return models.detector().scrutinise(Inputs.firstFrame(reader, job.allowTruncated()));
    }
  }

  private List<Path> pictures() {
    try (Stream<Path> files = Files.walk(job.input())) {
      List<Path> pictures =
          files
              .filter(Files::isRegularFile)
              .filter(file -> ImageFormat.ofName(file).isPresent())
              .sorted()
              .toList();
      if (pictures.isEmpty()) {
        throw new JobException(job.input() + ": holds no pictures; name a folder that does");
      }
      return pictures;
    } catch (IOException e) {
      throw new JobException(job.input() + ": cannot be listed; check its permissions", e);
    }
  }
}
