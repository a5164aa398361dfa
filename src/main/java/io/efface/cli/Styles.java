package io.efface.cli;

import io.efface.detect.Label;
import io.efface.pipeline.RenderOptions;
import io.efface.redact.Style;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code --style} says: one style for all, or one a class.
 *
 * @param byClass every class's style
 */
record Styles(Map<Label, Style> byClass) {
  static final Styles DEFAULT = new Styles(RenderOptions.everywhere(new Style.Blur()));

  /** Copies the map. */
  Styles {
    byClass = Map.copyOf(byClass);
  }

  /**
   * Reads {@code blur} or {@code face=blur,plate=solid:#000000}; classes that are not named are
   * blurred.
   *
   * @throws TypeConversionException if it is neither
   */
  static Styles parse(String words) {
    if (!words.contains("=")) {
      return new Styles(RenderOptions.everywhere(Choices.style(words)));
    }
    Map<Label, Style> named = new EnumMap<>(Label.class);
    for (String part : words.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw new TypeConversionException(
            "'" + part + "' names no class; write face=STYLE,plate=STYLE");
      }
      Label label = label(part.substring(0, equals));
      if (named.put(label, Choices.style(part.substring(equals + 1))) != null) {
        throw new TypeConversionException("class " + label.id() + " has two styles");
      }
    }
    Map<Label, Style> all = new EnumMap<>(DEFAULT.byClass());
    all.putAll(named);
    return new Styles(all);
  }

  private static Label label(String word) {
    try {
      return Label.ofId(word.strip().toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
