package io.efface.report;

import java.util.Optional;

/**
 * What did a part of the work, where there was a choice.
 *
 * @param name such as an encoder's
 * @param why why it was not another; empty where there is nothing to say
 */
public record Means(String name, Optional<String> why) {

  /** Checks that there is a name. */
  public Means {
    if (name.isBlank()) {
      throw new IllegalArgumentException("what did the work needs a name");
    }
  }
}
