package io.efface.manifest;

import io.efface.geometry.Polygon;
import java.util.Optional;

/**
 * A part of the picture that is destroyed whatever is in it.
 *
 * @param frames in which frames
 * @param outline in pixels of the upright picture; rounded as a manifest stores it
 * @param reason why, as whoever drew it put it; empty where nobody said
 */
public record Zone(FrameRange frames, Polygon outline, Optional<String> reason) {

  /** Rounds the outline and checks the reason. */
  public Zone {
    outline = Precision.rounded(outline);
    reason = reason.map(r -> Checks.text("the reason for a zone", r));
  }
}
