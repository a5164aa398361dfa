package io.efface.redact;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What takes the place of a region's pixels. */
public sealed interface Style {

  /** The style in the words of the command line, such as {@code solid:#000000}. */
  String words();

  /**
   * The style that words stand for: {@code blur}, {@code solid}, {@code solid:#rrggbb}, {@code
   * mosaic}, {@code mosaic:CELLS} or {@code number}, in any case.
   *
   * @throws IllegalArgumentException if they stand for none, or for one that leaves more than the
   *     bound
   */
  static Style ofWords(String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    if (lower.equals("blur")) {
      return new Blur();
    }
    if (lower.equals("number")) {
      return new Numbered();
    }
    Matcher solid = Solid.WORDS.matcher(lower);
    if (solid.matches()) {
      return solid.group(1) == null
          ? new Solid(0, 0, 0)
          : new Solid(
              HexFormat.fromHexDigits(solid.group(1)),
              HexFormat.fromHexDigits(solid.group(2)),
              HexFormat.fromHexDigits(solid.group(3)));
    }
    Matcher mosaic = Mosaic.WORDS.matcher(lower);
    if (mosaic.matches()) {
      String cells = mosaic.group(1);
      return new Mosaic(cells == null ? Mosaic.MAX_CELLS : Integer.parseInt(cells));
    }
    throw new IllegalArgumentException(
        "'"
            + words
            + "' is none of blur, solid, solid:#rrggbb, mosaic, mosaic:1 to mosaic:6, number");
  }

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
    private static final Pattern WORDS =
        Pattern.compile("solid(?::#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2}))?");

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
   * Black, with the number of the object's track in white: a working copy that tells which track is
   * which object, to make edits by.
   */
  record Numbered() implements Style {
    @Override
    public String words() {
      return "number";
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

    private static final Pattern WORDS = Pattern.compile("mosaic(?::(\\d{1,4}))?");

    /** Checks the bound. */
    public Mosaic {
      if (cells < 1 || cells > MAX_CELLS) {
        throw new IllegalArgumentException(
            "a mosaic has 1 to "
                + MAX_CELLS
                + " cells a side, not "
                + cells
                + ": more would leave enough of a face to match it");
      }
    }

    @Override
    public String words() {
      return "mosaic:" + cells;
    }
  }
}
