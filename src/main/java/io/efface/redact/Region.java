package io.efface.redact;

import io.efface.geometry.Box;

/**
 * A part of the upright picture to be destroyed: every pixel that the shape touches.
 *
 * @param track number of the track it belongs to, for what must stay the same through a track's
 *     life
 * @param style what takes the place of the pixels
 * @param shape how the box is filled
 * @param box in pixels of the upright picture, already grown by every margin; may reach beyond the
 *     picture's edge
 */
public record Region(int track, Style style, Shape shape, Box box) {

  /** The outline within the box. */
  public enum Shape {
    /** The ellipse whose axes are the box's sides. */
    ELLIPSE,
    /** The whole box. */
    RECTANGLE
  }
}
