package io.efface.redact;

import java.util.Locale;

/** What takes the place of a region's pixels. */
public sealed interface Style {

  /** The style in the words of the command line, such as {@code solid:#000000}. */
  String words();

  /**
   * Refills the region from the pixels around it, so that it looks like a very strong blur and
   * holds nothing of what was inside.
   */
  record Blur() implements Style {
    @Override
    public String words() {
      return "blur";
    }
  }

  /**
   * One colour.
   *
   * @param red 0 to 255
   * @param green 0 to 255
   * @param blue 0 to 255
   */
  record Solid(int red, int green, int blue) implements Style {
    /** Checks ranges. */
    public Solid {
      if (((red | green | blue) & ~0xff) != 0) {
        throw new IllegalArgumentException("colour " + red + "," + green + "," + blue);
      }
    }

    @Override
    public String words() {
      return String.format(Locale.ROOT, "solid:#%02x%02x%02x", red, green, blue);
    }
  }

  /**
   * Coarse cells of the mean colour, quantised, noised and frozen for the life of a track. The only
   * style that lets information through.
   *
   * @param cells cells a side over an object, 1 to 6
   */
  record Mosaic(int cells) implements Style {
    /** Most cells a side. */
    public static final int MAX_CELLS = 6;

    /** Checks the bound. */
    public Mosaic {
      if (cells < 1 || cells > MAX_CELLS) {
        throw new IllegalArgumentException(
            "a mosaic has 1 to " + MAX_CELLS + " cells a side, not " + cells);
      }
    }

    @Override
    public String words() {
      return "mosaic:" + cells;
    }
  }
}
