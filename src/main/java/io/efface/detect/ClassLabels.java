package io.efface.detect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the class numbers of a network that others trained mean here.
 *
 * @param names the network's own names by number; empty if it has none
 * @param everything what every class means whatever its name; empty if the names decide
 */
record ClassLabels(Map<Integer, String> names, Optional<Label> everything) {

  /** One entry of a Python or JSON dictionary of numbers to names. */
  private static final Pattern NUMBERED =
      Pattern.compile("[\"']?(\\d{1,6})[\"']?\\s*:\\s*([\"'])(.*?)\\2");

  private static final Pattern QUOTED = Pattern.compile("([\"'])(.*?)\\1");
  private static final Pattern PLATE = Pattern.compile("plate|licen[cs]e");

  ClassLabels {
    names = Collections.unmodifiableMap(new TreeMap<>(names));
  }

  /**
   * Reads names as exporters write them: <code>{0: 'plate', 1: 'face'}</code>, the same as JSON, or
   * a list.
   */
  static ClassLabels ofNames(String text) {
    Map<Integer, String> names = new TreeMap<>();
    Matcher numbered = NUMBERED.matcher(text);
    while (numbered.find()) {
      names.put(Integer.valueOf(numbered.group(1)), numbered.group(3));
    }
    if (names.isEmpty()) {
      Matcher quoted = QUOTED.matcher(text);
      while (quoted.find()) {
        names.put(names.size(), quoted.group(2));
      }
    }
    return new ClassLabels(names, Optional.empty());
  }

  /** The same names, each meaning the given class. */
  ClassLabels meaning(Label label) {
    return new ClassLabels(names, Optional.of(label));
  }

  /** What a class means; empty for one that is not looked for here. */
  Optional<Label> of(int number) {
    if (everything.isPresent()) {
      return everything;
    }
    String name = names.getOrDefault(number, "").toLowerCase(Locale.ROOT);
    if (PLATE.matcher(name).find()) {
      return Optional.of(Label.PLATE);
    }
    return name.contains("face") ? Optional.of(Label.FACE) : Optional.empty();
  }

  /** All that the classes mean, each once. */
  List<Label> labels() {
    if (everything.isPresent()) {
      return List.of(everything.get());
    }
    List<Label> found = new ArrayList<>();
    for (Label label : Label.values()) {
      if (names.keySet().stream().anyMatch(number -> of(number).equals(Optional.of(label)))) {
        found.add(label);
      }
    }
    return found;
  }
}
