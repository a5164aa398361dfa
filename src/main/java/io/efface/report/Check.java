package io.efface.report;

/**
 * One check of the finished output. A check that did not run is never shown as passed.
 *
 * @param name what was checked
 * @param ran whether it ran
 * @param passed whether it ran and found nothing wrong
 * @param detail how much was looked at, or why it did not run; may be empty
 */
public record Check(String name, boolean ran, boolean passed, String detail) {
  /** The structure of the file itself. */
  public static final String CONTAINER = "container";

  /** The decoded frames: count, times, size, orientation. */
  public static final String FRAMES = "frames";

  /** The interiors of the planned regions. */
  public static final String REGIONS = "regions";

  /** What the detector still finds; failing it wants a look, it does not condemn the file. */
  public static final String RESIDUE = "residue";

  /** Whether the report that came with a file is of it. */
  public static final String REPORT = "report";

  /** The signature over the file and its reports. */
  public static final String SIGNATURE = "signature";

  /** Checks that nothing passed without having run. */
  public Check {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a check needs a name");
    }
    if (passed && !ran) {
      throw new IllegalArgumentException("check '" + name + "' cannot pass without running");
    }
  }

  /** The result of a check that ran. */
  public static Check ran(String name, boolean passed, String detail) {
    return new Check(name, true, passed, detail);
  }

  /** A check that was left out, and why. */
  public static Check skipped(String name, String why) {
    return new Check(name, false, false, why);
  }

  /** Whether the file must not be kept. */
  public boolean failed() {
    return ran && !passed && !name.equals(RESIDUE);
  }
}
