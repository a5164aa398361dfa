package io.efface.pipeline;

import io.efface.manifest.FrameRange;
import io.efface.manifest.Replay;
import io.efface.media.Bypass;
import io.efface.media.FrameReader;
import io.efface.media.Rational;
import io.efface.media.VideoFrame;
import io.efface.redact.Redactor;
import io.efface.redact.Region;
import io.efface.redact.RegionPlanner;
import io.efface.redact.RegionSequence;
import io.efface.track.TrackedBox;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The second pass: decodes again, destroys what the plan says, and hands each frame to an encoder.
 */
final class Rendering {
  /**
   * Frames between two collections of garbage. Each frame leaves little, and the collector would
   * let it pile up over a share of the machine's memory before it began: 413 MiB at the peak of one
   * minute of film became 578 MiB in ten.
   */
  static final int FRAMES_A_COLLECTION = 250;

  private final Path input;
  private final RenderOptions options;
  private final Cancellation cancellation;
  private final FrameCounts blanked = new FrameCounts();
  private final Set<Integer> objects = new HashSet<>();
  private final long mosaicSeed = new SecureRandom().nextLong();
  private Optional<RegionSequence> sequence = Optional.empty();
  private Map<String, Long> refusals = Map.of();
  private long frames;
  private long copied;
  private double firstSeconds;
  private double lastSeconds;

  /** A rendering of one input. */
  Rendering(Path input, RenderOptions options, Cancellation cancellation) {
    this.input = input;
    this.options = options;
    this.cancellation = cancellation;
  }

  /**
   * Runs to the end of the film and completes the file.
   *
   * @param plan what is to be destroyed
   * @param sink takes each finished frame, borrowed for the call
   * @param threads libav's decoding threads
   * @param remarks hears how the film could be read
   * @throws JobException if a frame is corrupt and that is not allowed, or the plan does not fit
   */
  void run(FramePlan plan, FrameSink sink, int threads, Remarks remarks, Progress progress) {
    try (FrameReader reader = sink.openReader(input, threads, new Copied(plan, progress))) {
      run(reader, plan, sink, progress);
      reader
          .damage()
          .ifPresent(why -> Inputs.refuseTruncated(input, why, options.allowTruncated()));
      sink.finish(
          () -> {
            cancellation.check();
            progress.advanced(frames, objects.size());
          });
      refusals = sink.notJoined().map(why -> Map.of(why, frames)).orElse(reader.refused());
      remarks.onReading(reader);
    }
  }

  private void run(FrameReader reader, FramePlan plan, FrameSink sink, Progress progress) {
    try (Redactor redactor = new Redactor(Redactor.GRAIN_SEED, mosaicSeed)) {
      for (Optional<VideoFrame> next = reader.next(); next.isPresent(); next = reader.next()) {
        cancellation.check();
        VideoFrame frame = next.get();
        if (sequence.isEmpty()) {
          sequence = Optional.of(new RegionSequence(planner(frame)));
        }
        firstSeconds = frames == 0 ? frame.seconds() : firstSeconds;
        lastSeconds = frame.seconds();
        FramePlan.Step step = plan.next(frame);
        List<Region> regions = regions(step, sequence.get());
        sink.write(destroy(reader, frame, step, regions, redactor));
        frames++;
        progress.advanced(frames, objects.size());
        if (frames % FRAMES_A_COLLECTION == 0) {
          System.gc();
        }
      }
      plan.end(frames);
    }
  }

  private RegionPlanner planner(VideoFrame frame) {
    return new RegionPlanner(
        options.margin(),
        options.cover(),
        options.styles(),
        frame.uprightWidth(),
        frame.uprightHeight());
  }

  private List<Region> regions(FramePlan.Step step, RegionSequence sequence) {
    List<Region> regions = new ArrayList<>();
    sequence.nextFrame();
    for (TrackedBox object : step.objects()) {
      regions.add(sequence.plan(object.track(), object.label(), object.box()));
    }
    for (Replay.PlacedZone placed : step.zones()) {
      regions.add(sequence.zone(placed.number(), placed.zone().outline()));
    }
    return regions;
  }

  private VideoFrame destroy(
      FrameReader reader,
      VideoFrame frame,
      FramePlan.Step step,
      List<Region> regions,
      Redactor redactor) {
    if (frame.corrupt() || step.blank()) {
      if (options.onCorrupt() == RenderOptions.OnCorrupt.FAIL) {
        throw new JobException(
            input
                + ": frame "
                + frame.index()
                + " is damaged; use --on-corrupt blank to fill such frames instead");
      }
      blanked.add(frame.index());
      VideoFrame writable = reader.decoder().makeWritable();
      redactor.blank(writable);
      return writable;
    }
    if (regions.isEmpty()) {
      return frame;
    }
    step.objects().forEach(object -> objects.add(object.track()));
    VideoFrame writable = reader.decoder().makeWritable();
    redactor.redact(writable, regions);
    return writable;
  }

  /** How many frames were written. */
  long frames() {
    return frames;
  }

  /** How many of them were copied. */
  long copied() {
    return copied;
  }

  /** How many frames could not be copied for which reason. */
  Map<String, Long> refusals() {
    return refusals;
  }

  /** The secret that mosaics were rounded by, for the audit only. */
  long mosaicSeed() {
    return mosaicSeed;
  }

  /** Presentation time of the first frame, in seconds. */
  double firstSeconds() {
    return firstSeconds;
  }

  /** Presentation time of the last frame, in seconds. */
  double lastSeconds() {
    return lastSeconds;
  }

  /** How many frames were filled whole. */
  long blankedCount() {
    return blanked.count();
  }

  /** The frames that were filled whole. */
  List<FrameRange> blanked() {
    return blanked.ranges();
  }

  /** What goes past this pass. */
  private final class Copied implements Bypass {
    private final FramePlan plan;
    private final Progress progress;

    Copied(FramePlan plan, Progress progress) {
      this.plan = plan;
      this.progress = progress;
    }

    @Override
    public boolean isUntouched(long first, long[] times) {
      return plan.isUntouched(first, times);
    }

    @Override
    public void copied(long first, long[] times, Rational timeBase) {
      cancellation.check();
      plan.pass(first, times);
      if (frames == 0) {
        firstSeconds = timeBase.seconds(times[0]);
      }
      lastSeconds = timeBase.seconds(times[times.length - 1]);
      // Every object ended before.
      sequence.ifPresent(RegionSequence::nextFrame);
      sequence.ifPresent(RegionSequence::nextFrame);
      long before = frames / FRAMES_A_COLLECTION;
      frames += times.length;
      copied += times.length;
      progress.advanced(frames, objects.size());
      if (frames / FRAMES_A_COLLECTION > before) {
        System.gc();
      }
    }
  }
}
