package io.efface.audit;

import io.efface.geometry.Box;
import io.efface.media.VideoFrame;
import io.efface.redact.Region;
import io.efface.redact.RegionPlanner;
import io.efface.redact.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges the interior of every planned region of a film, frame by frame, on a grid of at most 24x24
 * cells a channel.
 *
 * <p><b>With the input and the fill that was planned</b> (the audit after a render, which draws the
 * fill again): what the output follows of the input beyond the fill is told by a partial regression
 * ({@link Trace}). An encoder never saw the input inside a region, so its noise is independent of
 * it and the likeness scatters around 0, whatever the quality; a copy, a blend, a blur or a faint
 * overlay of the input has a likeness near 1. The output must also agree with the fill itself.
 *
 * <p><b>With the input alone</b>, the fill that is most likely and any even slope are taken out
 * first; what is still like the input may be a mosaic of at most 6x6 cells, if it is flat within
 * them.
 *
 * <p><b>With neither</b>, all that can be told is that a fill is smooth, or flat in few cells.
 *
 * <p>A zone is judged in parts (see {@link ZoneParts}), within the outline as it was drawn. Where
 * regions overlap and their very fill is not known, what shows of each is judged by itself (see
 * {@link Layers}).
 *
 * <p>Limits and the figures they rest on: {@code src/site/adr/0004-judging-regions.md}.
 */
final class RegionAudit {
  /** Smaller interiors are not looked at, in pixels. */
  private static final double MIN_SIDE_PX = 2;

  private final Optional<Fill> fill;
  private final RegionVerdict verdict;
  private final FindingRuns findings = new FindingRuns(Finding.Kind.REGION);
  private final List<Sighted> sighted = new ArrayList<>();
  private final BytePool memory = new BytePool();
  private long judged;
  private long unjudged;

  /**
   * A part of a frame that was to be destroyed.
   *
   * @param name what it is called in findings
   * @param object the part that must be covered whatever the margin; of a polygon, the box in which
   *     it is judged
   * @param region all that is filled
   */
  record Planned(String name, Box object, Region region) {}

  /** A region and what was seen of it. */
  private record Sighted(Planned planned, List<RegionSight> channels) {}

  /**
   * An audit of one film.
   *
   * @param fill how regions were filled; empty where the input is not at hand
   */
  RegionAudit(Optional<Fill> fill) {
    this.fill = fill;
    verdict = new RegionVerdict(fill);
  }

  /** How many regions were judged, counted in every frame. */
  long judged() {
    return judged;
  }

  /**
   * How many were not, being too small or, without the input, numbered; those of which nothing is
   * in the picture do not count.
   */
  long unjudged() {
    return unjudged;
  }

  /**
   * Begins a frame.
   *
   * @param regions what was to be destroyed in it
   * @param output the finished frame, borrowed for the call
   * @param other the input's frame, where it is at hand, else the output's; borrowed for the call
   */
  void begin(List<Planned> regions, VideoFrame output, VideoFrame other) {
    sighted.clear();
    memory.giveBack();
    List<Region> all = regions.stream().map(Planned::region).distinct().toList();
    for (Planned planned : regions) {
      Box outline = interior(planned);
      Box part = outline.clip(output.uprightWidth(), output.uprightHeight());
      if (!isSeen(planned.region(), outline, part)) {
        continue;
      }
      List<RegionSight> channels = new ArrayList<>();
      if (part.width() >= MIN_SIDE_PX && part.height() >= MIN_SIDE_PX) {
        for (int c = 0; c < CellGrid.channels(output, other); c++) {
          CellGrid grid = CellGrid.over(part, output, c);
          sight(planned.region(), outline, grid, c, all)
              .ifPresent(
                  sight -> {
                    sight.output(grid.means(output, sight.channel()));
                    sight.input(grid.means(other, sight.channel()));
                    if (fill.isPresent() || sight.channel() == CellGrid.LUMA) {
                      sight.compare(RegionDetail.of(grid, sight.channel(), output, other, memory));
                    }
                    channels.add(sight);
                  });
        }
      }
      judged += channels.isEmpty() ? 0 : 1;
      unjudged += channels.isEmpty() ? 1 : 0;
      sighted.add(new Sighted(planned, channels));
    }
  }

  /** Whether anything of a region, or of a zone in one of its parts, is in the picture. */
  private static boolean isSeen(Region region, Box outline, Box part) {
    if (part.isEmpty()) {
      // What is so small that nothing of it would be judged is not out of sight for that.
      return outline.isEmpty() && region.outline().isEmpty();
    }
    return region.outline().isEmpty() || region.outline().get().shareOf(part) > 0;
  }

  /** A channel of a region, unless too little of it is in the grid to be judged. */
  private Optional<RegionSight> sight(
      Region region, Box outline, CellGrid grid, int channel, List<Region> all) {
    boolean[] inside =
        region.outline().isPresent()
            ? grid.inside(region.outline().get())
            : grid.inside(region.shape(), outline);
    if (fill.isEmpty() && region.style() instanceof Style.Numbered) {
      // Digits are no fill, and smoothness is all that could be told.
      return Optional.empty();
    }
    boolean tells = verdict.tells(region);
    Layers layers = tells ? Layers.alone(grid, region) : Layers.among(grid, region, all);
    RegionSight sight = new RegionSight(grid, inside, layers, channel);
    boolean enough = sight.cells() >= RegionVerdict.LEAST_CELLS || (tells && sight.cells() > 0);
    return enough ? Optional.of(sight) : Optional.empty();
  }

  /**
   * The part that is judged. Where the margin is known, all but the outermost pixels, into which
   * the codec mixes what is beside the region; else the object itself, which any tool must cover.
   */
  private Box interior(Planned planned) {
    if (planned.region().outline().isPresent()) {
      return planned.object();
    }
    Box box = planned.region().box();
    if (fill.isPresent() && fill.get().certain()) {
      return box.grow(-RegionPlanner.CODEC_REACH_PX, -RegionPlanner.CODEC_REACH_PX);
    }
    Box object = planned.object();
    return planned.region().shape() == Region.Shape.ELLIPSE
        ? object
        : object.grow(-0.05 * object.width(), -0.05 * object.height());
  }

  /** Sees the planned fill. */
  void planned(VideoFrame frame) {
    for (Sighted one : sighted) {
      for (RegionSight sight : one.channels()) {
        boolean edged = one.planned().region().style() instanceof Style.Mosaic;
        sight.planned(sight.grid().means(frame, sight.channel()), edged);
        if (verdict.tells(one.planned().region())) {
          sight.detail().ifPresent(detail -> detail.takeOut(frame));
        }
      }
    }
  }

  /**
   * Judges the frame.
   *
   * @param tone how the output follows the input beside the regions
   */
  void judge(long frame, double seconds, Tone tone) {
    for (Sighted one : sighted) {
      for (RegionSight sight : one.channels()) {
        Region region = one.planned().region();
        Optional<String> fault = verdict.fault(region, sight, tone);
        if (fault.isPresent()) {
          findings.add(
              one.planned().name() + " " + fault.get(), frame, seconds, Optional.of(region.box()));
          break;
        }
      }
    }
  }

  /** What was found. */
  List<Finding> finish() {
    return findings.finish();
  }
}
