package io.efface.doctor;

import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param name what, in a word
 * @param state how it is
 * @param detail what was found, and what to do where it is not well; one line
 */
public record Symptom(String name, State state, String detail) {

  /** How something is. */
  public enum State {
    /** As it should be. */
    WELL,
    /** The main job works, but something else does not, or less well. */
    NOTE,
    /** The main job does not work. */
    FAULT;

    /** The name in documents. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
