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
 * <p>A zone is judged in parts (see {@link ZoneParts}), within the outline as it was drawn.
 *
 * <p>Limits and the figures they rest on: {@code src/site/adr/0004-judging-regions.md}.
 */
final class RegionAudit {
  /**
   * Least likeness of a whole region and of a part. A negative is as telling as a picture, so signs
   * do not matter.
   */
  private static final double LIKENESS = 0.6;

  private static final double PART_LIKENESS = 0.8;

  /**
   * Over fewer cells no likeness is told: a codec's errors are smooth, and over as little as one
   * transform block any two smooth things are alike. Such a region is only held against its fill.
   */
  private static final int LEAST_CELLS = 64;

  /** Least detail that can be judged at all, in codes of 8 bits. */
  private static final double DETAIL = 4;

  /** The share of the detail that is far too much at any quality. */
  private static final double SHARE = 0.5;

  /** Least strength of such a share, and in units of the codec's noise beside the regions. */
  private static final double STRENGTH = 2.5;

  private static final double STRENGTH_IN_NOISE = 2;

  /** Least strength of a smaller share, likewise. */
  private static final double FAINT_STRENGTH_IN_NOISE = 4;

  private static final double PART_STRENGTH = 8;
  private static final double PART_STRENGTH_IN_NOISE = 6;

  /**
   * How far a fill's luma may be from the planned one, and how much further for the codec's noise.
   * Honest films were up to 4.2 codes beyond that noise.
   */
  private static final double APART = 6;

  /**
   * How far its colours may be: an encoder in a hurry keeps those of the frame before, so that an
   * honest film of drawn bars was 12.2 codes away where a region began.
   */
  private static final double APART_IN_COLOUR = 16;

  private static final double APART_IN_NOISE = 8;

  /** How uneven a fill may be, and how much more for the codec's noise. */
  private static final double ROUGHNESS = 12;

  private static final double ROUGHNESS_IN_NOISE = 2;

  /**
   * Where a mosaic was made but the noise of its cells is not known, an encoder's errors at their
   * edges stand in the way as well: so many times the noise beside the regions is allowed for.
   */
  private static final double MOSAIC_NOISE = 2;

  private static final double LEAST_MOSAIC_NOISE = 1.2;

  /** Smaller interiors are not looked at, in pixels. */
  private static final double MIN_SIDE_PX = 2;

  private final Optional<Fill> fill;
  private final FindingRuns findings = new FindingRuns(Finding.Kind.REGION);
  private final List<Sighted> sighted = new ArrayList<>();
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
  }

  /** How many regions were large enough to be judged, counted in every frame. */
  long judged() {
    return judged;
  }

  /** How many were too small for that. */
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
    for (Planned planned : regions) {
      Region region = planned.region();
      Box outline = interior(planned);
      Box part = outline.clip(output.uprightWidth(), output.uprightHeight());
      List<RegionSight> channels = new ArrayList<>();
      boolean tells = fill.isPresent() && fill.get().tells(region.style());
      if (part.width() >= MIN_SIDE_PX && part.height() >= MIN_SIDE_PX) {
        for (int c = 0; c < CellGrid.channels(output, other); c++) {
          CellGrid grid = CellGrid.over(part, output, c);
          boolean[] inside =
              region.outline().isPresent()
                  ? grid.inside(region.outline().get())
                  : grid.inside(region.shape(), outline);
          RegionSight sight = new RegionSight(grid, inside, c);
          sight.output(grid.means(output, c));
          sight.input(grid.means(other, c));
          if (sight.cells() >= LEAST_CELLS || (tells && sight.cells() > 0)) {
            channels.add(sight);
          }
        }
      }
      judged += channels.isEmpty() ? 0 : 1;
      unjudged += channels.isEmpty() ? 1 : 0;
      sighted.add(new Sighted(planned, channels));
    }
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
        sight.planned(sight.grid().means(frame, sight.channel()));
      }
    }
  }

  /**
   * Judges the frame.
   *
   * @param noise mean difference of output and input beside the regions, in codes of 8 bits
   */
  void judge(long frame, double seconds, double noise) {
    for (Sighted one : sighted) {
      for (RegionSight sight : one.channels()) {
        Region region = one.planned().region();
        Optional<String> fault = fault(region, sight, noise);
        if (fault.isPresent()) {
          findings.add(
              one.planned().name() + " " + fault.get(), frame, seconds, Optional.of(region.box()));
          break;
        }
      }
    }
  }

  private Optional<String> fault(Region region, RegionSight sight, double noise) {
    boolean follows =
        fill.isPresent()
            && sight.cells() >= LEAST_CELLS
            && follows(fill.get(), region, sight, noise);
    if (follows) {
      return Optional.of("follows the input's detail");
    }
    if (fill.isPresent() && fill.get().tells(region.style())) {
      double apart = sight.channel() == CellGrid.LUMA ? APART : APART_IN_COLOUR;
      return sight.isApart(apart + APART_IN_NOISE * noise)
          ? Optional.of("is not filled as planned")
          : Optional.empty();
    }
    return sight.channel() == CellGrid.LUMA
            && sight.roughness(region) > ROUGHNESS + ROUGHNESS_IN_NOISE * noise
        ? Optional.of("holds detail that no fill has")
        : Optional.empty();
  }

  private static boolean follows(Fill fill, Region region, RegionSight sight, double noise) {
    boolean partly = partLeaks(sight.strongestPart(PART_LIKENESS, leastPartStrength(noise)), noise);
    if (fill.tells(region.style())) {
      return partly || leaks(sight.beyondPlan(leastStrength(/* most= */ true, noise)), noise);
    }
    return (fill.certain() || partly || leaks(sight.beyondSlope(), noise))
        && !isMosaic(region, sight, noise);
  }

  private static boolean leaks(Trace trace, double noise) {
    boolean most = Math.abs(trace.share()) >= SHARE;
    return trace.detail() >= DETAIL
        && Math.abs(trace.likeness()) >= LIKENESS
        && Math.abs(trace.strength()) >= leastStrength(most, noise);
  }

  private static double leastStrength(boolean most, double noise) {
    return Math.max(STRENGTH, (most ? STRENGTH_IN_NOISE : FAINT_STRENGTH_IN_NOISE) * noise);
  }

  private static boolean partLeaks(Trace part, double noise) {
    return Math.abs(part.strength()) >= leastPartStrength(noise);
  }

  private static double leastPartStrength(double noise) {
    return Math.max(PART_STRENGTH, PART_STRENGTH_IN_NOISE * noise);
  }

  /** Whether the output is flat within the cells of a mosaic that stays within the bound. */
  private static boolean isMosaic(Region region, RegionSight sight, double noise) {
    if (region.style() instanceof Style.Mosaic mosaic) {
      return isFlat(
          region, mosaic.cells(), sight, MOSAIC_NOISE * Math.max(noise, LEAST_MOSAIC_NOISE));
    }
    for (int side = Style.Mosaic.MAX_CELLS; side > 1; side--) {
      if (isFlat(region, side, sight, noise)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Where the noise of a mosaic's cells is not known, an encoder's errors at their edges stand in
   * the way as well: twice the noise beside the regions is allowed for.
   */
  private static boolean isFlat(Region region, int side, RegionSight sight, double noise) {
    double strength = leastPartStrength(noise);
    return !partLeaks(sight.strongestPartWithinCells(region, side, PART_LIKENESS, strength), noise)
        && !leaks(sight.withinCells(region, side), noise)
        && !leaks(sight.withinCellsSoftly(region, side), noise);
  }

  /** What was found. */
  List<Finding> finish() {
    return findings.finish();
  }
}
