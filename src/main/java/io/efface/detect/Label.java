package io.efface.detect;

import java.util.Locale;

/** What a detector can find. */
public enum Label {
  FACE,
  PLATE;

  /** How many times as much as of others is asked of the scores of an upright plate. */
  public static final double UPRIGHT_SCORE_TIMES = 4.0 / 3;

  private static final double WIDEST_UPRIGHT = 0.5;

  /** The name in files and on the command line: {@code face}, {@code plate}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The label with the given {@link #id}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Label ofId(String id) {
    for (Label label : values()) {
      if (label.id().equals(id)) {
        return label;
      }
    }
    throw new IllegalArgumentException("unknown class '" + id + "'; known: face, plate");
  }

  /**
   * Whether an object of these sides is a plate much higher than wide: seen from far aside, or more
   * often none, but a door frame or a post. Of the 1,839 plates of the training sets 13 stand so.
   */
  public boolean isUprightPlate(double width, double height) {
    return this == PLATE && width < WIDEST_UPRIGHT * height;
  }
}
