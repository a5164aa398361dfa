package io.efface.batch;

import java.util.List;

/**
 * What a command line or a list asks for.
 *
 * @param files to be worked on, in an order that is the same in each run
 * @param passedOver what of the input folders is left alone, and why
 */
public record Sources(List<Source> files, List<PassedOver> passedOver) {
  /** Copies the lists. */
  public Sources {
    files = List.copyOf(files);
    passedOver = List.copyOf(passedOver);
  }
}
