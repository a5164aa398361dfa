package io.efface.eval;

import io.efface.detect.Label;
import java.util.Optional;
import java.util.Set;

/**
 * Which rows of a list of truth count.
 *
 * @param wanted the classes asked for; empty for all, and then a class that Efface does not know is
 *     an error rather than passed over
 */
record Classes(Set<Label> wanted) {

  /** Copies the set. */
  Classes {
    wanted = Set.copyOf(wanted);
  }

  /**
   * The class of a row, if it counts.
   *
   * @throws TruthException if the class is unknown and all are wanted
   */
  Optional<Label> of(CsvTable.Row row) {
    String id = row.name("class");
    try {
      Label label = Label.ofId(id);
      return wanted.isEmpty() || wanted.contains(label) ? Optional.of(label) : Optional.empty();
    } catch (IllegalArgumentException e) {
      if (wanted.isEmpty()) {
        throw row.wrong(e.getMessage() + "; name the ones to look at with --classes");
      }
      return Optional.empty();
    }
  }
}
