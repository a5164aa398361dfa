package io.efface.pipeline;

import io.efface.manifest.FileIdentity;
import io.efface.manifest.FrameTimes;
import io.efface.manifest.Manifest;
import io.efface.media.VideoFrame;
import io.efface.media.VideoReader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A redaction with a person's edits: the analysis runs to its end before anything is rendered,
 * since an edit may be about the film's end and may be wrong. Comes to the same bytes as {@code
 * detect} and then {@code apply} with the same edits.
 */
final class EditedRedaction {
  private final RedactionJob job;
  private final Cancellation cancellation;
  private final ThreadBudget threads;
  private final ReportBuilder report = new ReportBuilder();
  private final Remarks remarks;

  EditedRedaction(RedactionJob job, Cancellation cancellation, ThreadBudget threads) {
    this.job = job;
    this.cancellation = cancellation;
    this.threads = threads;
    this.remarks = new Remarks(job.input());
  }

  /** Does the job; its files have been checked. */
  Outcome.Redacted run(Path editsFile, Progress progress) {
    EditsFile edits = EditsFile.read(editsFile, cancellation);
    edits.refuseAnyManifest();
    return FileStamp.reading(job.input(), stamp -> run(edits, stamp, progress));
  }

  private Outcome.Redacted run(EditsFile edits, FileStamp stamp, Progress progress) {
    try (VideoReader probe = VideoReader.open(job.input(), 1)) {
      VideoFrame first = Inputs.firstFrame(probe, job.render().allowTruncated());
      progress.started(job.input(), probe.info().frames());
      if (job.detection().classes().isEmpty()) {
        Survey survey =
            Survey.of(
                job.input(),
                first,
                job.render().allowTruncated(),
                threads.decoder(),
                cancellation,
                progress);
        Manifest manifest = fold(edits, survey.manifest(identity(), probe), survey.times());
        remarks.onNothingLookedFor();
        stamp.refuseChanged(job.input());
        return replaying(edits)
            .run(manifest, stamp, Auditing.Left::none, report, remarks, progress);
      }
      try (Models models =
          Models.open(job.detection(), OptionalDouble.empty(), threads.alone(), cancellation)) {
        report.devices(models.devices());
        remarks.onDevices(models.devices());
        FrameTimes times = new FrameTimes(first.timeBase());
        Analysis.Findings findings = analyse(models, times, progress);
        models.detector().useThreads(threads.detector());
        Manifest found =
            findings.manifest(
                identity(),
                probe,
                models.rules(probe.info().still()).identities(),
                job.detection());
        Manifest manifest = fold(edits, found, times);
        remarks.onFindings(manifest, models.labels());
        stamp.refuseChanged(job.input());
        return replaying(edits)
            .run(manifest, stamp, () -> Auditing.Left.borrowed(models), report, remarks, progress);
      }
    }
  }

  private Analysis.Findings analyse(Models models, FrameTimes times, Progress progress) {
    try (VideoReader reader = VideoReader.open(job.input(), threads.decoder())) {
      Set<Integer> tracks = new HashSet<>();
      Analysis.Findings findings =
          new Analysis(reader, models, LookSchedule.of(job.detection()), cancellation)
              .run(
                  certain -> certain.objects().forEach(object -> tracks.add(object.track())),
                  (frame, detections) -> {
                    times.add(frame.pts());
                    progress.advanced(times.frames(), tracks.size());
                  });
      reader
          .damage()
          .ifPresent(
              why -> Inputs.refuseTruncated(job.input(), why, job.render().allowTruncated()));
      return findings;
    }
  }

  private Manifest fold(EditsFile edits, Manifest manifest, FrameTimes times) {
    edits.refuseOtherManifest(EditsFile.sha256(manifest));
    return edits.fold(manifest, times, remarks);
  }

  private FileIdentity identity() {
    return FileDigest.of(job.input(), job.recorded(), cancellation::check);
  }

  private Replaying replaying(EditsFile edits) {
    report.edits(edits.identity());
    return new Replaying(Publication.of(job), cancellation, threads);
  }
}
