package io.efface.detect;

import java.util.List;

/**
 * How a network looks at frames.
 *
 * @param scales of a whole look, at least one, the finest first; more only for a network that takes
 *     pictures of any size
 * @param glances the same of a {@linkplain Detector#glance glance}; empty where a glance is a whole
 *     look
 * @param mirror whether frames are looked at mirrored
 * @param turns whether footage that lies on its side is noticed
 */
public record Looks(List<Scale> scales, List<Scale> glances, Mirror mirror, boolean turns) {

  /** Copies the lists. */
  public Looks {
    scales = List.copyOf(scales);
    glances = List.copyOf(glances);
    if (scales.isEmpty()) {
      throw new IllegalArgumentException("no scale to look at");
    }
  }

  /** Looks at upright footage of which none is a mere glance. */
  public Looks(List<Scale> scales, Mirror mirror) {
    this(scales, List.of(), mirror, /* turns= */ false);
  }
}
