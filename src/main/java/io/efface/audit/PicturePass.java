package io.efface.audit;

import io.efface.geometry.Box;
import io.efface.manifest.Manifest;
import io.efface.manifest.Replay;
import io.efface.media.ReadAhead;
import io.efface.media.VideoFrame;
import io.efface.redact.Region;
import io.efface.redact.RegionPlanner;
import io.efface.redact.RegionSequence;
import io.efface.redact.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One pass over a finished file's pictures, in step with those of the input where that is at hand,
 * whose regions are filled again. Shows each frame to the audits that want it.
 */
final class PicturePass {
  private final FrameAudit frames;
  private final Optional<RegionAudit> regions;
  private final Optional<ResidueAudit> residue;
  private final boolean still;
  private final Optional<Plan> plan;
  private final long mosaicSeed;
  private final Runnable everyFrame;

  /** The manifest and where in it the pass is. */
  private static final class Plan {
    private final Replay redacted;
    private final Replay kept;
    private final RegionSequence sequence;
    private final Region whole;

    Plan(Manifest manifest, Fill fill) {
      Manifest.Input input = manifest.input();
      int width = input.orientation().uprightWidth(input.width(), input.height());
      int height = input.orientation().uprightHeight(input.width(), input.height());
      redacted = Replay.ofRedacted(manifest);
      kept = Replay.ofKept(manifest);
      sequence =
          new RegionSequence(
              new RegionPlanner(fill.margin(), fill.cover(), fill.styles(), width, height));
      whole =
          new Region(
              0,
              new Style.Solid(128, 128, 128),
              Region.Shape.RECTANGLE,
              new Box(0, 0, width, height));
    }
  }

  /**
   * A pass.
   *
   * @param regions empty where regions are not judged
   * @param residue empty where nothing is looked for
   * @param still whether the finished file is a photo
   */
  PicturePass(
      Reference reference,
      FrameAudit frames,
      Optional<RegionAudit> regions,
      Optional<ResidueAudit> residue,
      boolean still,
      Runnable everyFrame) {
    Fill fill = reference.fill().orElseGet(Fill::likely);
    this.frames = frames;
    this.regions = regions;
    this.residue = residue;
    this.still = still;
    this.plan = reference.manifest().map(manifest -> new Plan(manifest, fill));
    this.mosaicSeed = fill.mosaicSeed().orElse(0);
    this.everyFrame = everyFrame;
  }

  /**
   * Goes to the end of the file.
   *
   * @param output the finished file's frames, borrowed
   * @param original the input's, borrowed
   */
  void run(ReadAhead output, Optional<ReadAhead> original) {
    try (Refill refill = new Refill(mosaicSeed);
        ResidueStage left = new ResidueStage(residue, output, still)) {
      for (Optional<VideoFrame> next = output.next(); next.isPresent(); next = output.next()) {
        everyFrame.run();
        look(next.get(), original, refill, left);
      }
      left.finish();
    }
  }

  private void look(
      VideoFrame frame, Optional<ReadAhead> original, Refill refill, ResidueStage left) {
    if (plan.isEmpty()) {
      frames.look(frame, List.of());
      if (left.isDue(frame)) {
        left.look(ResidueAudit.Plan.NONE);
      }
      return;
    }
    Plan known = plan.get();
    List<Replay.Placed> placed = known.redacted.objects(frame.index());
    frames.look(frame, placed);
    Optional<VideoFrame> source = original.flatMap(ReadAhead::next);
    boolean blank =
        known.redacted.corrupt(frame.index()) || source.map(VideoFrame::corrupt).orElse(false);
    List<RegionAudit.Planned> planned = planned(known, placed, frame.index(), blank);
    if (original.isPresent() && source.isEmpty()) {
      frames.unmatched();
    }
    if (regions.isPresent() && source.isPresent() == original.isPresent()) {
      regions.get().begin(planned, frame, source.orElse(frame));
      if (source.isPresent()) {
        List<Region> filled = regions(planned);
        compare(frame, source.get(), filled, blank);
        if (!filled.isEmpty()) {
          VideoFrame writable = original.get().makeWritable();
          refill.fill(writable, filled, blank);
          regions.get().planned(writable);
        }
      }
      regions.get().judge(frame.index(), frame.seconds(), frames.tone());
    }
    if (!blank && left.isDue(frame)) {
      List<Box> kept =
          known.kept.objects(frame.index()).stream().map(one -> one.point().box()).toList();
      left.look(new ResidueAudit.Plan(regions(planned), covered(placed, planned), kept));
    }
  }

  /** All that is filled: a zone is judged in parts, but filled once. */
  private static List<Region> regions(List<RegionAudit.Planned> planned) {
    return planned.stream().map(RegionAudit.Planned::region).distinct().toList();
  }

  /** The objects whose fill shows nothing of them, as a mosaic does. */
  private static List<ResidueAudit.Covered> covered(
      List<Replay.Placed> placed, List<RegionAudit.Planned> planned) {
    List<ResidueAudit.Covered> covered = new ArrayList<>();
    for (int i = 0; i < placed.size(); i++) {
      // Regions of objects come first, in their order.
      if (!(planned.get(i).region().style() instanceof Style.Mosaic)) {
        Replay.Placed one = placed.get(i);
        covered.add(new ResidueAudit.Covered(one.track().label(), one.point().box()));
      }
    }
    return covered;
  }

  private void compare(VideoFrame frame, VideoFrame source, List<Region> filled, boolean blank) {
    if (blank) {
      frames.skip();
    } else {
      frames.compare(frame, source, filled.stream().map(Region::box).toList());
    }
  }

  private static List<RegionAudit.Planned> planned(
      Plan known, List<Replay.Placed> placed, long frame, boolean blank) {
    List<RegionAudit.Planned> planned = new ArrayList<>();
    known.sequence.nextFrame();
    for (Replay.Placed one : placed) {
      Box object = one.point().box();
      Region region = known.sequence.plan(one.track().id(), one.track().label(), object);
      String name = "track " + one.track().id() + " (" + one.track().label().id() + ")";
      planned.add(new RegionAudit.Planned(name, object, region));
    }
    for (Replay.PlacedZone one : known.redacted.zones(frame)) {
      Region region = known.sequence.zone(one.number(), one.zone().outline());
      for (Box part : ZoneParts.of(one.zone().outline(), known.whole.box())) {
        planned.add(new RegionAudit.Planned("zone " + one.number(), part, region));
      }
    }
    return blank
        ? List.of(
            new RegionAudit.Planned(
                "a damaged frame, to be filled whole,", known.whole.box(), known.whole))
        : planned;
  }
}
