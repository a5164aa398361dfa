package io.efface.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Units of parameters that may stand between the pictures any number of times: those of the header,
 * and a few others, so that no endless row of ever other ones can carry a message. Single-threaded.
 */
final class RepeatedUnits {
  private final List<byte[]> units = new ArrayList<>();
  private int spare;

  /**
   * No units yet.
   *
   * @param spare how many may come that the header does not have
   */
  RepeatedUnits(int spare) {
    this.spare = spare;
  }

  /** Takes a unit of the header; keeps the array. */
  void add(byte[] unit) {
    units.add(unit);
  }

  /** Whether a unit may stand there; one that is not known uses up a spare place. */
  boolean admits(byte[] unit) {
    if (units.stream().anyMatch(known -> Arrays.equals(known, unit))) {
      return true;
    }
    if (spare == 0) {
      return false;
    }
    spare--;
    units.add(unit);
    return true;
  }
}
