package io.efface.cli;

import io.efface.detect.Label;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What {@code --classes} may say. */
enum ClassChoice {
  FACE,
  PLATE,
  /** Nothing is looked for; stands alone. */
  NONE;

  /**
   * The classes that are meant.
   *
   * @throws ParameterException if nothing and something is asked for at once
   */
  static Set<Label> labels(@Nullable CommandSpec spec, List<ClassChoice> choices) {
    if (choices.contains(NONE) && choices.size() > 1) {
      throw Usage.error(spec, "--classes none leaves no other class to look for");
    }
    Set<Label> labels = EnumSet.noneOf(Label.class);
    for (ClassChoice choice : choices) {
      switch (choice) {
        case FACE -> labels.add(Label.FACE);
        case PLATE -> labels.add(Label.PLATE);
        case NONE -> {}
      }
    }
    return labels;
  }
}
