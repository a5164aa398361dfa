package io.efface.manifest;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of a JSON object that {@link StrictJson} has read. */
public final class Members {
  private final StrictJson json;
  private final Map<String, Object> values;

  Members(StrictJson json, Map<String, Object> values) {
    this.json = json;
    this.values = values;
  }

  /** The value of a member that must be there. */
  public <T> T get(String name, Class<T> type) {
    return optional(name, type)
        .orElseThrow(() -> json.error("the field '" + name + "' is missing"));
  }

  /** The value of a member that may be left out. */
  public <T> Optional<T> optional(String name, Class<T> type) {
    return Optional.ofNullable(values.get(name)).map(type::cast);
  }

  /** The elements of a member that must be there. */
  public <T> List<T> list(String name, Class<T> type) {
    List<?> elements = get(name, List.class);
    return elements.stream().<T>map(type::cast).toList();
  }

  /** The elements of a member that may be left out; none then. */
  public <T> List<T> optionalList(String name, Class<T> type) {
    return values.containsKey(name) ? list(name, type) : List.of();
  }
}
