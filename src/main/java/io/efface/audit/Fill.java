package io.efface.audit;

import io.efface.detect.Label;
import io.efface.redact.Cover;
import io.efface.redact.RegionPlanner;
import io.efface.redact.Style;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What is known of how regions were filled.
 *
 * @param margin growth on each side in shares of the object's side
 * @param cover how much was destroyed with a face
 * @param styles what took the place of each kind of object; every label has one
 * @param certain whether that is what was done; otherwise it is only what is most likely
 * @param mosaicSeed the secret that mosaics were rounded by, known to the job that made them only
 */
public record Fill(
    double margin,
    Cover cover,
    Map<Label, Style> styles,
    boolean certain,
    OptionalLong mosaicSeed) {

  /** Copies the styles and checks that none is missing. */
  public Fill {
    styles = Map.copyOf(new EnumMap<>(styles));
    if (styles.size() < Label.values().length) {
      throw new IllegalArgumentException("a style is missing: " + styles);
    }
  }

  /** What a file by an unknown tool, or by this one with its defaults, most likely has. */
  static Fill likely() {
    Map<Label, Style> styles = new EnumMap<>(Label.class);
    for (Label label : Label.values()) {
      styles.put(label, new Style.Blur());
    }
    return new Fill(RegionPlanner.DEFAULT_MARGIN, Cover.FACE, styles, false, OptionalLong.empty());
  }

  /** Whether the very samples of a style's fill can be told from the input. */
  boolean tells(Style style) {
    return certain && (!(style instanceof Style.Mosaic) || mosaicSeed.isPresent());
  }
}
