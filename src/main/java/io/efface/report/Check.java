package io.efface.report;

/**
 * One check of the finished output. A check that did not run is never shown as passed.
 *
 * @param name what was checked
 * @param ran whether it ran
 * @param passed whether it ran and found nothing wrong
 */
public record Check(String name, boolean ran, boolean passed) {

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
  public static Check ran(String name, boolean passed) {
    return new Check(name, true, passed);
  }

  /** A check that was left out. */
  public static Check skipped(String name) {
    return new Check(name, false, false);
  }
}
