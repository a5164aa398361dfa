package io.efface.redact;

import io.efface.geometry.Box;
import io.efface.geometry.Polygon;
import java.util.Optional;

/**
 * A part of the upright picture to be destroyed: every pixel that the shape touches.
 *
 * @param track number of the track it belongs to, for what must stay the same through a track's
 *     life; below 0 for what belongs to none
 * @param style what takes the place of the pixels
 * @param shape how the box is filled
 * @param box in pixels of the upright picture, already grown by every margin; may reach beyond the
 *     picture's edge
 * @param outline of a {@link Shape#POLYGON}, as it was drawn; empty for others
 */
public record Region(int track, Style style, Shape shape, Box box, Optional<Polygon> outline) {

  /** The outline within the box. */
  public enum Shape {
    /** The ellipse whose axes are the box's sides. */
    ELLIPSE,
    /** The whole box. */
    RECTANGLE,
    /**
     * The outline, grown by {@link RegionPlanner#CODEC_REACH_PX} along both axes. Its edge is hard.
     */
    POLYGON
  }

  /** Checks that an outline is there for a polygon and for nothing else. */
  public Region {
    if (outline.isPresent() != (shape == Shape.POLYGON)) {
      throw new IllegalArgumentException("a polygon, and nothing else, has an outline");
    }
  }

  /** A region that its box describes. */
  public Region(int track, Style style, Shape shape, Box box) {
    this(track, style, shape, box, Optional.empty());
  }

  /** A region of a polygon, grown on all sides by what a codec carries. */
  static Region of(int track, Style style, Polygon outline) {
    Box box = outline.bounds().grow(RegionPlanner.CODEC_REACH_PX, RegionPlanner.CODEC_REACH_PX);
    return new Region(track, style, Shape.POLYGON, box, Optional.of(outline));
  }
}
