package io.efface.pipeline;

import io.efface.detect.Detection;
import io.efface.detect.Label;
import io.efface.manifest.Decision;
import io.efface.manifest.FileIdentity;
import io.efface.manifest.FrameRange;
import io.efface.manifest.Manifest;
import io.efface.manifest.ModelIdentity;
import io.efface.manifest.Tool;
import io.efface.media.DetachedFrame;
import io.efface.media.MediaInfo;
import io.efface.media.PictureFormat;
import io.efface.media.ReadAhead;
import io.efface.media.VideoFrame;
import io.efface.media.VideoReader;
import io.efface.motion.PictureChange;
import io.efface.motion.SmallPicture;
import io.efface.track.Moment;
import io.efface.track.SealedFrame;
import io.efface.track.Track;
import io.efface.track.TrackAssembler;
import io.efface.track.TrackerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * The first pass: decodes ahead, detects and follows, and hands on what is certain as soon as it
 * is.
 */
final class Analysis {
  private final VideoReader reader;
  private final Models models;
  private final Map<Label, TrackerSettings> settings;
  private final LookSchedule schedule;
  private final Cancellation cancellation;
  private final TrackAssembler assembler = new TrackAssembler();
  private final List<Long> shots = new ArrayList<>(List.of(0L));
  private final FrameCounts corrupt = new FrameCounts();
  private final PictureChange change = new PictureChange();
  private final NewcomerWatch newcomers = new NewcomerWatch();
  private Optional<Unseen> unseen = Optional.empty();
  private long frames;

  /** A frame that is not looked at unless a cut, or the film's end, comes next. */
  private record Unseen(DetachedFrame frame, Moment moment) {}

  /**
   * An analysis.
   *
   * @param reader borrowed, at its start
   * @param models borrowed
   * @param schedule which frames are looked at; of this analysis alone
   */
  Analysis(VideoReader reader, Models models, LookSchedule schedule, Cancellation cancellation) {
    this.reader = reader;
    this.models = models;
    settings = models.rules(reader.info().still()).settings();
    this.schedule = schedule;
    this.cancellation = cancellation;
    reader.decoder().spareDeblocking();
  }

  /** Sees each frame with its raw detections; borrows both for the call. */
  @FunctionalInterface
  interface Watcher {
    void seen(VideoFrame frame, List<Detection> detections);
  }

  /**
   * What the pass found.
   *
   * @param tracks all that counts
   * @param shots first frame of each
   * @param corrupt frames that could not be decoded cleanly
   * @param frames how many there were
   */
  record Findings(List<Track> tracks, List<Long> shots, List<FrameRange> corrupt, long frames) {
    /** Copies the lists. */
    public Findings {
      tracks = List.copyOf(tracks);
      shots = List.copyOf(shots);
      corrupt = List.copyOf(corrupt);
    }

    /**
     * The manifest that has every track redacted.
     *
     * @param file which file was analysed
     * @param reader a reader of it that has received its first frame
     * @param detection what was looked for, and how
     */
    Manifest manifest(
        FileIdentity file,
        VideoReader reader,
        List<ModelIdentity> models,
        DetectionOptions detection) {
      double margin = detection.recall().margin();
      return manifest(file, reader, models, List.copyOf(detection.classes()))
          .withMargin(
              margin == RenderOptions.DEFAULT_MARGIN
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(margin));
    }

    /** The manifest of footage in which no network looked for anything, or for these classes. */
    Manifest manifest(
        FileIdentity file, VideoReader reader, List<ModelIdentity> models, List<Label> classes) {
      PictureFormat format = reader.decoder().format().orElseThrow();
      MediaInfo info = reader.info();
      return new Manifest(
          Tool.current(),
          new Manifest.Input(
              file,
              info.container(),
              info.video(),
              info.videoStream().codec(),
              format.width(),
              format.height(),
              format.orientation(),
              format.sampleAspect(),
              info.videoStream().timeBase(),
              frames),
          models,
          classes,
          shots,
          corrupt,
          tracks.stream().map(track -> new Manifest.Entry(track, Decision.REDACT)).toList());
    }
  }

  /**
   * Runs to the end of the film.
   *
   * @param sink gets each sealed frame, in order
   * @param watcher sees each frame
   */
  Findings run(Consumer<SealedFrame> sink, Watcher watcher) {
    Optional<LabelTrackers> trackers = Optional.empty();
    try (FrameSigns ofFrames = new FrameSigns();
        ReadAhead ahead = new ReadAhead(reader, Long.MAX_VALUE, ofFrames::see)) {
      for (Optional<VideoFrame> next = ahead.next(); next.isPresent(); next = ahead.next()) {
        cancellation.check();
        VideoFrame frame = next.get();
        if (trackers.isEmpty()) {
          trackers =
              Optional.of(
                  new LabelTrackers(
                      settings, models.detectSize(), frame.uprightWidth(), frame.uprightHeight()));
        }
        FrameSigns.Signs signs = ofFrames.next();
        settle(trackers.get(), watcher, signs.leftOff() || schedule.isStall(frame.seconds()));
        if (signs.cut() && frame.index() > 0) {
          shots.add(frame.index());
          models.detector().newShot();
        }
        if (frame.corrupt()) {
          corrupt.add(frame.index());
        }
        Moment moment =
            new Moment(
                frame.index(),
                frame.pts(),
                frame.seconds(),
                signs.cut(),
                signs.late(),
                signs.movement());
        LookSchedule.Look how =
            schedule.next(frame.seconds(), signs.cut(), () -> change.isIn(signs.picture()));
        if (how == LookSchedule.Look.NONE) {
          unseen = Optional.of(new Unseen(ahead.keep(), moment));
        } else {
          follow(trackers.get(), watcher, frame, moment, look(frame, how, signs.picture()));
          if (newcomers.mayRun(trackers.get().newcomers(), frame, signs)) {
            schedule.newcomer();
          }
        }
        newcomers.pass(signs);
        frames++;
        pass(trackers.get(), sink);
      }
      if (trackers.isPresent()) {
        settle(trackers.get(), watcher, /* last= */ true);
      }
    } finally {
      unseen.map(Unseen::frame).ifPresent(DetachedFrame::close);
    }
    if (trackers.isPresent()) {
      trackers.get().finish();
      pass(trackers.get(), sink);
    }
    return new Findings(assembler.tracks(), shots, corrupt.ranges(), frames);
  }

  /**
   * Follows on with the frame that was held back.
   *
   * @param last whether it is its shot's last: who came into the picture since the look before will
   *     not be there at the next one
   */
  private void settle(LabelTrackers trackers, Watcher watcher, boolean last) {
    if (unseen.isEmpty()) {
      return;
    }
    try (DetachedFrame held = unseen.get().frame()) {
      VideoFrame frame = held.view();
      List<Detection> detections = last ? models.detector().detect(frame) : List.of();
      follow(trackers, watcher, frame, unseen.get().moment(), detections);
    } finally {
      unseen = Optional.empty();
    }
  }

  private static void follow(
      LabelTrackers trackers,
      Watcher watcher,
      VideoFrame frame,
      Moment moment,
      List<Detection> detections) {
    watcher.seen(frame, detections);
    trackers.update(moment, detections);
  }

  private List<Detection> look(VideoFrame frame, LookSchedule.Look how, SmallPicture picture) {
    List<Detection> detections =
        switch (how) {
          case NONE -> List.of();
          case GLANCE -> models.detector().glance(frame);
          case WHOLE ->
              reader.info().still()
                  ? models.detector().scrutinise(frame)
                  : models.detector().detect(frame);
        };
    if (how == LookSchedule.Look.WHOLE) {
      change.mark(picture);
    }
    if (detections.stream().anyMatch(this::mayCount)) {
      schedule.found();
    } else if (detections.stream().anyMatch(this::mayContinue)) {
      schedule.suspected();
    }
    return detections;
  }

  /** Whether a track of such detections would count, with enough of them. */
  private boolean mayCount(Detection detection) {
    TrackerSettings own = settings.get(detection.label());
    return own != null && detection.score() >= own.scores().steadyScore();
  }

  /** Whether a track goes on with such a detection. */
  private boolean mayContinue(Detection detection) {
    TrackerSettings own = settings.get(detection.label());
    return own != null && detection.score() >= own.scores().continueScore();
  }

  private void pass(LabelTrackers trackers, Consumer<SealedFrame> sink) {
    for (SealedFrame sealed : trackers.drainSealed()) {
      assembler.add(sealed);
      sink.accept(sealed);
    }
  }
}
